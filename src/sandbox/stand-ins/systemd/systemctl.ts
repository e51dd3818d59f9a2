import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { execa } from "execa"
import { type Context, Fault, notThere, type StandIn } from "../context.ts"
import { mountAtStart } from "../disks.ts"
import { flag, parseFlags } from "../flags.ts"
import { endingWith } from "../group.ts"
import { hasPackage } from "../packages.ts"
import { appendToJournal } from "./journal.ts"
import { changeSystemd, readSystemd, stateOf, type UnitState } from "./state.ts"
import { namesIn, readUnit, settingOf, spanOf, type Unit } from "./units.ts"

export const systemctl: StandIn = async (on) => {
  const switches = [["--now"], ["-q", "--quiet"], ["--no-block"], ["--no-pager"]]
  const parsed = parseFlags("systemctl", on.args, { values: [], switches })
  const [verb = "", ...given] = parsed.rest
  const names = given.map((name) => (/\.(service|timer|target|mount)$/.test(name) ? name : `${name}.service`))
  for (const name of names) if (!["is-active", "is-enabled"].includes(verb)) unitFor(on, name)
  const now = flag(parsed, "--now") !== undefined
  switch (verb) {
    case "daemon-reload":
    case "reset-failed":
      return 0
    case "enable":
      changeSystemd(on.paths.records, (known) => ({ ...known, enabled: [...new Set([...known.enabled, ...names])] }))
      return now ? each(names, (name) => start(on, name)) : 0
    case "disable":
      changeSystemd(on.paths.records, (known) => ({
        ...known,
        enabled: known.enabled.filter((one) => !names.includes(one)),
      }))
      return now ? each(names, (name) => stop(on, name)) : 0
    case "start":
      return flag(parsed, "--no-block") === undefined ? each(names, (name) => start(on, name)) : queue(on, names)
    case "stop":
      return each(names, (name) => stop(on, name))
    case "restart":
      return each(names, async (name) => {
        await stop(on, name)
        return start(on, name)
      })
    case "is-active":
      return say(on, names, (name) => stateOf(readSystemd(on.paths.records), name, on.facts.booted), "active", 3)
    case "is-enabled":
      return say(
        on,
        names,
        (name) => (readSystemd(on.paths.records).enabled.includes(name) ? "enabled" : "disabled"),
        "enabled",
        1,
      )
    case "default":
      return startAll(on)
    default:
      throw notThere(`systemctl ${verb}`)
  }
}

async function each(names: readonly string[], act: (name: string) => Promise<number>): Promise<number> {
  for (const name of names) {
    const code = await act(name)
    if (code !== 0) return code
  }
  return 0
}

/** Whoever tends the machine starts them: what starts here ends with the command. */
function queue(on: Context, names: readonly string[]): number {
  changeSystemd(on.paths.records, (known) => ({
    ...known,
    queued: [...new Set([...(known.queued ?? []), ...names])],
  }))
  return 0
}

function say(on: Context, names: readonly string[], read: (name: string) => string, good: string, bad: number): number {
  const states = names.map(read)
  for (const state of states) on.out(`${state}\n`)
  return states.every((state) => state === good) ? 0 : bad
}

/** What comes with packages of the system has no file here. */
const BUILT_IN: Readonly<Record<string, string>> = {
  "amazon-cloudwatch-agent.service": "amazon-cloudwatch-agent",
  "docker.service": "docker",
}

function unitFor(on: Context, name: string): Unit {
  const unit = readUnit(on.paths.root, name)
  if (unit) return unit
  const source = BUILT_IN[name]
  const isThere = source === undefined ? name === "amazon-ssm-agent.service" : hasPackage(on, source)
  if (isThere || /^(network-online|multi-user|timers)\.target$/.test(name)) return new Map()
  throw new Fault(`Failed to start ${name}: Unit ${name} not found.`, 5)
}

/** What is enabled, in the order that After= asks for; what does not depend on one another at the same time. */
async function startAll(on: Context): Promise<number> {
  mountAtStart(on)
  const { enabled } = readSystemd(on.paths.records)
  const started = new Map<string, Promise<number>>()
  const begin = (name: string): Promise<number> => {
    const known = started.get(name)
    if (known !== undefined) return known
    const before = namesIn(unitFor(on, name), "Unit.After").filter((one) => enabled.includes(one) && one !== name)
    const work = Promise.all(before.map(begin)).then(() => persist(on, name))
    started.set(name, work)
    return work
  }
  const codes = await Promise.all(enabled.map(begin))
  return codes.every((code) => code === 0) ? 0 : 1
}

/** Restart=on-failure, as often as the system bears it. */
async function persist(on: Context, name: string): Promise<number> {
  const unit = unitFor(on, name)
  const again = settingOf(unit, "Service.Restart") === "on-failure"
  const pause = spanOf(settingOf(unit, "Service.RestartSec") ?? "100ms") ?? 0
  for (let tries = 1; ; tries += 1) {
    const code = await start(on, name)
    if (code === 0 || !again || tries >= 5) return code
    await setTimeout((pause * 1000) / on.facts.speed, undefined, { signal: on.signal })
  }
}

async function start(on: Context, name: string): Promise<number> {
  const unit = unitFor(on, name)
  const systemd = readSystemd(on.paths.records)
  if (stateOf(systemd, name, on.facts.booted) === "active") return 0
  for (const needed of namesIn(unit, "Unit.Requires")) if (needed !== name) await start(on, needed)
  if (name === "docker.service") mkdirSync(join(on.paths.root, "var/lib/docker"), { recursive: true })
  const type = settingOf(unit, "Service.Type") ?? "simple"
  const commands = unit.get("Service.ExecStart") ?? []
  if (commands.length > 0 && type !== "oneshot") throw notThere(`a service of the type ${type}: ${name}`)
  for (const command of commands) {
    const code = await execute(on, name, command)
    if (code === 0) continue
    note(on, name, "failed")
    on.err(`Job for ${name} failed because the control process exited with error code.\n`)
    return 1
  }
  const stays = commands.length === 0 || settingOf(unit, "Service.RemainAfterExit") === "yes"
  note(on, name, stays ? "active" : "inactive")
  return 0
}

/** What cannot be ended is ended all the same, as systemd does after a while. */
async function stop(on: Context, name: string): Promise<number> {
  const unit = unitFor(on, name)
  if (stateOf(readSystemd(on.paths.records), name, on.facts.booted) === "active") {
    for (const command of unit.get("Service.ExecStop") ?? []) await execute(on, name, command)
  }
  note(on, name, "inactive")
  return 0
}

function note(on: Context, name: string, state: UnitState["state"]): void {
  const { booted } = on.facts
  changeSystemd(on.paths.records, (known) => ({ ...known, units: { ...known.units, [name]: { state, booted } } }))
}

/** Runs a line of a unit file with an environment of its own; what it says goes to the journal. */
async function execute(on: Context, name: string, line: string): Promise<number> {
  const [, instance = ""] = /@([^.]*)\./.exec(name) ?? []
  const [program = "", ...args] = line
    .replaceAll("%i", instance)
    .replace(/^[-@+!]+/, "")
    .split(/\s+/)
  const { paths } = on
  const child = execa(`${paths.root}${program}`, args, {
    cwd: paths.root,
    env: { PATH: paths.bin, HOME: join(paths.root, "root"), LANG: "C.UTF-8", SMART0DTE_ROOT: paths.root },
    extendEnv: false,
    detached: true,
    cleanup: false,
    reject: false,
    all: true,
    stdin: "ignore",
  })
  const { all, exitCode } = await endingWith(on.signal, child)
  appendToJournal(on, name, all)
  return line.startsWith("-") ? 0 : (exitCode ?? 1)
}
