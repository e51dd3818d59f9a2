import type { Place } from "../aws/cloud.ts"
import type { AnyStep, Scope } from "../engine/types.ts"
import { address } from "../steps/address.ts"
import { flowLogsBucket } from "../steps/bucket.ts"
import type { zones } from "../steps/choice.ts"
import { defaultGroup } from "../steps/default-group.ts"
import { s3Endpoint } from "../steps/endpoint.ts"
import { flowLog } from "../steps/flow-log.ts"
import { internetGateway } from "../steps/internet-gateway.ts"
import { natGateway } from "../steps/nat-gateway.ts"
import { routeTable } from "../steps/route-table.ts"
import { subnet } from "../steps/subnet.ts"
import { vpc } from "../steps/vpc.ts"
import { subnetRanges } from "./subnet-ranges.ts"

export interface NetworkWish {
  readonly vpcCidr: string
  readonly egress: "nat" | "public-ip"
  readonly flowLogs: boolean
}

export interface NetworkGiven extends NetworkWish {
  readonly place: Place
  readonly scope: Scope
  readonly zones: ReturnType<typeof zones>
}

/** A network with two open and two closed subnets, one of each in either zone. */
export function networkOf(wish: NetworkGiven) {
  const { place, scope, egress, vpcCidr, zones } = wish
  const main = vpc({ scope, name: "main", cidr: vpcCidr })
  const gateway = internetGateway({ scope, name: "main", vpc: main })
  const ranges = subnetRanges(vpcCidr)
  const at = (name: keyof typeof ranges, zone: number) =>
    subnet({ scope, name, cidr: ranges[name], vpc: main, zones, zone })
  const open = [at("public-a", 0), at("public-b", 1)] as const
  const closed = [at("private-a", 0), at("private-b", 1)] as const
  const nat = egress === "nat" ? natOf(scope, open[0], gateway) : undefined
  const outside = routeTable({ scope, name: "public", vpc: main, subnets: open, wayOut: gateway })
  const inside = routeTable({ scope, name: "private", vpc: main, subnets: closed, wayOut: nat })
  const toS3 = s3Endpoint({ scope, name: "s3", region: place.region, vpc: main, routeTables: [outside, inside] })
  const steps: readonly AnyStep[] = [
    outside,
    inside,
    toS3,
    defaultGroup({ scope, name: "main", vpc: main }),
    ...(wish.flowLogs ? [flowLog({ scope, name: "main", vpc: main, bucket: flowLogsBucket({ place, scope }) })] : []),
  ]
  const home = nat ? { subnet: closed[0], wayOut: inside } : { subnet: open[0], wayOut: outside }
  return { vpc: main, open, closed, gateway, home, steps }
}

function natOf(scope: Scope, home: ReturnType<typeof subnet>, gateway: ReturnType<typeof internetGateway>) {
  return natGateway({ scope, name: "main", subnet: home, address: address({ scope, name: "nat" }), gateway })
}
