import type { Call } from "../service.ts"
import { disksOf } from "../services/ec2/instance-view.ts"
import { type InstanceRecord, instances, interfaces } from "../services/ec2/records/compute.ts"
import { rows, seek } from "../services/ec2/rules/kind.ts"
import { stateAt } from "../services/ec2/rules/timeline.ts"
import { agents, isSpeaking } from "../services/ssm/agents.ts"
import { reachOf, roleOn } from "../services/ssm/reach.ts"
import type { World } from "../world.ts"
import { AWAY, type Inside, type Machine } from "./inside.ts"
import { inState, keepOutput, noteEnd, takeUp, toTakeUp, type Waiting } from "./orders.ts"
import { changeStore, lookInto } from "./within.ts"

export interface MachineState {
  readonly id: string
  /** How many commands it is busy with. */
  readonly commands: number
}

/** The instances of a world, seen from inside. */
export interface Machines {
  /** Those that are up. */
  list(): readonly MachineState[]
  close(): Promise<void>
}

/**
 * Lets instances live: what they do at a start, and the commands that are sent to them. It looks after each change of
 * the store, and again while something is about to happen by time alone.
 */
export function startMachines(world: World, inside: Inside): Machines {
  const up = new Map<string, Up>()
  const leaving = new Map<string, Promise<void>>()
  let due: NodeJS.Immediate | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const look = () => {
    due = undefined
    clearTimeout(timer)
    if (closed) return
    const floor = { world, inside, up, leaving }
    discardLost(floor)
    const restless = regionsOf(world).filter((region) => lookAt(floor, region))
    if (restless.length > 0) timer = setTimeout(look, pauseAt(world.speed)).unref()
  }
  const deafen = world.bell.listen(() => {
    due ??= setImmediate(look)
  })
  // Whoever ran them is no more.
  for (const region of regionsOf(world)) failOrphans(world, region)
  look()
  const list = () => [...up].map(([id, { busy }]) => ({ id, commands: busy.size }))
  world.showMachines(list)
  return {
    list,
    close: async () => {
      closed = true
      deafen()
      clearImmediate(due)
      clearTimeout(timer)
      for (const one of up.values()) one.off.abort(AWAY)
      await Promise.all([...[...up.values()].map(endOf), ...leaving.values()])
      await inside.close()
    },
  }
}

interface Up {
  readonly machine: Machine
  readonly off: AbortController
  readonly booting: Promise<void>
  /** Commands that run, by the id of their invocation. */
  readonly busy: Map<string, { readonly stop: AbortController; readonly done: Promise<void> }>
}

/** When nothing that it was told to end runs any more. */
const endOf = ({ booting, busy }: Up): Promise<unknown> =>
  Promise.all([booting, ...[...busy.values()].map(({ done }) => done)])

interface Floor {
  readonly world: World
  readonly inside: Inside
  readonly up: Map<string, Up>
  /** What was switched off, until it has ended: a next start comes after it. */
  readonly leaving: Map<string, Promise<void>>
}

/** Often enough to be on time, seldom enough to cost nothing. */
const pauseAt = (speed: number): number => Math.min(250, Math.max(5, 1000 / speed))

const regionsOf = ({ store }: World): readonly string[] =>
  [...store.contents().tables.keys()].flatMap((name) => (name.startsWith(TABLE) ? [name.slice(TABLE.length)] : []))

const TABLE = `${instances.table}@`

/** What nobody has a record of any more is gone with all that was on it: the sandbox was emptied. */
function discardLost(floor: Floor): void {
  const { inside, up, world } = floor
  const ids = regionsOf(world).flatMap((region) => lookInto(world, region, (call) => rows(call, instances).all()))
  const recorded = new Set(ids.map(({ id }) => id))
  for (const id of new Set([...up.keys(), ...(inside.known?.() ?? [])]))
    if (!recorded.has(id)) switchOff(floor, id, true)
}

/** Does what is to be done now; true while something may happen without anybody's asking. */
function lookAt(floor: Floor, region: string): boolean {
  const { world, up } = floor
  const all = lookInto(world, region, (call) =>
    rows(call, instances)
      .all()
      .map((record) => ({
        record,
        state: seek(call, instances, record.id) ? stateAt(record.states, call.now) : "terminated",
      })),
  )
  for (const { record, state } of all) {
    const one = up.get(record.id)
    if (state === "running" && one?.machine.launched !== startOf(record)) switchOn(floor, region, record)
    if (state !== "running" && one) switchOff(floor, record.id, state === "shutting-down" || state === "terminated")
  }
  if (up.size > 0) {
    register(world, region)
    runOrders(floor, region)
  }
  const moving = all.some(
    ({ record, state }) => state === "pending" || (state === "running" && isUnheard(world, region, record)),
  )
  const leaving = all.some(({ state }) => state === "stopping" || state === "shutting-down")
  return moving || leaving || lookInto(world, region, (call) => inState(call, "Pending").length > 0)
}

function switchOn(floor: Floor, region: string, record: InstanceRecord): void {
  switchOff(floor, record.id, false)
  const off = new AbortController()
  const machine = machineOf(floor.world, region, record)
  // Set up outside of this look, which may itself be part of a change.
  const before = floor.leaving.get(record.id) ?? Promise.resolve()
  const booting = before.then(() => quietly(floor.inside.boot(machine, off.signal), off.signal))
  floor.up.set(record.id, { machine, off, booting, busy: new Map() })
}

/** What fails because a machine was switched off is no news; anything else is a fault of the sandbox. */
async function quietly(work: Promise<void>, signal?: AbortSignal): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!signal?.aborted) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  }
}

function switchOff({ inside, leaving, up, world }: Floor, id: string, forGood: boolean): void {
  const one = up.get(id)
  one?.off.abort()
  up.delete(id)
  if (forGood) world.keyring.takeBack(id)
  // Until it has ended, what runs there writes into what is to go.
  const ended = Promise.all([leaving.get(id), one && endOf(one)])
  const left: Promise<void> = quietly(ended.then(() => (forGood ? inside.discard(id) : undefined))).finally(() => {
    if (leaving.get(id) === left) leaving.delete(id)
  })
  leaving.set(id, left)
}

const machineOf = (world: World, region: string, record: InstanceRecord): Machine =>
  lookInto(world, region, (call) => ({
    id: record.id,
    region,
    zone: record.zone,
    privateIp: seek(call, interfaces, record.interfaceId)?.privateIp ?? "",
    userData: Buffer.from(record.userData ?? "", "base64").toString(),
    role: () => lookInto(world, region, (now) => roleOn(now, record)),
    launched: startOf(record),
    reach: () => lookInto(world, region, (now) => reachOf(now, record)),
    disks: () =>
      lookInto(world, region, (now) =>
        disksOf(now, record.id).map(({ attachment, id, size }) => ({
          volume: id,
          device: attachment?.device ?? "",
          sizeGb: size,
        })),
      ),
    ask: (service, operation, input) => {
      const handler = world.services.get(service)?.service.handlers[operation]
      if (!handler) throw new Error(`the sandbox serves no ${service} ${operation}`)
      // Found by its name: the caller gives what this operation takes.
      return changeStore(world, region, (now) => handler(input as never, now)) as Readonly<Record<string, unknown>>
    },
  }))

const startOf = ({ launched, rebooted }: InstanceRecord): number => rebooted ?? launched

/** An agent that speaks for the first time registers. */
function register(world: World, region: string): void {
  const fresh = (call: Call) =>
    rows(call, instances)
      .all()
      .filter(({ id }) => seek(call, instances, id) && !agents(call).has(id))
      .filter((record) => isSpeaking(call, record))
  if (lookInto(world, region, fresh).length === 0) return
  changeStore(world, region, (call) => {
    for (const { id } of fresh(call)) agents(call).put(id, { InstanceId: id, Registered: call.now })
  })
}

const isUnheard = (world: World, region: string, { id }: InstanceRecord): boolean =>
  lookInto(world, region, (call) => !agents(call).has(id))

function runOrders({ inside, up, world }: Floor, region: string): void {
  for (const { id } of lookInto(world, region, (call) => inState(call, "Cancelling"))) {
    for (const { busy } of up.values()) busy.get(id)?.stop.abort()
  }
  for (const waiting of lookInto(world, region, toTakeUp)) {
    const one = up.get(waiting.found.InstanceId)
    if (!one) continue
    changeStore(world, region, (call) => takeUp(call, waiting))
    const stop = new AbortController()
    const done = carryOut(world, inside, one, waiting, stop.signal).finally(() => one.busy.delete(waiting.id))
    one.busy.set(waiting.id, { stop, done })
  }
}

async function carryOut(
  world: World,
  inside: Inside,
  { machine, off }: Up,
  { command, id }: Waiting,
  stop: AbortSignal,
): Promise<void> {
  const run = await inside.run(machine, command, AbortSignal.any([off.signal, stop])).catch(broken)
  const ended = off.signal.aborted ? { ...run, code: -1, errors: `${run.errors}${SWITCHED_OFF}` } : run
  if (!off.signal.aborted) keepOutput(machine, command, ended)
  changeStore(world, machine.region, (call) => noteEnd(call, id, ended))
}

const SWITCHED_OFF = "the machine was switched off while this ran\n"

const broken = (error: unknown) => ({
  code: 1,
  output: "",
  errors: `the sandbox could not run this: ${error instanceof Error ? error.stack : String(error)}\n`,
})

function failOrphans(world: World, region: string): void {
  const orphans = lookInto(world, region, (call) => [...inState(call, "InProgress"), ...inState(call, "Cancelling")])
  if (orphans.length === 0) return
  const ended = { code: -1, output: "", errors: "the sandbox ended while this ran; send it again\n" }
  changeStore(world, region, (call) => {
    for (const { id } of orphans) noteEnd(call, id, ended)
  })
}
