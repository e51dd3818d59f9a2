import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { type Context, passedSince } from "../context.ts"
import { lifeOf } from "../docker/life.ts"
import type { ContainerRecord } from "../docker/records.ts"

/** At which ports a container takes connections: a gateway by the kind of account that it is for. */
export function listensAt({ env, ports }: ContainerRecord, port: number): boolean {
  const own = env.TWS_USERID === undefined ? undefined : PORTS[env.TRADING_MODE ?? ""]
  return own === port || ports.some(({ inside }) => inside === port)
}

const PORTS: Readonly<Record<string, number>> = { live: 4003, paper: 4004 }

/**
 * The accounts that a gateway is logged in to at the sandbox's own broker, which takes any user and password but
 * placeholders, and whose second factor is confirmed at once. Each user has an account that follows from the name.
 */
export function accountsOf(on: Context, one: ContainerRecord): readonly string[] {
  const { TRADING_MODE: mode = "", TWS_USERID: user = "" } = one.env
  const about = `gateway:${mode}:${on.facts.id}`
  if (isUnset(user) || isUnset(passwordOf(one)) || passedSince(on, lifeOf(on, one).since) < TAKES) return []
  if (on.mishap?.("no-login", about)) return []
  return [on.mishap?.("other-account", about) ? OTHER[mode] : accountFor(user, mode)].flatMap((name) => name ?? [])
}

/** In seconds of the sandbox's time, from the container's start. */
const TAKES = 20

/** Whoever's name is itself an account has that one. */
const accountFor = (user: string, mode: string): string | undefined =>
  /^D?U\d{5,9}$/.test(user) && user.startsWith("D") === (mode === "paper") ? user : USUAL[mode]

const USUAL: Readonly<Record<string, string>> = { live: "U1234567", paper: "DU1234567" }
const OTHER: Readonly<Record<string, string>> = { live: "U7654321", paper: "DU7654321" }

const isUnset = (text: string): boolean => text === "" || text === "unset"

/** The file that it is pointed to, by way of the folder of the machine that it is mounted from. */
function passwordOf({ env, mounts }: ContainerRecord): string {
  const named = env.TWS_PASSWORD_FILE ?? ""
  const mount = mounts.find(({ kind, target }) => kind === "bind" && (target === named || target === dirname(named)))
  if (!mount) return ""
  const file = mount.target === named ? mount.source : join(mount.source, named.slice(dirname(named).length))
  return existsSync(file) ? readFileSync(file, "utf8").trim() : ""
}
