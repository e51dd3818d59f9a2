import type { Needed } from "../../src/sandbox/enforcement.ts"
import { troubles } from "../laws/evidence.ts"
import { deploy, takeDown } from "../laws/ground.ts"
import { everything } from "../laws/wishes.ts"
import { administrator, type Enforced, enforced } from "./ground.ts"

/** What somebody who may everything needed for it, and what went wrong all the same. */
export interface Recorded {
  readonly needed: readonly Needed[]
  readonly wrong: readonly string[]
}

export const runOf = ({ on, session }: Enforced) => on.run({ ctx: session })

/** A deploy of every option, and its destroy. */
export async function deployAndDestroy(): Promise<Recorded> {
  const at = await enforced([administrator])
  const wrong = [
    ...troubles(await deploy(at.on, everything, {}, runOf(at))),
    ...troubles(await takeDown(at.on, everything, true, runOf(at))),
  ]
  const needed = at.needed()
  await at.close()
  return { needed, wrong }
}
