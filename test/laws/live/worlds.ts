import { UserError } from "../../../src/errors.ts"
import type { HaltWorld, LeaveWorld, LiveWorld, NodeOrder } from "../../../src/nodes/live/world.ts"
import type { Network, Process } from "./network.ts"
import { obey } from "./node-orders.ts"
import { provedLive, says } from "./node-says.ts"
import { handOf, type NodeState, type Surroundings } from "./node-state.ts"
import type { Turns } from "./turns.ts"

/** The last order of a process to a node on a system, and whether all was well there when it was answered. */
export interface LastOrder {
  readonly phase: NodeOrder["phase"]
  readonly proved: boolean
}

export type SimulatedWorld = LiveWorld & LeaveWorld & HaltWorld & { readonly last: ReadonlyMap<string, LastOrder> }

/** What a tool does to the simulated world: every call may meet a mishap. */
export function worldOf(
  process: Process,
  network: Network,
  turns: Turns,
  around: Surroundings,
  nodes: readonly NodeState[],
): SimulatedWorld {
  const { store } = around
  const last = new Map<string, LastOrder>()
  const ask = <T>(effect: () => T): Promise<T> => network.ask(process, effect)
  return {
    last,
    nodes: nodes.map(({ id }) => id),
    now: () => new Date(Date.UTC(2027, 0, 4) + turns.now() * 1000).toISOString(),
    read: () => ask(() => store.seen()),
    swap: (next, etag) => ask(() => store.swap(next, etag)),
    async tell(id, order) {
      const node = nodes.find((one) => one.id === id)
      if (!node) throw new UserError(`${id} is not there`)
      const key = `${id}/${order.system}`
      last.set(key, { phase: order.phase, proved: false })
      const { said, proved } = await network.order(process, () => carryOut(node, order, around))
      last.set(key, { phase: order.phase, proved })
      return said
    },
    write: (entry) => ask(() => void store.ledger.push({ ...entry, run: process.name })),
    pause: () => turns.step(() => !process.dead, 5),
    marker: (system) => ask(() => store.marker(system)),
    clear: (system, etag) => ask(() => store.clear(system, etag)),
    mark: (system) => ask(() => store.mark(system)),
    arm: () => ask(() => void Object.assign(store.credentials, { open: true })),
    disarm: () => ask(() => void Object.assign(store.credentials, { open: false })),
    reached: () => {},
  }
}

/** As a node's scripts do it: then it says how it is. One that is down says nothing, ever. */
async function carryOut(node: NodeState, order: NodeOrder, around: Surroundings) {
  const hand = handOf(node, around)
  await hand.step()
  await obey(hand, order)
  const said = await says(hand, order.system)
  const record = around.store.history().get(Number(said.epoch))
  return { said, proved: record !== undefined && provedLive(node, order.system, record) }
}
