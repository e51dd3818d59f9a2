import { DeleteParameterCommand, PutParameterCommand, paginateGetParametersByPath } from "@aws-sdk/client-ssm"
import { arn, onAnything, parameterArn } from "../aws/allow.ts"
import type { Cloud } from "../aws/cloud.ts"
import { stillAllowed, textOf } from "../aws/ec2/allowed.ts"
import { imagesOfAmazon, pickImage, pickZones } from "../aws/ec2/picks.ts"
import { type CacheEngine, pickCacheVersion } from "../aws/elasticache/engines.ts"
import { parameterName } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { pickDatabaseVersion, type VersionWish } from "../aws/rds/picks.ts"
import { pickZone, zoneChoice } from "../aws/route53/hosted-zones.ts"
import { madeNew } from "../aws/source.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"
import { Usage } from "../errors.ts"

/** What was picked once and is kept in the account, so that the same plan on another machine is the same plan. */
export interface Choice {
  readonly parameter: string
  /** Several are joined by commas. */
  readonly value: string
}

export interface ChoiceWish {
  readonly scope: Scope
  readonly name: string
  /** Asked where nothing was picked before, and no value is given. */
  readonly pick: (ctx: Cloud) => Promise<string>
  /** How many calls that is; none where only a person can know, and nothing can be foreseen. */
  readonly asks: number
  /** What will be picked, where that is the same for everybody. */
  readonly usual?: string
  /** Wins over what was picked before. */
  readonly value?: string | undefined
}

export const choice = ({ scope, name, pick, asks, usual, value }: ChoiceWish) => {
  const parameter = parameterName(scope, folder, name)
  return step({
    kind: choiceKind,
    name,
    scope,
    needs: {},
    spec: { parameter, ...(value !== undefined && { value }) },
    ...(value === undefined &&
      (asks > 0 || usual !== undefined) && {
        foresee: async (ctx: Cloud) => ({ value: await pick(ctx) }),
        foresees: asks,
      }),
    async create(ctx, _, birth, foreseen) {
      const Value = value ?? foreseen?.value ?? (await pick(ctx))
      await ctx.ssm.send(new PutParameterCommand({ Name: parameter, Type: "String", Value, Tags: birthTags(birth) }))
    },
    async update(ctx, live) {
      const Value = value ?? live.value
      await ctx.ssm.send(new PutParameterCommand({ Name: parameter, Type: "String", Value, Overwrite: true }))
    },
  })
}

interface MachineChoice {
  readonly scope: Scope
  readonly instanceType: string
}

/** The two zones that everything of a scope is in. */
export const zones = ({ scope, instanceType }: MachineChoice) =>
  choice({ scope, name: "zones", asks: 2, pick: async (ctx) => (await pickZones(ctx, instanceType)).join(",") })

export const image = ({ scope, instanceType }: MachineChoice) =>
  choice({ scope, name: "image", asks: 2, pick: (ctx) => pickImage(ctx, instanceType) })

export interface DatabaseVersionWish extends VersionWish {
  readonly scope: Scope
}

/** The minor of PostgreSQL that the database is made with. Each major has a choice of its own: it is no small step. */
export const databaseVersion = ({ scope, ...wish }: DatabaseVersionWish) =>
  choice({
    scope,
    name: `database-version-${wish.major}`,
    asks: 2,
    pick: (ctx) => pickDatabaseVersion(ctx, wish),
  })

interface ZoneChoice {
  readonly scope: Scope
  readonly domain: string
}

/** Where the names of a domain are kept: a zone of this account, or elsewhere. */
export const hostedZone = ({ scope, domain }: ZoneChoice) =>
  choice({ scope, name: zoneChoice(domain), asks: 1, pick: (ctx) => pickZone(ctx, domain) })

export interface CacheVersionWish {
  readonly scope: Scope
  readonly engine: CacheEngine
}

/** The version of Valkey or Redis that the cache is made with. */
export const cacheVersion = ({ scope, engine }: CacheVersionWish) =>
  choice({ scope, name: `cache-version-${engine}`, asks: 1, pick: (ctx) => pickCacheVersion(ctx, engine) })

/** Who may reach the load balancer: only a person can know. */
export const allowedCidrs = ({
  scope,
  given,
}: {
  readonly scope: Scope
  readonly given?: readonly string[] | undefined
}) =>
  choice({
    scope,
    name: "allowed-cidrs",
    asks: 0,
    value: given && [...new Set(given)].toSorted().join(","),
    async pick() {
      throw new Usage("nobody has said who may reach the load balancer", {
        hint: "give --allowed-cidrs, SMART0DTE_ALLOWED_CIDRS or allowedCidrs in smart0dte.yaml, such as 203.0.113.10/32",
      })
    },
  })

interface VisitorsChoice {
  readonly scope: Scope
  readonly value?: string | undefined
}

/** Who may besides reach the load balancer, some of them for a while: nobody, until `access` lets somebody in. */
export const visitors = ({ scope, value }: VisitorsChoice) =>
  choice({ scope, name: "visitors", asks: 0, value, pick: async () => textOf([]) })

interface SourceChoice {
  readonly scope: Scope
  /** Whose it is: `database`. */
  readonly name: string
  readonly value?: string | undefined
}

/** What something with data is made from: nothing, until somebody goes back to a snapshot. */
export const source = ({ scope, name, value }: SourceChoice) =>
  choice({ scope, name: `${name}-source`, asks: 0, usual: madeNew, value, pick: async () => madeNew })

export const choiceKind: CloudKind<Choice> = {
  name: "choice",
  unique: "name",
  async list(ctx, scopes) {
    const lists = await Promise.all(
      scopes.map(async (scope) => {
        const Path = parameterName(scope, folder)
        const parameters = await everyItem(
          paginateGetParametersByPath({ client: ctx.ssm }, { Path }),
          (page) => page.Parameters,
        )
        return parameters.map(({ Name = "", Value = "" }) => ({
          scope,
          name: Name.slice(Path.length + 1),
          // Whose time is over is not allowed in any more, though nobody has taken him off yet.
          live: { parameter: Name, value: stillAllowed(Value, ctx.clock.now()) },
          owner: "ours" as const,
          phase: "ready" as const,
        }))
      }),
    )
    return lists.flat()
  },
  async destroy(ctx, { parameter }) {
    await ctx.ssm.send(new DeleteParameterCommand({ Name: parameter }))
    return undefined
  },
  keepsWish: true,
  // Without the zone, nobody would find the records that are in it.
  before: ["dns-record"],
  fixed: ["parameter"],
  blank: { parameter: "", value: "" },
  allow: [
    onAnything("route53:ListHostedZones"),
    onAnything("ec2:DescribeAvailabilityZones", "ec2:DescribeInstanceTypes", "ec2:DescribeInstanceTypeOfferings"),
    onAnything("rds:DescribeDBEngineVersions", "rds:DescribeOrderableDBInstanceOptions"),
    { action: "ssm:GetParameter", resource: arn("ssm", `parameter${imagesOfAmazon}/*`, "") },
    {
      action: ["ssm:GetParametersByPath", "ssm:PutParameter", "ssm:AddTagsToResource", "ssm:DeleteParameter"],
      resource: parameterArn("choices*"),
    },
  ],
  usually: { create: 1, update: 1, destroy: 1 },
}

const folder = "choices"
