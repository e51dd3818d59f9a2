import type { Clock } from "../engine/types.ts"
import { UserError } from "../errors.ts"

/** What people and programs take of real time, by a clock that may run faster: its patience is for two minutes. */
export const inReality = ({ patience = 0 }: Clock, milliseconds: number): number =>
  milliseconds * Math.max(1, patience / 120_000)

/** What is late is taken for a failure, and nobody waits for it any longer. It may still be done. */
export async function inTime<T>(clock: Clock, milliseconds: number, work: Promise<T>): Promise<T> {
  const over = new AbortController()
  const late = clock.sleep(milliseconds, over.signal).then(() => {
    throw new UserError("no answer came in time", { hint: "it may have been done all the same" })
  })
  try {
    return await Promise.race([work, late])
  } finally {
    over.abort()
  }
}
