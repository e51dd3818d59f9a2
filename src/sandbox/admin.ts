import type { Needed } from "./enforcement.ts"
import type { Fault, FaultState } from "./faults.ts"
import type { MachineState } from "./machines/machines.ts"
import type { TraceEntry } from "./trace.ts"
import type { Answer, Arrived } from "./wire/http.ts"
import type { World } from "./world.ts"

interface Status {
  readonly account: string
  readonly region: string
  readonly speed: number
  readonly pid: number
  /** Simulated time, in milliseconds. */
  readonly now: number
  readonly services: readonly string[]
  /** Whether requests are judged by the policies of whoever asks. */
  readonly enforced: boolean
  /** The instances that are up, each with how many commands it is busy with. */
  readonly machines: readonly MachineState[]
  /** How many records each table holds. */
  readonly records: Readonly<Record<string, number>>
}

/** The whole store, without what only the sandbox needs: two of them are equal when AWS would look the same. */
type Snapshot = Readonly<Record<string, Readonly<Record<string, object>>>>

/** What is asked under `/_sandbox/`, with what it is given and answers. */
export interface AdminCommands {
  status(given: undefined): Status
  snapshot(given: undefined): Snapshot
  trace(given: undefined): readonly TraceEntry[]
  "clear-trace"(given: undefined): null
  faults(given: undefined): readonly FaultState[]
  "set-faults"(given: { readonly rules: readonly Fault[]; readonly seed?: number }): null
  /** From now on each request is judged by the policies of whoever asks; or not any more. */
  enforce(given: { readonly on: boolean }): null
  /** What the requests needed that were judged. */
  needed(given: undefined): readonly Needed[]
  advance(given: { readonly seconds: number }): null
  reset(given: undefined): null
  stop(given: undefined): null
}

/** Answers a request whose token was found good. */
export function answerAdmin(world: World, request: Arrived, command: string): Answer {
  const commands = commandsOf(world)
  if (!isCommand(commands, command)) return json(404, { error: `the sandbox has no command ${command}` })
  if (request.method !== "POST") return json(405, { error: `send ${command} by POST, not ${request.method}` })
  try {
    // Each command checks what it was given as far as it matters: only the holder of the token gets here.
    const given = JSON.parse(Buffer.from(request.body).toString() || "null") as never
    return json(200, commands[command](given))
  } catch (error) {
    return json(400, { error: error instanceof Error ? error.message : String(error) })
  }
}

const isCommand = (commands: AdminCommands, name: string): name is keyof AdminCommands => Object.hasOwn(commands, name)

const json = (status: number, content: unknown): Answer => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(content),
})

const commandsOf = (world: World): AdminCommands => ({
  status: () => ({
    account: world.store.contents().account,
    region: world.region,
    speed: world.speed,
    pid: process.pid,
    now: world.clock.now(),
    services: [...world.services.keys()],
    enforced: world.enforcement.on,
    machines: world.machines(),
    records: Object.fromEntries([...world.store.contents().tables].map(([name, rows]) => [name, rows.size])),
  }),
  snapshot: () => snapshot(world),
  trace: () => world.trace.list(),
  "clear-trace": () => {
    world.trace.clear()
    return null
  },
  faults: () => world.faults.list(),
  "set-faults": ({ rules, seed }) => {
    world.faults.set(rules, seed)
    return null
  },
  enforce: ({ on }) => {
    if (typeof on !== "boolean") throw new Error(`cannot enforce policies ${on}: say true or false`)
    world.enforcement.switch(on)
    world.save()
    return null
  },
  needed: () => world.enforcement.needed(),
  advance: ({ seconds }) => {
    if (!(seconds >= 0)) throw new Error(`cannot advance the clock by ${seconds} seconds: give a number from 0 up`)
    world.clock.advance(seconds * 1000)
    world.save()
    world.bell.ring()
    return null
  },
  reset: () => {
    world.store.clear()
    world.faults.set([])
    world.throttle.clear()
    world.trace.clear()
    world.save()
    world.bell.ring()
    return null
  },
  // The server ends once this answer is out.
  stop: () => null,
})

function snapshot(world: World): Snapshot {
  const tables = [...world.store.contents().tables].filter(([, rows]) => rows.size > 0)
  return Object.fromEntries(
    tables.map(([name, rows]) => [name, Object.fromEntries([...rows].map(([id, { record }]) => [id, record]))]),
  )
}
