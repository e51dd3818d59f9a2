import {
  CreateUserGroupCommand,
  DeleteCacheSubnetGroupCommand,
  DescribeCacheEngineVersionsCommand,
  DescribeCacheParameterGroupsCommand,
  ModifyUserCommand,
} from "@aws-sdk/client-elasticache"
import type { Session } from "../../src/aws/clients.ts"
import type { Cloud } from "../../src/aws/cloud.ts"
import { kinds } from "../../src/blueprints/kinds.ts"
import { graphOf, needsOf } from "../../src/engine/order.ts"
import { type AnyKind, type AnyStep, type Blueprint, keyOf } from "../../src/engine/types.ts"

/** What moto has no operation for. Whatever these steps are, and what stands on them, is left out on moto. */
export const lacks: readonly Lack[] = [
  {
    steps: /^choice\/cache-version-/,
    kinds: [],
    operation: "elasticache:DescribeCacheEngineVersions",
    ask: ({ elasticache }) => elasticache.send(new DescribeCacheEngineVersionsCommand({})),
  },
  {
    steps: /^cache-parameters\//,
    kinds: ["cache-parameters"],
    operation: "elasticache:DescribeCacheParameterGroups",
    ask: ({ elasticache }) => elasticache.send(new DescribeCacheParameterGroupsCommand({})),
  },
  {
    steps: /^cache-user\//,
    kinds: [],
    operation: "elasticache:ModifyUser",
    ask: ({ elasticache }) => elasticache.send(new ModifyUserCommand({ UserId: "a", AccessString: "on ~* +@all" })),
  },
  {
    steps: /^cache-user-group\//,
    kinds: ["cache-user-group"],
    operation: "elasticache:CreateUserGroup",
    ask: ({ elasticache }) =>
      elasticache.send(new CreateUserGroupCommand({ UserGroupId: "a", Engine: "valkey", UserIds: ["a"] })),
  },
  {
    steps: /^cache-subnet-group\//,
    kinds: [],
    operation: "elasticache:DeleteCacheSubnetGroup",
    ask: ({ elasticache }) => elasticache.send(new DeleteCacheSubnetGroupCommand({ CacheSubnetGroupName: "a" })),
  },
]

export interface Lack {
  readonly steps: RegExp
  /** Kinds that cannot even be listed. */
  readonly kinds: readonly string[]
  readonly operation: string
  /** Asks for it. */
  ask(by: Session): Promise<unknown>
}

/** What of a blueprint can be tried on moto. */
export function onMoto(blueprint: Blueprint<Cloud>): Blueprint<Cloud> {
  const isOut = (step: AnyStep): boolean =>
    lacks.some(({ steps }) => steps.test(keyOf(step))) || needsOf(step).some(isOut)
  return { ...blueprint, steps: graphOf(blueprint).steps.filter((step) => step !== blueprint.first && !isOut(step)) }
}

export const kindsOnMoto: readonly AnyKind<Cloud>[] = kinds.filter(
  ({ name }) => !lacks.some((lack) => lack.kinds.includes(name)),
)
