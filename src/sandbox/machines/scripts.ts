import { randomBytes } from "node:crypto"
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { privateFolder } from "../folder.ts"
import { clientScript } from "../stand-ins/client.ts"
import { type Desk, openDesk } from "../stand-ins/desk.ts"
import type { RealEngine } from "../stand-ins/real/engine.ts"
import type { World } from "../world.ts"
import { type Engines, engineOf, openEngines } from "./engines.ts"
import { furnish, offerPlugin, writeFacts } from "./furnish.ts"
import { AWAY, type Ended, type Inside, type Machine, type Order } from "./inside.ts"
import { type MachinePaths, machinePaths } from "./paths.ts"
import { type Processes, startProcesses } from "./processes.ts"
import { stirringOf } from "./stirring.ts"
import { tend } from "./tend.ts"

export interface ScriptsOptions {
  readonly world: World
  /** Where the sandbox listens. */
  readonly url: string
  /** Each machine has a folder below it. */
  readonly dir: string
  /** The program behind the stand-in of the Session Manager plugin. */
  readonly plugin: string
  /** What the stand-in of git serves. */
  readonly samples: string
  /** The variables of the operator's own Docker, where new machines are to have it in place of its stand-in. */
  readonly docker?: RealEngine["env"] | undefined
}

/** Machines that run real bash scripts, against stand-ins of what a node has. */
export function scripts(options: ScriptsOptions): Inside {
  const processes = startProcesses(AT_ONCE)
  const opened = openDesk((name, about) => options.world.faults.take(name, about))
  const engines = openEngines(options.dir, options.docker)
  const stirring = stirringOf(options.world, options.world.region)
  offerPlugin(options.dir, options.plugin)
  const on = async (machine: Machine): Promise<Host> => {
    const desk = await opened
    return { options, processes, machine, desk, engines, stirring, paths: pathsOf(options, machine.id) }
  }
  return {
    boot: async (machine, signal) => live(await on(machine), signal),
    run: async (machine, order, signal) => runOrder(await on(machine), order, signal),
    discard: (id) => {
      const paths = pathsOf(options, id)
      engines.remove(paths)
      rmSync(paths.dir, { recursive: true, force: true })
    },
    known: () => {
      const all = join(options.dir, "machines")
      return existsSync(all) ? readdirSync(all) : []
    },
    // Whoever started what runs has told it to end.
    close: async () => {
      await engines.close()
      ;(await opened).close()
    },
  }
}

/** Most of them wait most of the time. */
const AT_ONCE = 6

const pathsOf = ({ dir }: ScriptsOptions, id: string): MachinePaths => machinePaths(join(dir, "machines", id))

interface Host {
  readonly options: ScriptsOptions
  readonly processes: Processes
  readonly machine: Machine
  readonly paths: MachinePaths
  readonly desk: Desk
  readonly engines: Engines
  stirring(paths: MachinePaths): string
}

/** A real engine does not end with the machine that has it: what runs there is ended, unless only the sandbox goes. */
async function live(host: Host, signal: AbortSignal): Promise<void> {
  try {
    await boot(host, signal)
  } finally {
    if (signal.aborted && signal.reason !== AWAY) await host.engines.halt(host.paths)
  }
}

async function boot(host: Host, signal: AbortSignal): Promise<void> {
  const { machine, paths } = host
  const former = lastStart(paths)
  // The sandbox itself was away meanwhile: the machine was not.
  const goesOn = former?.launched === machine.launched
  if (!former) openFolder(host)
  furnishOn(host)
  const wall = goesOn ? former.wall : Date.now()
  const told = keepTold(host, wall, signal)
  try {
    await up(host, signal, { wall, goesOn, first: former?.done !== true })
  } finally {
    clearInterval(told)
  }
}

interface Up {
  readonly wall: number
  readonly goesOn: boolean
  readonly first: boolean
}

async function up(host: Host, signal: AbortSignal, { wall, goesOn, first }: Up): Promise<void> {
  const { machine, options, paths } = host
  if (!goesOn || first) {
    noteStart(paths, { launched: machine.launched, wall, done: !first })
    // What is below these is in memory.
    for (const name of ["run", "tmp"]) rmSync(join(paths.root, name), { recursive: true, force: true })
    furnishOn(host)
    await (first ? firstBoot(host, signal) : host.processes.run({ paths, signal, command: ["systemctl", "default"] }))
    if (signal.aborted) return
    if (first) noteStart(paths, { launched: machine.launched, wall, done: true })
  }
  await tend({
    paths,
    booted: wall,
    signal,
    speed: options.world.speed,
    stirring: () => host.stirring(paths),
    run: (command) => host.processes.run({ paths, signal, command }),
  })
}

/** What its programs know of its network and its disks, from the first start on: a way out may come after it. */
function keepTold(host: Host, wall: number, signal: AbortSignal): NodeJS.Timeout {
  const { machine } = host
  let known = ""
  const tell = () => {
    const now = JSON.stringify([machine.reach(), machine.disks()])
    if (now === known) return
    known = now
    tellFacts(host, wall)
  }
  tell()
  return setInterval(() => {
    if (!signal.aborted) tell()
  }, LOOK).unref()
}

const LOOK = 100

/** At its very first start. */
function openFolder({ engines, machine, paths }: Host): void {
  privateFolder(paths.dir)
  engines.give(paths, machine.id)
}

/** How fast time goes for what the scripts wait for: with real containers as fast as it does for them. */
const paceOf = ({ options, paths }: Host): number => (engineOf(paths) ? 1 : options.world.speed)

/** Each start has a secret of its own, by which its commands are known. */
function furnishOn(host: Host): void {
  const { desk, paths } = host
  const token = randomBytes(16).toString("hex")
  desk.admit(token, paths.dir)
  furnish(paths, (bash) => clientScript(bash, desk.port, token), paceOf(host))
}

/** What cloud-init does: the user data, once, whatever comes of it. */
async function firstBoot({ machine, paths, processes }: Host, signal: AbortSignal): Promise<void> {
  if (!machine.userData.startsWith("#!")) return
  const file = join(paths.records, "user-data")
  writeFileSync(file, machine.userData, { mode: 0o700 })
  const { code, errors, output } = await processes.run({ paths, signal, command: ["bash", file] })
  const end = code === 0 ? "" : `user data ended with ${code}\n`
  writeFileSync(join(paths.root, "var/log/cloud-init-output.log"), `${output}${errors}${end}`)
}

async function runOrder(host: Host, { Step }: Order, signal: AbortSignal): Promise<Ended> {
  const { paths, processes } = host
  tellFacts(host, lastStart(paths)?.wall ?? Date.now())
  const file = join(paths.records, `${crypto.randomUUID()}.sh`)
  writeFileSync(file, Step.script, { mode: 0o700 })
  try {
    const most = Math.max((Step.timeoutSeconds * 1000) / paceOf(host), SHORTEST)
    return await processes.run({ paths, signal, most, command: ["sh", "-c", `"${file}"`] })
  } finally {
    rmSync(file, { force: true })
  }
}

/** Real processes are not faster than they are, however fast the sandbox's time goes. */
const SHORTEST = 60_000

/** Keys are lent for each start and each command, as those of a role are for a while. */
function tellFacts({ machine, options, paths }: Host, booted: number): void {
  const { url, world, samples } = options
  const { id, region, zone, privateIp } = machine
  const role = machine.role()
  const { account } = world.store.contents()
  const arn = `arn:aws:sts::${account}:assumed-role/${role?.RoleName}/${id}`
  const keys = role && (world.keyring.lentTo(id) ?? world.keyring.lend(id, arn))
  const about = { id, region, zone, privateIp, account, url, speed: world.speed, samples, booted }
  const engine = engineOf(paths)
  writeFacts(paths, {
    ...about,
    ...(keys && { keys }),
    ...(role && { role: role.RoleName }),
    ...(engine && { engine }),
    reach: machine.reach(),
    disks: machine.disks(),
  })
}

interface Start {
  readonly launched: number
  readonly wall: number
  /** Whether what is done only once is done. */
  readonly done: boolean
}

function lastStart(paths: MachinePaths): Start | undefined {
  const file = startFile(paths)
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined
}

const noteStart = (paths: MachinePaths, start: Start): void => writeFileSync(startFile(paths), JSON.stringify(start))

const startFile = ({ dir }: MachinePaths): string => join(dir, "start.json")
