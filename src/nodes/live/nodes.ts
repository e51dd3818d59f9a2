import { type Filter, type Instance, paginateDescribeInstances } from "@aws-sdk/client-ec2"
import { paginateDescribeInstanceInformation } from "@aws-sdk/client-ssm"
import type { Cloud } from "../../aws/cloud.ts"
import { everyItem } from "../../aws/pages.ts"
import { identityOf, scopeFilter, tagKeys } from "../../aws/tags.ts"
import type { Scope } from "../../engine/types.ts"

/** An instance that stands for us, however many an environment has. */
export interface StandingNode {
  readonly id: string
  readonly scope: Scope
  /** What is stopped comes up halted; all others may trade, or are about to be able to. */
  readonly state: "pending" | "running" | "stopping" | "stopped"
}

/** Those of these scopes, or of any, that are there and do not go for good. */
export async function nodesOf(ctx: Cloud, scopes?: readonly Scope[]): Promise<readonly StandingNode[]> {
  const ours: Filter = scopes ? scopeFilter(scopes) : { Name: "tag-key", Values: [tagKeys.scope] }
  const Filters = [ours, { Name: "instance-state-name", Values: [...states] }]
  const reservations = await everyItem(paginateDescribeInstances({ client: ctx.ec2 }, { Filters }), (page) => {
    return page.Reservations
  })
  return reservations.flatMap(({ Instances = [] }) => Instances).flatMap((one) => standing(one) ?? [])
}

/** On one that is stopped nothing trades, and when it starts it obeys the record and the marker: it need not be told. */
export const upAmong = (nodes: readonly StandingNode[]): readonly string[] =>
  nodes.filter(({ state }) => state !== "stopped").map(({ id }) => id)

/** Those of them that Systems Manager has heard from just now. */
export async function onlineOf(ctx: Cloud, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const Filters = [{ Key: "InstanceIds", Values: [...ids] }]
  const pages = paginateDescribeInstanceInformation({ client: ctx.ssm }, { Filters })
  const found = await everyItem(pages, (page) => page.InstanceInformationList)
  return new Set(
    found.flatMap(({ InstanceId, PingStatus }) => (InstanceId && PingStatus === "Online" ? [InstanceId] : [])),
  )
}

const states = ["pending", "running", "stopping", "stopped"] as const

function standing({ InstanceId: id, State, Tags }: Instance): StandingNode | undefined {
  const scope = identityOf(Tags)?.scope
  const state = states.find((one) => one === State?.Name)
  return id && scope && state ? { id, scope, state } : undefined
}
