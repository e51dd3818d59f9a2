import type { PlanRow } from "../engine/plan.ts"
import type { Outputs } from "../report/results.ts"
import { namesToSet, urlsOf } from "./site-urls.ts"

/** Each output, the step that knows it, and the field that it stands in. */
const sources: readonly (readonly [output: string, step: string, field: string])[] = [
  ["instanceId", "instance/node", "id"],
  ["privateIp", "instance/node", "privateIp"],
  ["publicIp", "instance/node", "publicIp"],
  ["imageId", "choice/image", "value"],
  ["zones", "choice/zones", "value"],
  ["allowedCidrs", "choice/allowed-cidrs", "value"],
  ["vpcId", "vpc/main", "id"],
  ["publicSubnetA", "subnet/public-a", "id"],
  ["publicSubnetB", "subnet/public-b", "id"],
  ["privateSubnetA", "subnet/private-a", "id"],
  ["privateSubnetB", "subnet/private-b", "id"],
  ["natIp", "address/nat", "ip"],
  ["loadBalancerDns", "load-balancer/main", "dnsName"],
  ["loadBalancerGroup", "security-group/load-balancer", "id"],
  ["appGroup", "security-group/app", "id"],
  ["databaseHost", "database/postgres", "address"],
  ["databasePort", "database/postgres", "port"],
  ["databaseGroup", "security-group/database", "id"],
  ["cacheHost", "cache/main", "address"],
  ["cachePort", "cache/main", "port"],
  ["cacheGroup", "security-group/cache", "id"],
]

/** Only of what is there: a stand-in has no id that anybody could use. */
export function outputsOf(rows: readonly PlanRow[]): Outputs {
  const there = new Map(rows.map(({ step, live }) => [step.key, live]))
  const known = Object.fromEntries(
    sources.flatMap(([output, step, field]) => {
      const value = there.get(step)?.[field]
      if (typeof value === "number") return [[output, String(value)]]
      return typeof value === "string" && value !== "" ? [[output, value]] : []
    }),
  )
  return { ...known, ...addressesOf(rows) }
}

/** Where the systems are reached, and what is still to be set for it where somebody else keeps the names. */
function addressesOf(rows: readonly PlanRow[]): Outputs {
  const { "smart-0dte": smart, "mag7-7dte": mag7 } = urlsOf(rows)
  const names = namesToSet(rows)
  return {
    ...(smart && { smart0dteUrl: smart.web, smart0dteApiUrl: smart.api }),
    ...(mag7 && { mag7Url: mag7.web, mag7ApiUrl: mag7.api }),
    ...(names.length > 0 && { namesToSet: names.join(", ") }),
  }
}
