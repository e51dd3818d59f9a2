import { randomBytes } from "node:crypto"
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { clientScript } from "../stand-ins/client.ts"
import { type Desk, openDesk } from "../stand-ins/desk.ts"
import type { World } from "../world.ts"
import { furnish, offerPlugin, writeFacts } from "./furnish.ts"
import type { Ended, Inside, Machine, Order } from "./inside.ts"
import { type MachinePaths, machinePaths } from "./paths.ts"
import { type Processes, startProcesses } from "./processes.ts"
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
}

/** Machines that run real bash scripts, against stand-ins of what a node has. */
export function scripts(options: ScriptsOptions): Inside {
  const processes = startProcesses(AT_ONCE)
  const opened = openDesk()
  offerPlugin(options.dir, options.plugin)
  const on = async (machine: Machine): Promise<Host> => {
    const desk = await opened
    return { options, processes, machine, desk, paths: pathsOf(options, machine.id) }
  }
  return {
    boot: async (machine, signal) => boot(await on(machine), signal),
    run: async (machine, order, signal) => runOrder(await on(machine), order, signal),
    discard: (id) => rmSync(pathsOf(options, id).dir, { recursive: true, force: true }),
    // Whoever started what runs has told it to end.
    close: async () => (await opened).close(),
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
}

async function boot(host: Host, signal: AbortSignal): Promise<void> {
  const { machine, options, paths } = host
  const former = lastStart(paths)
  // The sandbox itself was away meanwhile: the machine was not.
  const goesOn = former?.launched === machine.launched
  furnishOn(host)
  const first = former?.done !== true
  const wall = goesOn ? former.wall : Date.now()
  tellFacts(host, wall)
  if (!goesOn || first) {
    noteStart(paths, { launched: machine.launched, wall, done: !first })
    // What is below /run is in memory.
    rmSync(join(paths.root, "run"), { recursive: true, force: true })
    furnishOn(host)
    await (first ? firstBoot(host, signal) : host.processes.run({ paths, signal, command: ["systemctl", "default"] }))
    if (signal.aborted) return
    if (first) noteStart(paths, { launched: machine.launched, wall, done: true })
  }
  let known = JSON.stringify([machine.reach(), machine.disks()])
  await tend({
    paths,
    booted: wall,
    signal,
    speed: options.world.speed,
    run: (command) => host.processes.run({ paths, signal, command }),
    tell: () => {
      const now = JSON.stringify([machine.reach(), machine.disks()])
      if (now === known) return
      known = now
      tellFacts(host, wall)
    },
  })
}

/** Each start has a secret of its own, by which its commands are known. */
function furnishOn({ desk, options, paths }: Host): void {
  const token = randomBytes(16).toString("hex")
  desk.admit(token, paths.dir)
  furnish(paths, (bash) => clientScript(bash, desk.port, token), options.world.speed)
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
  const { options, paths, processes } = host
  tellFacts(host, lastStart(paths)?.wall ?? Date.now())
  const file = join(paths.records, `${crypto.randomUUID()}.sh`)
  writeFileSync(file, Step.script, { mode: 0o700 })
  try {
    const most = Math.max((Step.timeoutSeconds * 1000) / options.world.speed, SHORTEST)
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
  writeFacts(paths, { ...about, ...(keys && { keys }), reach: machine.reach(), disks: machine.disks() })
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
