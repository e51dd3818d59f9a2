import { setTimeout } from "node:timers/promises"
import { readSystemd, stateOf } from "../stand-ins/systemd/state.ts"
import { readUnit, settingOf, spanOf } from "../stand-ins/systemd/units.ts"
import type { Ended } from "./inside.ts"
import type { MachinePaths } from "./paths.ts"

interface Tended {
  readonly paths: MachinePaths
  readonly speed: number
  /** When the machine was started, on the wall clock. */
  readonly booted: number
  readonly signal: AbortSignal
  run(command: readonly [program: string, ...args: string[]]): Promise<Ended>
}

/** What goes on on a machine for as long as it is up: its timers. */
export async function tend({ booted, paths, run, signal, speed }: Tended): Promise<void> {
  const latest = new Map<string, number>()
  while (!signal.aborted) {
    for (const { every, service } of timersOf(paths, booted)) {
      const due = (latest.get(service) ?? booted) + Math.max(SHORTEST, (every * 1000) / speed)
      if (Date.now() < due) continue
      latest.set(service, Date.now())
      await run(["systemctl", "start", service])
    }
    await setTimeout(PAUSE, undefined, { signal, ref: false }).catch(() => undefined)
  }
}

const PAUSE = 100

/** In milliseconds of the wall clock: a process is a process, however fast the sandbox's time goes. */
const SHORTEST = 5000

function timersOf({ records, root }: MachinePaths, booted: number) {
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
