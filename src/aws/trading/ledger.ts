import type { Scope } from "../../engine/types.ts"
import { UserError } from "../../errors.ts"
import { jsonOf } from "../state/json.ts"
import { isNoBucket, type Objects } from "../state/objects.ts"

/** One thing that happened, or was about to. Written once, and never changed. */
export interface LedgerEvent {
  readonly schema: 1
  readonly at: string
  readonly scope: Scope
  readonly run: string
  readonly epoch: number
  /** A word for programs: `halt`, `resume`, `live-begin`. */
  readonly event: string
  /** The ARN of whoever did it. */
  readonly by: string
  readonly systems: readonly string[]
  /** In words, with no secret. */
  readonly what: string
  readonly details?: Readonly<Record<string, string>>
}

export type LedgerWords = Pick<LedgerEvent, "event" | "systems" | "epoch" | "what" | "details">

export interface Ledger {
  /** Rejects when it could not be written. */
  write(words: LedgerWords): Promise<void>
}

export interface LedgerOf {
  readonly scope: Scope
  readonly run: string
  readonly by: string
  now(): number
}

/** What one run writes: an object for each event, so that no two ever write the same one. */
export function openLedger(objects: Objects, { scope, run, by, now }: LedgerOf): Ledger {
  let written = 0
  return {
    async write({ event, systems, epoch, what, details }) {
      const at = new Date(now()).toISOString()
      const told: LedgerEvent = {
        schema: 1,
        at,
        scope,
        run,
        epoch,
        event,
        by,
        systems,
        what,
        ...(details && { details }),
      }
      const text = `${JSON.stringify(told)}\n`
      for (let attempt = 0; attempt < attempts; attempt++) {
        const key = ledgerKey(told, ++written)
        if (await objects.put(key, text, undefined)) return
        // Our own, whose answer was lost.
        if ((await objects.get(key)).text === text) return
      }
      throw new UserError(`the ledger of ${scope} cannot be written: ${event}`, {
        hint: "what it would have said is not known to have been done; look with: smart0dte history",
      })
    },
  }
}

const attempts = 3

const ledgerKey = ({ scope, at, epoch, run }: LedgerEvent, count: number): string => {
  const time = at.replaceAll(":", "")
  return `${folder(scope)}${time}-${padded(epoch, 8)}-${run.slice(0, 8)}-${padded(count, 3)}.json`
}

const folder = (scope: Scope): string => `trading/${scope}/ledger/`

const padded = (number: number, digits: number): string => String(number).padStart(digits, "0")

/** An event as it was found; what cannot be read is still known by its name. */
export type LedgerRow = { readonly key: string } & Partial<LedgerEvent>

/** The newest first, by the time in their names. */
export async function readLedger(objects: Objects, scope: Scope, limit: number): Promise<readonly LedgerRow[]> {
  const keys = await keysIn(objects, folder(scope))
  const newest = keys.toSorted().toReversed().slice(0, limit)
  return Promise.all(
    newest.map(async (key) => ({ ...eventOf((await objects.get(key)).text), key: key.slice(folder(scope).length) })),
  )
}

async function keysIn(objects: Objects, prefix: string): Promise<readonly string[]> {
  try {
    return await objects.list(prefix)
  } catch (error) {
    if (isNoBucket(error)) return []
    throw error
  }
}

const eventOf = (text = ""): Partial<LedgerEvent> => jsonOf(text, isEvent) ?? {}

function isEvent(value: unknown): value is LedgerEvent {
  if (typeof value !== "object" || value === null) return false
  const { at, run, epoch, event, by, systems, what }: { [K in keyof LedgerEvent]?: unknown } = value
  const texts = [at, run, event, by, what].every((each) => typeof each === "string")
  return texts && typeof epoch === "number" && Array.isArray(systems) && systems.every((one) => typeof one === "string")
}
