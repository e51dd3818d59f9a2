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

export async function lived(at: Enforced, { what, before, goes }: Chapter): Promise<Recorded> {
  await before?.(at)
  at.forget()
  const wrong = await goes(at).then(troubles, (error: unknown) => [String(error)])
  at.on.faults()
  return { what, needed: at.needed(), wrong }
}
