import type { PlanRow } from "../engine/plan.ts"
import type { Outputs } from "../report/results.ts"

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
  ["loadBalancerGroup", "security-group/load-balancer", "id"],
  ["appGroup", "security-group/app", "id"],
  ["databaseGroup", "security-group/database", "id"],
  ["cacheGroup", "security-group/cache", "id"],
]

/** Only of what is there: a stand-in has no id that anybody could use. */
export function outputsOf(rows: readonly PlanRow[]): Outputs {
  const there = new Map(rows.filter((row) => row.phase !== undefined).map((row) => [row.step.key, row.fields]))
  return Object.fromEntries(
    sources.flatMap(([output, step, field]) => {
      const value = there.get(step)?.[field]
      return typeof value === "string" && value !== "" ? [[output, value]] : []
    }),
  )
}
