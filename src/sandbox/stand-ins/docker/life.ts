import { type Context, passedSince } from "../context.ts"
import type { ContainerRecord } from "./records.ts"

export interface Life {
  readonly status: "created" | "running" | "restarting" | "exited"
  readonly health?: "starting" | "healthy" | "unhealthy" | undefined
  readonly restarts: number
  readonly code: number
  /** When it began to run last, on the wall clock. */
  readonly since: number
}

/** How a container is now. Nothing runs: it follows from how it was started, how it behaves, and how much time has passed. */
export function lifeOf(on: Pick<Context, "facts">, one: ContainerRecord): Life {
  if (one.started === undefined) return { status: "created", restarts: 0, code: 0, since: 0 }
  const { booted } = on.facts
  // The daemon starts with the machine, before any script: `always` then comes back also where somebody had stopped it.
  const stopped = one.stopped !== undefined && !(one.restart === "always" && one.stopped < booted)
  if (stopped) return { status: "exited", restarts: 0, code: 0, since: one.started }
  const rebooted = one.started < booted
  const comesBack = one.restart === "always" || one.restart === "unless-stopped"
  if (rebooted && !comesBack) return { status: "exited", restarts: 0, code: 255, since: one.started }
  const since = rebooted ? booted : one.started
  const passed = passedSince(on, since)
  const [, code] = /^exits (\d+)$/.exec(one.behaviour.fate) ?? []
  if (code !== undefined) return failing(one, Number(code), passed, since)
  return { status: "running", health: healthOf(one, passed), restarts: 0, code: 0, since }
}

/** One that ends a second after each start. The engine starts it again, each time after twice as long. */
function failing(one: ContainerRecord, code: number, passed: number, since: number): Life {
  const again =
    one.restart === "always" || one.restart === "unless-stopped" || (one.restart.startsWith("on-failure") && code !== 0)
  if (!again)
    return { status: passed < LIVES ? "running" : "exited", restarts: 0, code: passed < LIVES ? 0 : code, since }
  let rest = passed
  for (let restarts = 0; ; restarts += 1) {
    if (rest < LIVES)
      return { status: "running", health: one.check === undefined ? undefined : "starting", restarts, code: 0, since }
    rest -= LIVES
    const pause = Math.min(60, 0.1 * 2 ** restarts)
    if (rest < pause) return { status: "restarting", restarts, code, since }
    rest -= pause
  }
}

/** In seconds of the sandbox's time. */
const LIVES = 1

function healthOf({ behaviour, check }: ContainerRecord, passed: number): Life["health"] {
  if (check === undefined) return undefined
  if (passed < check) return "starting"
  if (behaviour.fate !== "unhealthy") return "healthy"
  return passed < 3 * check ? "starting" : "unhealthy"
}

export const isUp = (on: Pick<Context, "facts">, one: ContainerRecord): boolean => lifeOf(on, one).status === "running"

/** Who has this port of the machine, at this address or at all of them. */
export const holderOf = (
  on: Pick<Context, "facts">,
  containers: readonly ContainerRecord[],
  { address, port }: { readonly address: string; readonly port: number },
): ContainerRecord | undefined =>
  containers.find(
    (one) =>
      ["running", "restarting"].includes(lifeOf(on, one).status) &&
      one.ports.some(
        (held) => held.port === port && (held.address === address || [held.address, address].includes("0.0.0.0")),
      ),
  )
