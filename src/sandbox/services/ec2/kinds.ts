import type { TagDescription } from "@aws-sdk/client-ec2"
import type { Call } from "../../service.ts"
import { instances, interfaces, volumes } from "./records/compute.ts"
import {
  addresses,
  endpoints,
  gateways,
  natGateways,
  networkAcls,
  routeTables,
  subnets,
  vpcs,
} from "./records/network.ts"
import { flowLogs, groupRules, groups, keyPairs } from "./records/security.ts"
import { snapshots } from "./records/snapshot.ts"
import { type Entity, type Kind, live } from "./rules/kind.ts"
import { tagsOf } from "./rules/tags.ts"

/** Every kind that can have tags. */
const kinds: readonly Kind<Entity>[] = [
  vpcs,
  subnets,
  networkAcls,
  gateways,
  addresses,
  natGateways,
  routeTables,
  endpoints,
  groups,
  groupRules,
  keyPairs,
  flowLogs,
  instances,
  interfaces,
  volumes,
  snapshots,
]

export const kindOf = (id: string): Kind<Entity> | undefined => kinds.find((kind) => id.startsWith(`${kind.prefix}-`))

/** Each tag of each thing that is there. */
export const tagged = (call: Call): readonly TagDescription[] =>
  kinds.flatMap((kind) =>
    live(call, kind).flatMap(({ id }) =>
      tagsOf(call, id).map((tag) => ({ ResourceId: id, ResourceType: kind.type, ...tag })),
    ),
  )
