import type { Trading, TradingRecord } from "../../../src/aws/trading/record.ts"
import { UserError } from "../../../src/errors.ts"
import type { NodeSaid } from "../../../src/nodes/live/said.ts"
import type { Confirmed } from "../../../src/nodes/live/wish.ts"
import type { HaltWorld, LiveWorld, NodeOrder } from "../../../src/nodes/live/world.ts"

/** What becomes of a write of the record: done; done and the answer lost; never done; or another's came first. */
export type Swap = "done" | "answer lost" | "never" | "other first"

/** A world of two nodes that do as they are told, in which everything is written down in its order. */
export interface StageWorld extends LiveWorld, HaltWorld {
  /** Such as `prepare i-1 smart-0dte 7`, `swap 8 live/active`, `arm`, `write live-begin`. */
  readonly did: string[]
  record: TradingRecord
  readonly markers: Map<string, { halted: boolean; etag: string }>
  /** What becomes of the next writes of the record; `done` after them. */
  readonly swaps: Swap[]
  /** By phase, or by phase and node: what is said otherwise. */
  readonly says: Map<string, Partial<NodeSaid>>
  /** By phase, or by phase and node; by event of the ledger; by `read`, `arm`, `disarm`, `mark`, `clear`: it fails so often. */
  readonly fails: Map<string, number>
  /** Done before that comes: what others do meanwhile. */
  readonly meanwhile: Map<string, () => void>
}

export const confirmed: Confirmed = { digest: "d".repeat(64), config: "c".repeat(16), limits: "1/2/3", account: "U1" }

export const trading = (more: Partial<Trading> = {}): Trading => ({
  ...{ mode: "testing", trading: "active", trader: "i-1", since: "then", digest: "", limits: "", account: "" },
  ...more,
})

export function stage(systems: TradingRecord["systems"] = { "smart-0dte": trading() }): StageWorld {
  const did: string[] = []
  const happen = (what: string, ...names: readonly string[]) => {
    did.push(what)
    for (const name of [what, ...names]) {
      self.meanwhile.get(name)?.()
      self.meanwhile.delete(name)
      const left = self.fails.get(name) ?? 0
      self.fails.set(name, left - 1)
      if (left > 0) throw new UserError(`${name} failed`)
    }
  }
  const etagOf = ({ epoch, run }: TradingRecord) => `${epoch} ${run}`
  const self: StageWorld = {
    did,
    record: { schema: 1, scope: "poc", epoch: 7, at: "", by: "", run: "deploy", systems },
    markers: new Map(Object.keys(systems).map((name) => [name, { halted: false, etag: "first" }])),
    swaps: [],
    says: new Map(),
    fails: new Map(),
    meanwhile: new Map(),
    nodes: ["i-1", "i-2"],
    now: () => "now",
    async read() {
      happen("read")
      return { record: self.record, etag: etagOf(self.record) }
    },
    async swap(next, seen) {
      const told = Object.values(next.systems).map(({ mode, trading: state }) => `${mode}/${state}`)
      happen(`swap ${next.epoch} ${told.join(" ")}`, "swap")
      const what = self.swaps.shift() ?? "done"
      if (what === "other first") self.record = { ...self.record, epoch: self.record.epoch + 1, run: "other" }
      if (what === "never") throw new UserError("no answer")
      if (seen !== etagOf(self.record)) return false
      self.record = next
      if (what === "answer lost") throw new UserError("no answer")
      return true
    },
    async tell(node, order) {
      const epoch = order.phase === "halt" ? (order.now ? "now" : "") : order.epoch
      happen(`${order.phase} ${node} ${order.system} ${epoch}`.trim(), order.phase, `${order.phase} ${node}`)
      const own = { ...self.says.get(order.phase), ...self.says.get(`${order.phase} ${node}`) }
      return { ...saidTo(self, node, order), ...own }
    },
    write: async ({ event }) => happen(`write ${event}`),
    pause: async () => {},
    async marker(system) {
      happen("marker")
      return self.markers.get(system) ?? { halted: false, etag: undefined }
    },
    async clear(system, seen) {
      happen("clear")
      if (self.markers.get(system)?.etag !== seen) return false
      self.markers.set(system, { halted: false, etag: `cleared ${did.length}` })
      return true
    },
    async mark(system) {
      happen("mark")
      self.markers.set(system, { halted: true, etag: `halted ${did.length}` })
    },
    arm: async () => happen("arm"),
    disarm: async () => happen("disarm"),
    reached: () => {},
  }
  return self
}

/** Some of what was done, in its order. */
export const only = ({ did }: StageWorld, what: RegExp): readonly string[] => did.filter((one) => what.test(one))

function saidTo({ record, markers }: StageWorld, node: string, { system, phase }: NodeOrder): NodeSaid {
  const own = record.systems[system] ?? trading()
  const mine = own.trader === node
  const { digest, config, limits, account } = confirmed
  const live = { mode: "live", trading: "active", gateways: "live", gateway: "live", readOnly: "no" }
  const paper = { mode: own.mode, trading: "active", gateways: "paper", gateway: "paper" }
  const byPhase: Readonly<Record<NodeOrder["phase"], Partial<NodeSaid>>> = {
    prepare: mine ? { gateways: "live", readOnly: "yes", credentials: "yes" } : {},
    verify: mine ? { gateways: "live", readOnly: "yes", credentials: "yes" } : {},
    activate: mine ? live : {},
    prove: mine ? live : {},
    deactivate: {},
    halt: { latch: "yes" },
    paper: mine && own.trading === "active" ? paper : {},
    resume: mine ? paper : {},
  }
  return {
    ...{ node, system, clock: "0", epoch: `${record.epoch}`, record: `${own.mode}/${own.trading}` },
    ...{ mode: "none", trading: "stopped", latch: "no", trader: mine ? "yes" : "no" },
    ...{ marker: markers.get(system)?.halted ? "halt" : "clear", gateways: "", gateway: "none", readOnly: "unknown" },
    ...{ digest, config, limits, account, healthy: "yes", data: "yes", credentials: "no" },
    ...byPhase[phase],
  }
}
