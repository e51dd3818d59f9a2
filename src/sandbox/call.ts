import { createHash } from "node:crypto"
import { FAULT_NAMES, type FaultName } from "./faults.ts"
import type { Caller } from "./keyring.ts"
import type { Call } from "./service.ts"
import type { Draft } from "./store.ts"
import type { World } from "./world.ts"

/** Which request it is. */
export interface Occasion {
  readonly region: string
  readonly requestId: string
  readonly caller: Caller
}

/** What a handler is told, for one request. */
export function callOf(
  world: World,
  target: string,
  { region, requestId, caller }: Occasion,
  store: Draft,
  nextNumber: () => number,
): Call {
  const { account } = world.store.contents()
  return {
    store,
    now: world.clock.now(),
    account,
    region,
    partition: "aws",
    callerArn: caller.arn,
    session: caller.session,
    requestId,
    happened: () => world.trace.list(),
    id: (prefix) => `${prefix}-0${digest(`${account} ${prefix} ${nextNumber()}`).slice(0, 16)}`,
    fault: (name, about = target) => isFault(name) && world.faults.take(name, about) !== undefined,
    quota: (name, usual) => {
      const concerns = (fault: { quota?: string }) => fault.quota === undefined || fault.quota === name
      return world.faults.take("quota", target, concerns)?.value ?? usual
    },
  }
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex")

const isFault = (name: string): name is FaultName => FAULT_NAMES.some((known) => known === name)
