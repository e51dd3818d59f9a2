import {
  CreateCacheParameterGroupCommand,
  DeleteCacheParameterGroupCommand,
  DescribeCacheParameterGroupsCommand,
  type CacheParameterGroup as Described,
  paginateDescribeCacheParameterGroups,
} from "@aws-sdk/client-elasticache"
import { namedIn, onAnything } from "../aws/allow.ts"
import { unlessNotFound } from "../aws/already.ts"
import { describedAs, descriptionOf } from "../aws/described.ts"
import { cacheName } from "../aws/elasticache/cache-names.ts"
import { type Parameters, parametersOf, setParameters } from "../aws/elasticache/cache-parameters.ts"
import { type CacheEngine, familyOf } from "../aws/elasticache/engines.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"

/** What Valkey or Redis is told on top of ElastiCache's own settings. */
export interface CacheParameters {
  readonly groupName: string
  readonly family: string
  readonly parameters: Parameters
}

export interface CacheParametersWish {
  readonly scope: Scope
  readonly engine: CacheEngine
  /** A group is of one family, which follows from it. */
  readonly version: Need<{ readonly value: string }>
}

export const cacheParameters = ({ scope, engine, version }: CacheParametersWish) => {
  const groupName = cacheName(scope, engine)
  return step({
    kind: cacheParametersKind,
    name: engine,
    scope,
    needs: { version },
    spec: { groupName, parameters },
    links: ({ version }) => ({ family: familyOf(engine, version.value) }),
    async occupant(ctx) {
      const command = new DescribeCacheParameterGroupsCommand({ CacheParameterGroupName: groupName })
      const found = await unlessNotFound(ctx.elasticache.send(command))
      return found?.CacheParameterGroups?.map(liveOf)[0]
    },
    async create(ctx, { version }, birth) {
      await ctx.elasticache.send(
        new CreateCacheParameterGroupCommand({
          CacheParameterGroupName: groupName,
          CacheParameterGroupFamily: familyOf(engine, version.value),
          Description: descriptionOf(birth),
          Tags: birthTags(birth),
        }),
      )
    },
    update: (ctx, live) => setParameters(ctx, groupName, live.parameters, parameters),
  })
}

const parameters: Parameters = {
  // A client that went away without a word is noticed within a minute, not within five.
  "tcp-keepalive": "60",
}

export const cacheParametersKind: CloudKind<CacheParameters> = {
  name: "cache-parameters",
  unique: "name",
  async list(ctx, scopes) {
    const pages = paginateDescribeCacheParameterGroups({ client: ctx.elasticache }, {})
    const ours = describedAs(
      "cache-parameters",
      await everyItem(pages, (page) => page.CacheParameterGroups),
      (group) => group.Description,
      (group) => ({ live: liveOf(group), phase: "ready" }),
    )
    return ours.filter(({ scope }) => scopes.includes(scope))
  },
  async complete(ctx, found) {
    return { ...found, live: { ...found.live, parameters: await parametersOf(ctx, found.live.groupName) } }
  },
  completes: 1,
  async destroy(ctx, { groupName }) {
    await ctx.elasticache.send(new DeleteCacheParameterGroupCommand({ CacheParameterGroupName: groupName }))
    return undefined
  },
  before: ["cache"],
  fixed: ["groupName", "family"],
  blank: { groupName: "", family: "", parameters: {} },
  allow: [
    onAnything("elasticache:DescribeCacheParameterGroups", "elasticache:DescribeCacheEngineVersions"),
    {
      action: [
        "elasticache:CreateCacheParameterGroup",
        "elasticache:DescribeCacheParameters",
        "elasticache:ModifyCacheParameterGroup",
        "elasticache:ResetCacheParameterGroup",
        "elasticache:DeleteCacheParameterGroup",
        "elasticache:AddTagsToResource",
      ],
      resource: namedIn("elasticache", "parametergroup"),
    },
  ],
  usually: { create: 2, update: 2, destroy: 2 },
}

const liveOf = ({ CacheParameterGroupName = "", CacheParameterGroupFamily = "" }: Described): CacheParameters => ({
  groupName: CacheParameterGroupName,
  family: CacheParameterGroupFamily,
  parameters: {},
})
