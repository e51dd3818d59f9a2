import { isDeepStrictEqual } from "node:util"
import type { Scope } from "../../engine/types.ts"
import { Locked, OutcomeUnknown } from "../../errors.ts"
import { getIfAny, type Objects } from "../state/objects.ts"
import { type TradingRecord, tradingKey, tradingOf, tradingText } from "./record.ts"

export interface TradingSeen {
  readonly record: TradingRecord
  /** By which the next write says what it takes the place of. */
  readonly etag: string
}

/** Nothing where there is none. Throws for one that cannot be read whole. */
export async function readTrading(objects: Objects, scope: Scope): Promise<TradingSeen | undefined> {
  const { text, etag } = await getIfAny(objects, tradingKey(scope))
  if (text === undefined || etag === undefined) return undefined
  return { record: tradingOf(scope, text), etag }
}

/**
 * Takes the place of the record seen, or of none. False when another one is there now; rejects when nobody knows.
 * What looks refused may be our own write, whose answer was lost: then the very text of it is there.
 */
export async function swapTrading(objects: Objects, next: TradingRecord, seen: string | undefined): Promise<boolean> {
  const key = tradingKey(next.scope)
  const text = tradingText(next)
  let why: unknown
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      if (await objects.put(key, text, seen)) return true
    } catch (error) {
      why = error
    }
    const now = await objects.get(key)
    if (now.text === text) return true
    if (now.etag !== seen) return false
    if (why !== undefined) throw why
    // It was not written, or not yet. Whichever of the two comes second is refused.
  }
  throw new OutcomeUnknown(`nobody knows whether ${key} was written`, "NoAnswer", {
    hint: "see what is so now with: smart0dte mode",
  })
}

const attempts = 4

/** Who changes it: the ARN, the run, and when. */
export interface TradingChange {
  readonly by: string
  readonly run: string
  readonly at: string
}

type Systems = TradingRecord["systems"]

/**
 * Changes what is there now, however often others come first; makes it where there is none. What would change nothing
 * is not written.
 */
export async function changeTrading(
  objects: Objects,
  scope: Scope,
  { by, run, at }: TradingChange,
  change: (systems: Systems) => Systems,
): Promise<TradingRecord> {
  for (let attempt = 0; attempt < rounds; attempt++) {
    const seen = await readTrading(objects, scope)
    const systems = change(seen?.record.systems ?? {})
    if (seen && isDeepStrictEqual(systems, seen.record.systems)) return seen.record
    const next: TradingRecord = { schema: 1, scope, epoch: (seen?.record.epoch ?? 0) + 1, at, by, run, systems }
    if (await swapTrading(objects, next, seen?.etag)) return next
  }
  throw new Locked(`the trading record of ${scope} is being changed by others all the time`, { hint: "run again" })
}

/** A halt must get through between any number of others. */
const rounds = 20
