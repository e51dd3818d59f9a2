import type { Scope, Wishes } from "../../engine/types.ts"
import { Locked, UserError } from "../../errors.ts"
import { jsonOf } from "./json.ts"
import { getIfAny, isNoBucket, type Objects } from "./objects.ts"

/** What an environment is meant to be. */
export interface EnvironmentRecord {
  readonly schema: 1
  readonly scope: Scope
  /** Another one each time that the environment is made anew: part of the tokens by which AWS knows our requests. */
  readonly generation: string
  readonly created: string
  /** What the last run wanted, as fingerprints. */
  readonly wishes: Wishes
}

export async function readRecord(objects: Objects, scope: Scope): Promise<EnvironmentRecord | undefined> {
  return (await seen(objects, scope))?.record
}

/** False when there is one already. */
export async function createRecord(objects: Objects, record: EnvironmentRecord): Promise<boolean> {
  if (await objects.put(keyOf(record.scope), textOf(record), undefined)) return true
  // It may be our own, whose answer was lost.
  return (await readRecord(objects, record.scope))?.generation === record.generation
}

/** Changes what is there now, however often others come first. */
export async function updateRecord(
  objects: Objects,
  scope: Scope,
  change: (record: EnvironmentRecord) => EnvironmentRecord,
): Promise<EnvironmentRecord> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const found = await seen(objects, scope)
    if (!found) throw new UserError(`there is no record of ${scope}`, { hint: `\`smart0dte deploy\` makes it` })
    const next = change(found.record)
    if (await objects.put(keyOf(scope), textOf(next), found.etag)) return next
  }
  throw new Locked(`the record of ${scope} is being changed by others all the time`, { hint: "run again" })
}

/** Nothing to remove is fine. */
export async function removeRecord(objects: Objects, scope: Scope): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const found = await seen(objects, scope)
    if (!found || (await objects.remove(keyOf(scope), found.etag))) return
  }
  throw new Locked(`the record of ${scope} is being changed by others all the time`, { hint: "run again" })
}

/** The environments of this account and region; none where there is no state bucket. */
export async function environments(objects: Objects): Promise<readonly Scope[]> {
  // The account has a record, and is none.
  return (await recorded(objects)).filter((scope) => scope !== "account")
}

/** Whether the account itself was ever given something. */
export async function isBootstrapped(objects: Objects): Promise<boolean> {
  return (await recorded(objects)).includes("account")
}

async function recorded(objects: Objects): Promise<readonly Scope[]> {
  try {
    const keys = await objects.list("records/")
    return keys.flatMap((key) => /^records\/(.+)\.json$/.exec(key)?.[1] ?? [])
  } catch (error) {
    if (isNoBucket(error)) return []
    throw error
  }
}

const keyOf = (scope: Scope): string => `records/${scope}.json`

const textOf = (record: EnvironmentRecord): string => `${JSON.stringify(record, null, 1)}\n`

async function seen(objects: Objects, scope: Scope) {
  const reading = await getIfAny(objects, keyOf(scope))
  if (reading.text === undefined || reading.etag === undefined) return undefined
  return { record: recordOf(objects, scope, reading.text), etag: reading.etag }
}

function recordOf(objects: Objects, scope: Scope, text: string): EnvironmentRecord {
  const record = jsonOf(text, isRecord)
  if (record) return record
  throw new UserError(`s3://${objects.bucket}/${keyOf(scope)} is not a record: "${text.slice(0, 40)}"`, {
    hint: "this version may be older than the one that wrote it; the bucket keeps the earlier versions",
  })
}

function isRecord(value: unknown): value is EnvironmentRecord {
  if (typeof value !== "object" || value === null) return false
  const { schema, scope, generation, wishes }: { [K in keyof EnvironmentRecord]?: unknown } = value
  return schema === 1 && typeof scope === "string" && typeof generation === "string" && typeof wishes === "object"
}
