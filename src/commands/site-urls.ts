import type { PlanRow } from "../engine/plan.ts"
import { type System, systemFacts, systems } from "../nodes/systems.ts"

/** Where a system is reached from outside: what a browser opens, and what a program asks. */
export interface Urls {
  readonly web: string
  readonly api: string
}

/** Nothing where there is no load balancer yet. */
export function urlsOf(rows: readonly PlanRow[]): Readonly<Partial<Record<System, Urls>>> {
  const there = new Map(rows.flatMap(({ step, live }) => (live ? [[step.key, live]] : [])))
  const { dnsName } = there.get("load-balancer/main") ?? {}
  return Object.fromEntries(
    systems.flatMap((system) => {
      const host = hostOf(system, there)
      if (host !== undefined) return [[system, { web: `https://${host}`, api: `https://${host}/api` }]]
      if (typeof dnsName !== "string" || !there.has(`listener/${system}-frontend`)) return []
      const at = (side: string) => `http://${dnsName}:${systemFacts[system].health[side]?.port}`
      return [[system, { web: at("frontend"), api: at("backend") }]]
    }),
  )
}

/** What somebody has to set where the names are kept, if that is not here: `smart-0dte.example.com CNAME ...`. */
export function namesToSet(rows: readonly PlanRow[]): readonly string[] {
  return rows.flatMap(({ step, live = {} }) => {
    const { record, type, value, zone } = live
    const ours = step.kind === "dns-record" && zone === "elsewhere" && type === "ALIAS A"
    return ours ? [`${record} CNAME ${String(value).split(" ")[1]}`] : []
  })
}

/** The name that the door for all names sends to this system. */
function hostOf(system: System, there: ReadonlyMap<string, Readonly<Record<string, unknown>>>): string | undefined {
  if (!there.has("listener/https")) return undefined
  const key = [...there.keys()].find((one) => one.startsWith(`dns-record/${system}.`))
  return key?.slice("dns-record/".length)
}
