import type { Clock } from "../engine/types.ts"
import { UserError } from "../errors.ts"

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
