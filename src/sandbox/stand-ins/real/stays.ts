import type { Context } from "../context.ts"
import { containerNamed, readEngine } from "../docker/records.ts"

/**
 * What stays a stand-in where all else is asked of the operator's own engine: InfluxDB, because what it keeps would
 * belong to a user of its container's, in the operator's folder; and the gateways, because a real one would log in to
 * the real broker.
 */
export function staysStandIn(on: Context): boolean {
  const [verb = "", ...rest] = on.args
  if (verb === "compose" || verb === "ps") return rest.some((arg) => PROJECTS.test(arg))
  const engine = readEngine(on)
  return OF_CONTAINERS.has(verb) && rest.some((arg) => ID.test(arg) && containerNamed(engine, arg) !== undefined)
}

const PROJECTS = /^(label=com\.docker\.compose\.project=)?smart0dte-(influx|gateway-(live|paper))$/

const OF_CONTAINERS: ReadonlySet<string> = new Set(["exec", "inspect", "logs", "rm", "stop"])

const ID = /^[0-9a-f]{12,64}$/
