import { markerKey } from "../../src/aws/trading/marker.ts"
import { type TradingRecord, tradingKey, tradingOf } from "../../src/aws/trading/record.ts"
import type { NodeSaid } from "../../src/nodes/live/said.ts"
import { type System, systems } from "../../src/nodes/systems.ts"
import type { Ended, Inside, Machine, Order } from "../../src/sandbox/machines/inside.ts"

/** What runs of one system on one machine. */
export interface Standing {
  mode: string
  trading: "active" | "stopped"
  latch: "yes" | "no"
  /** Whether its live gateway takes no orders; left out, none runs. */
  readOnly?: "yes" | "no"
}

/** Machines that halt, resume and say how they trade at once, as the node's scripts do in the end. */
export interface Traders extends Inside {
  /** Every order that reached a machine: `halt smart-0dte yes`. */
  readonly orders: string[]
  /** By machine: what it begins it never ends, and it looks at nothing. */
  readonly dead: Set<string>
  /** By machine, or by machine and phase: why it cannot do what it is told. */
  readonly fails: Map<string, string>
  /** By machine: what it says otherwise than it is. */
  readonly lies: Map<string, Partial<NodeSaid>>
  standing(machine: string, system: System): Standing
  /** What each machine does every other second: it looks at the markers. */
  watch(): void
}

export function traders(scope: string, bucket: string): Traders {
  const all = new Map<string, Standing>()
  const up = new Map<string, Machine>()
  const self: Traders = {
    orders: [],
    dead: new Set(),
    fails: new Map(),
    lies: new Map(),
    standing(machine, system) {
      const key = `${machine} ${system}`
      const known = all.get(key) ?? { mode: "none", trading: "stopped", latch: "no" }
      all.set(key, known)
      return known
    },
    async boot(machine) {
      up.set(machine.id, machine)
    },
    run: (machine, order, signal) => carryOut(self, at, machine, order, signal),
    watch() {
      for (const machine of [...up.values()].filter(({ id }) => !self.dead.has(id)))
        for (const system of systems) watchOne(self, at, machine, system)
    },
    discard: (id) => void up.delete(id),
    async close() {},
  }
  const at: Place = { scope, bucket }
  return self
}

interface Place {
  readonly scope: string
  readonly bucket: string
}

async function carryOut(self: Traders, at: Place, machine: Machine, order: Order, signal: AbortSignal): Promise<Ended> {
  if (self.dead.has(machine.id)) await new Promise((resolve) => signal.addEventListener("abort", resolve))
  const told = Object.fromEntries(Object.entries(order.Parameters).map(([name, [value = ""]]) => [name, value]))
  const verb = order.DocumentName.slice(`smart0dte-${at.scope}-`.length)
  const system = systems.find((one) => one === told.System) ?? systems[0]
  self.orders.push([verb, system, told.Now ?? told.Action ?? told.Phase ?? told.Epoch].join(" "))
  const why = carried[verb]?.(self, at, machine, system, told) ?? self.fails.get(machine.id)
  const output = `${JSON.stringify(saidBy(self, at, machine, system))}\n`
  return why === undefined ? { code: 0, output, errors: "" } : { code: 1, output, errors: `${why}\n` }
}

type Told = Readonly<Record<string, string>>
type Carry = (self: Traders, at: Place, machine: Machine, system: System, told: Told) => string | undefined

/** Why it was not done; nothing where it was. */
const carried: Readonly<Record<string, Carry>> = {
  halt(self, at, machine, system) {
    const why = self.fails.get(machine.id)
    haltOn(self, at, machine, system, why === undefined)
    return why
  },
  "switch-live"(self, at, machine, system, told) {
    const why = self.fails.get(`${machine.id} ${told.Phase}`)
    if (why !== undefined) return why
    const record = recordOf(at, machine)
    const trading = record?.systems[system]
    const mine = trading?.trader === machine.id
    const standing = self.standing(machine.id, system)
    const before = { mode: "none", trading: "stopped" } as const
    if (told.Phase === "prepare") Object.assign(standing, before, mine && { readOnly: "yes" })
    if (told.Phase === "deactivate") {
      delete standing.readOnly
      if (mine && trading.mode !== "live") Object.assign(standing, runs(trading.mode))
      else Object.assign(standing, before)
    }
    if (told.Phase !== "activate") return undefined
    if (record?.epoch !== Number(told.Epoch)) return `the trading record has the epoch ${record?.epoch}`
    if (trading?.mode !== "live" || trading.trading !== "active" || !mine) return "the record does not say so"
    if (markerOf(at, machine, system) !== "clear") return "the marker does not say that it may trade"
    Object.assign(standing, runs("live"), { latch: "no", readOnly: "no" })
    return undefined
  },
  "switch-paper"(self, at, machine, system, told) {
    const record = recordOf(at, machine)
    const trading = record?.systems[system]
    const standing = self.standing(machine.id, system)
    if (record?.epoch !== Number(told.Epoch)) return `the trading record has the epoch ${record?.epoch}`
    if (trading?.mode === "live") return "the record says live"
    delete standing.readOnly
    const mine = trading?.trader === machine.id && trading.trading === "active"
    Object.assign(standing, mine ? runs(trading.mode) : { mode: "none", trading: "stopped" })
    return undefined
  },
  resume(self, at, machine, system, told) {
    const record = recordOf(at, machine)
    const trading = record?.systems[system]
    if (record?.epoch !== Number(told.Epoch)) return `the trading record has the epoch ${record?.epoch}`
    if (trading?.mode === "live" || trading?.trading !== "active") return "the record does not say so"
    if (markerOf(at, machine, system) !== "clear") return "the marker does not say that it may trade"
    const mine = trading.trader === machine.id
    Object.assign(self.standing(machine.id, system), { latch: "no", ...(mine && runs(trading.mode)) })
    return undefined
  },
}

export const runs = (mode: string): Partial<Standing> => ({ mode, trading: "active" })

function watchOne(self: Traders, at: Place, machine: Machine, system: System): void {
  if (self.standing(machine.id, system).latch === "yes" || markerOf(at, machine, system) !== "halt") return
  haltOn(self, at, machine, system)
}

/** The latch is set also where nothing can be stopped. */
function haltOn(self: Traders, at: Place, machine: Machine, system: System, stops = true): void {
  const ended = { mode: "none", trading: "stopped" }
  Object.assign(self.standing(machine.id, system), { latch: "yes", ...(stops && ended) })
  const Value = JSON.stringify({ wish: "", phase: "ready", at: "", ...saidBy(self, at, machine, system) })
  const Name = `/smart0dte/${at.scope}/state/trading/${system}`
  machine.ask("ssm", "PutParameter", { Name, Type: "String", Value, Overwrite: true })
}

function saidBy(self: Traders, at: Place, machine: Machine, system: System): NodeSaid {
  const record = recordOf(at, machine)
  const trading = record?.systems[system]
  const { readOnly, ...standing } = self.standing(machine.id, system)
  return {
    node: machine.id,
    system,
    clock: "0.000012",
    epoch: record ? String(record.epoch) : "",
    record: trading ? `${trading.mode}/${trading.trading}` : "unreadable: it could not be fetched",
    ...standing,
    marker: markerOf(at, machine, system),
    trader: trading?.trader === machine.id ? "yes" : "no",
    gateways: standing.mode === "live" ? "live" : readOnly === undefined ? "paper" : "live paper",
    gateway: standing.mode === "none" ? "none" : standing.mode === "live" ? "live" : "paper",
    readOnly: readOnly ?? "no",
    account: readOnly === undefined ? "" : "U1234567",
    digest: "d".repeat(64),
    config: "c".repeat(64),
    limits: "1000/5000/10",
    healthy: "yes",
    data: "yes",
    credentials: readOnly === undefined ? "no" : "yes",
    ...self.lies.get(machine.id),
  }
}

function recordOf(at: Place, machine: Machine): TradingRecord | undefined {
  try {
    return tradingOf(at.scope, textOf(at, machine, tradingKey(at.scope)))
  } catch {
    return undefined
  }
}

function markerOf(at: Place, machine: Machine, system: System): string {
  try {
    return textOf(at, machine, markerKey(at.scope, system)).split("\n", 1)[0] ?? ""
  } catch {
    return "clear"
  }
}

function textOf({ bucket }: Place, machine: Machine, Key: string): string {
  const { Body } = machine.ask("s3", "GetObject", { Bucket: bucket, Key })
  return Buffer.from(Body as Uint8Array).toString()
}
