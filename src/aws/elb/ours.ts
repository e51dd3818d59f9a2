import {
  DescribeTagsCommand,
  type LoadBalancer,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
  type TagDescription,
  type TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2"
import type { Scope } from "../../engine/types.ts"
import { NotFound } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { nameFor } from "../names.ts"
import { everyItem } from "../pages.ts"
import type { Tag } from "../tags.ts"

/** Load balancers and target groups of a name have no more letters than these. */
export const longestName = 32

/** A thing with its tags, which no list of this service shows. */
export type Tagged<Thing> = Thing & { readonly Tags: Tag[] }

/** Those whose name is one of ours: only of these is it worth asking whose they are. */
export async function ourLoadBalancers(ctx: Cloud, scopes: readonly Scope[]): Promise<readonly LoadBalancer[]> {
  const all = await everyItem(paginateDescribeLoadBalancers({ client: ctx.elb }, {}), (page) => page.LoadBalancers)
  return all.filter(({ LoadBalancerName }) => isOurs(LoadBalancerName, scopes))
}

export async function ourTargetGroups(ctx: Cloud, scopes: readonly Scope[]): Promise<readonly TargetGroup[]> {
  const all = await everyItem(paginateDescribeTargetGroups({ client: ctx.elb }, {}), (page) => page.TargetGroups)
  return all.filter(({ TargetGroupName }) => isOurs(TargetGroupName, scopes))
}

/** Twenty in each question, as many as AWS answers. */
export async function withTags<Thing>(
  ctx: Cloud,
  things: readonly Thing[],
  arnOf: (thing: Thing) => string | undefined,
): Promise<readonly Tagged<Thing>[]> {
  const arns = things.flatMap((thing) => arnOf(thing) ?? [])
  const pages = Array.from({ length: Math.ceil(arns.length / most) }, (_, n) => arns.slice(n * most, (n + 1) * most))
  const answers = await Promise.all(pages.map((arns) => described(ctx, arns)))
  const tags = new Map(answers.flat().map(({ ResourceArn, Tags = [] }) => [ResourceArn, Tags.map(whole)] as const))
  return things.map((thing) => ({ ...thing, Tags: tags.get(arnOf(thing)) ?? [] }))
}

const most = 20

/** One that has gone since it was listed spoils the answer for all; then each is asked for alone. */
async function described(ctx: Cloud, ResourceArns: string[]): Promise<readonly TagDescription[]> {
  try {
    return (await ctx.elb.send(new DescribeTagsCommand({ ResourceArns }))).TagDescriptions ?? []
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    if (ResourceArns.length === 1) return []
    return (await Promise.all(ResourceArns.map((arn) => described(ctx, [arn])))).flat()
  }
}

const whole = ({
  Key = "",
  Value = "",
}: {
  readonly Key: string | undefined
  readonly Value?: string | undefined
}) => ({
  Key,
  Value,
})

const isOurs = (name: string | undefined, scopes: readonly Scope[]) =>
  scopes.some((scope) => name?.startsWith(nameFor(scope, "").slice(0, longestName)))
