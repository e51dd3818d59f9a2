import type { Needed } from "../../src/sandbox/enforcement.ts"
import { troubles } from "../laws/evidence.ts"
import type { Enforced } from "./ground.ts"
import type { Chapter } from "./life.ts"

/** What somebody needed for each chapter, and what went wrong in it. */
export interface Recorded {
  readonly what: string
  readonly needed: readonly Needed[]
  readonly wrong: readonly string[]
}

export async function lived(at: Enforced, chapters: readonly Chapter[]): Promise<readonly Recorded[]> {
  const records: Recorded[] = []
  for (const { what, before, goes } of chapters) {
    await before?.(at)
    at.forget()
    const wrong = await goes(at).then(troubles, (error: unknown) => [String(error)])
    at.on.faults()
    records.push({ what, needed: at.needed(), wrong })
  }
  return records
}
