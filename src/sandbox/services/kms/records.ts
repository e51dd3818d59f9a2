import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { regional } from "../regional.ts"
import type { Tag } from "../tags.ts"

export interface KeyRecord {
  readonly id: string
  readonly arn: string
  readonly created: number
  readonly description: string
  readonly enabled: boolean
  /** When it will be gone, where that was asked for. */
  readonly deletion?: number | undefined
  readonly policy: string
  /** Days between two rotations; never without. */
  readonly rotation?: number | undefined
  readonly Tags: readonly Tag[]
}

export interface AliasRecord {
  readonly name: string
  readonly keyId: string
  readonly created: number
}

const keys = (call: Call): Table<KeyRecord> => regional(call, "kms/key")
export const aliases = (call: Call): Table<AliasRecord> => regional(call, "kms/alias")

export const allKeys = (call: Call): readonly KeyRecord[] =>
  keys(call)
    .all()
    .filter(({ deletion }) => deletion === undefined || call.now < deletion)

export const keepKey = (call: Call, key: KeyRecord): KeyRecord => {
  keys(call).put(key.id, key)
  return key
}

/** By its id, its ARN, an alias or that one's ARN. */
export const findKey = (call: Call, meant: string): KeyRecord | undefined => {
  const bare = meant.replace(/^arn:[\w-]+:kms:[\w-]+:\d{12}:/, "").replace(/^key\//, "")
  const id = bare.startsWith("alias/") ? aliases(call).get(bare)?.keyId : bare
  return allKeys(call).find((key) => key.id === id)
}

export const keyOf = (call: Call, meant = ""): KeyRecord => {
  const key = findKey(call, meant)
  if (key) return key
  throw new Refusal("NotFoundException", `Key '${meant}' does not exist`)
}

/** For what cannot be done with a key that is on its way out. */
export const stayingKey = (call: Call, meant: string | undefined): KeyRecord => {
  const key = keyOf(call, meant)
  if (key.deletion !== undefined) throw wrongState(`${key.arn} is pending deletion.`)
  return key
}

export const wrongState = (message: string): Refusal => new Refusal("KMSInvalidStateException", message)

export const stateOf = ({ enabled, deletion }: KeyRecord): "PendingDeletion" | "Enabled" | "Disabled" =>
  deletion !== undefined ? "PendingDeletion" : enabled ? "Enabled" : "Disabled"

export const badMarker = (): Refusal => new Refusal("InvalidMarkerException", "The marker is not valid")
