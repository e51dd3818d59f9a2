import { randomUUID } from "node:crypto"
import { callOf } from "../call.ts"
import { type Caller, ownCaller } from "../keyring.ts"
import type { Call } from "../service.ts"
import type { World } from "../world.ts"

/** Looks into the store as a handler of this region does. */
export function lookInto<T>(world: World, region: string, look: (call: Call) => T): T {
  const noNumber = () => {
    throw new Error("who only looks makes no id")
  }
  const view = world.store.view(world.clock.now(), 0)
  return look(callOf(world, TARGET, occasion(region, ownCaller(world)), view, noNumber))
}

/** Changes the store as a handler does: all of it counts, or nothing where it throws. */
export function changeStore<T>(world: World, region: string, change: (call: Call) => T, caller = ownCaller(world)): T {
  const draft = world.store.open(world.clock.now())
  const result = change(callOf(world, TARGET, occasion(region, caller), draft, draft.nextNumber))
  draft.commit()
  world.save()
  world.bell.ring()
  return result
}

/** No fault is meant for what the sandbox does by itself. */
const TARGET = "sandbox:machines"

const occasion = (region: string, caller: Caller) => ({ region, caller, requestId: randomUUID() })
