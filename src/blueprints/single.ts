import type { Cloud, Place } from "../aws/cloud.ts"
import type { AnyStep, Blueprint } from "../engine/types.ts"
import { wishesOf } from "../engine/wishes.ts"
import { address } from "../steps/address.ts"
import { flowLogsBucket, stateBucket } from "../steps/bucket.ts"
import { allowedCidrs, image, zones } from "../steps/choice.ts"
import { defaultGroup } from "../steps/default-group.ts"
import { s3Endpoint } from "../steps/endpoint.ts"
import { flowLog } from "../steps/flow-log.ts"
import { instance } from "../steps/instance.ts"
import { instanceProfile } from "../steps/instance-profile.ts"
import { internetGateway } from "../steps/internet-gateway.ts"
import { keyPair } from "../steps/key-pair.ts"
import { natGateway } from "../steps/nat-gateway.ts"
import { record } from "../steps/record.ts"
import { nodeRole } from "../steps/role.ts"
import { routeTable } from "../steps/route-table.ts"
import { securityGroup } from "../steps/security-group.ts"
import { subnet } from "../steps/subnet.ts"
import { vpc } from "../steps/vpc.ts"
import { subnetRanges } from "./subnet-ranges.ts"

export interface SingleWish {
  readonly place: Place
  readonly vpcCidr: string
  readonly egress: "nat" | "public-ip"
  readonly instanceType: string
  readonly diskGb: number
  /** Left out, it is what an earlier run was told. */
  readonly allowedCidrs?: readonly string[] | undefined
  readonly flowLogs: boolean
  /** As in OpenSSH's `.pub` file. */
  readonly publicKey?: string | undefined
}

/** The proof of concept: one node in a network of its own. */
export function single(wish: SingleWish): Blueprint<Cloud> {
  const { place, instanceType } = wish
  const inZones = zones({ scope, instanceType })
  const network = networkOf(wish, inZones)
  const groups = groupsOf(wish, network.vpc)
  const key = wish.publicKey ? keyPair({ scope, name: "node", publicKey: wish.publicKey }) : undefined
  const node = instance({
    scope,
    name: "node",
    instanceType,
    diskGb: wish.diskGb,
    publicAddress: wish.egress === "public-ip",
    image: image({ scope, instanceType }),
    ...network.home,
    group: groups.app,
    profile: instanceProfile({ scope, name: "node", role: nodeRole({ place, scope, name: "node" }) }),
    key,
  })
  const steps = [...network.steps, groups.database, groups.cache, ...(key ? [key] : []), node]
  const bucket = stateBucket(place)
  const first = record({ scope, bucket, wishes: wishesOf([bucket, ...steps]) })
  return { name: "single", scopes: [scope], first, steps }
}

const scope = "poc"

function networkOf(wish: SingleWish, inZones: ReturnType<typeof zones>) {
  const { place, egress, vpcCidr } = wish
  const main = vpc({ scope, name: "main", cidr: vpcCidr })
  const gateway = internetGateway({ scope, name: "main", vpc: main })
  const ranges = subnetRanges(vpcCidr)
  const at = (name: keyof typeof ranges, zone: number) =>
    subnet({ scope, name, cidr: ranges[name], vpc: main, zones: inZones, zone })
  const open = [at("public-a", 0), at("public-b", 1)] as const
  const closed = [at("private-a", 0), at("private-b", 1)] as const
  const nat = egress === "nat" ? natOf(open[0], gateway) : undefined
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
  return { vpc: main, home, steps }
}

function natOf(home: ReturnType<typeof subnet>, gateway: ReturnType<typeof internetGateway>) {
  return natGateway({ scope, name: "main", subnet: home, address: address({ scope, name: "nat" }), gateway })
}

/** Each lets in only the one before it, by its id. */
function groupsOf({ allowedCidrs: given }: SingleWish, main: ReturnType<typeof vpc>) {
  const group = (wish: Omit<Parameters<typeof securityGroup>[0], "scope" | "vpc">) =>
    securityGroup({ scope, vpc: main, ...wish })
  const loadBalancer = group({
    name: "load-balancer",
    description: "Web and API of both systems from the allowed addresses",
    ports: systems,
    fromRanges: allowedCidrs({ scope, given }),
    reachesOut: true,
  })
  const app = group({
    name: "app",
    description: "Web and API of both systems from the load balancer",
    ports: systems,
    fromGroups: [loadBalancer],
    reachesOut: true,
  })
  const database = group({
    name: "database",
    description: "PostgreSQL from the node",
    ports: [[5432, 5432]],
    fromGroups: [app],
    reachesOut: false,
  })
  const cache = group({
    name: "cache",
    description: "Valkey or Redis from the node",
    ports: [[6379, 6379]],
    fromGroups: [app],
    reachesOut: false,
  })
  return { app, database, cache }
}

/** The frontends, and the backends. */
const systems = [
  [3000, 3001],
  [8000, 8001],
] as const
