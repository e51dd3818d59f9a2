import { setTimeout } from "node:timers/promises"
import { changeSystemd, readSystemd, stateOf } from "../stand-ins/systemd/state.ts"
import { readUnit, settingOf, spanOf } from "../stand-ins/systemd/units.ts"
import type { Ended } from "./inside.ts"
import type { MachinePaths } from "./paths.ts"

interface Tended {
  readonly paths: MachinePaths
  readonly speed: number
  /** When the machine was started, on the wall clock. */
  readonly booted: number
  readonly signal: AbortSignal
  /** What a timer of seconds would find changed, as a text. */
  stirring(): string
  run(command: readonly [program: string, ...args: string[]]): Promise<Ended>
}

/** What goes on on a machine for as long as it is up: its timers, and what nobody waits for. */
export async function tend(tended: Tended): Promise<void> {
  const { booted, paths, run, signal } = tended
  const latest = new Map<string, Turn>()
  const running = new Map<string, Promise<unknown>>()
  const begin = (service: string) => {
    // What takes long holds up nothing else.
    const work = run(["systemctl", "start", service]).finally(() => running.delete(service))
    running.set(service, work)
  }
  while (!signal.aborted) {
    for (const service of takeQueued(paths, (name) => !running.has(name))) begin(service)
    const now = { at: Date.now(), stirring: tended.stirring() }
    for (const timer of timersOf(paths, booted)) {
      const { service } = timer
      const last = latest.get(service) ?? { at: booted, stirring: "" }
      if (running.has(service) || now.at < dueAt(timer, last, now, tended)) continue
      latest.set(service, now)
      begin(service)
    }
    await setTimeout(PAUSE, undefined, { signal, ref: false }).catch(() => undefined)
  }
  await Promise.allSettled(running.values())
}

const PAUSE = 100

/** Takes what was asked for and can be begun off the list. */
function takeQueued({ records }: MachinePaths, isFree: (service: string) => boolean): readonly string[] {
  const taken = (readSystemd(records).queued ?? []).filter(isFree)
  if (taken.length > 0) {
    changeSystemd(records, (known) => ({
      ...known,
      queued: (known.queued ?? []).filter((service) => !taken.includes(service)),
    }))
  }
  return taken
}

interface Timer {
  readonly service: string
  /** In seconds of the sandbox's time. */
  readonly every: number
}

/** When a timer's service was started, and what there was to find then. */
interface Turn {
  readonly at: number
  readonly stirring: string
}

/**
 * A process is a process, however fast the sandbox's time goes. A timer of minutes is kept as well as that allows. One
 * of seconds would run without an end and find nothing: it has its turn when there is something to find, and seldom
 * besides, in case that it finds what nobody here thought of.
 */
function dueAt({ every }: Timer, last: Turn, now: Turn, { speed }: Tended): number {
  const span = (every * 1000) / speed
  if (every > SECONDS) return last.at + Math.max(SHORTEST, span)
  return last.at + (last.stirring === now.stirring ? Math.max(SELDOM, span) : span)
}

const SECONDS = 10

/** In milliseconds of the wall clock. */
const SHORTEST = 5000
const SELDOM = 30_000

function timersOf({ records, root }: MachinePaths, booted: number): readonly Timer[] {
  const systemd = readSystemd(records)
  const active = Object.keys(systemd.units).filter(
    (name) => name.endsWith(".timer") && stateOf(systemd, name, booted) === "active",
  )
  return active.flatMap((name) => {
    const unit = readUnit(root, name)
    const every =
      unit && spanOf(settingOf(unit, "Timer.OnUnitActiveSec") ?? settingOf(unit, "Timer.OnUnitInactiveSec") ?? "")
    if (!unit || every === undefined) return []
    return [{ every, service: settingOf(unit, "Timer.Unit") ?? name.replace(/\.timer$/, ".service") }]
  })
}
