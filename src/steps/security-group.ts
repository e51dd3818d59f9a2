import {
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  type SecurityGroup as Described,
  DescribeSecurityGroupsCommand,
  paginateDescribeSecurityGroups,
} from "@aws-sdk/client-ec2"
import { bearing, onAnything, onOwn } from "../aws/allow.ts"
import type { Cloud } from "../aws/cloud.ts"
import { allowedIn } from "../aws/ec2/allowed.ts"
import { everywhere, type Rule, rulesOf, setRules, sorted, tcp } from "../aws/ec2/rules.ts"
import { type GroupId, idOf, type VpcId } from "../aws/ids.ts"
import { listed } from "../aws/listed.ts"
import { nameFor } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { scopeFilter, tagSpecification } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"

export interface SecurityGroup {
  readonly id: GroupId
  readonly groupName: string
  readonly description: string
  readonly vpcId: string
  readonly ingress: readonly Rule[]
  readonly egress: readonly Rule[]
}

/** A span of TCP ports. */
export type Ports = readonly [from: number, to: number]

export interface SecurityGroupWish {
  readonly scope: Scope
  readonly name: string
  readonly description: string
  readonly vpc: Need<{ readonly id: VpcId }>
  readonly ports: readonly Ports[]
  /** Who may reach these ports: other groups, and the ranges that choices hold. */
  readonly fromGroups?: readonly Need<{ readonly id: GroupId }>[]
  readonly fromRanges?: readonly Need<{ readonly value: string }>[]
  /** Whether it may begin connections itself; what only answers need not. */
  readonly reachesOut: boolean
}

export const securityGroup = (wish: SecurityGroupWish) => {
  const { scope, name, description, vpc, ports, fromGroups = [], fromRanges = [] } = wish
  const groupName = nameFor(scope, name)
  const egress = wish.reachesOut ? [everywhere] : []
  const ingressFrom = (peers: readonly string[]) =>
    sorted(peers.flatMap((peer) => ports.map(([from, to]) => tcp(from, to, peer))))
  return step({
    kind: securityGroupKind,
    name,
    scope,
    needs: { vpc, groups: fromGroups, ranges: fromRanges },
    // What it names need only have a name: the network its id, and another group its own, whatever that one lets in.
    started: ["vpc", "groups"],
    spec: { groupName, description, egress },
    links: ({ vpc, groups, ranges }) => ({
      vpcId: vpc.id,
      ingress: ingressFrom(peersOf(groups, ranges)),
    }),
    async occupant(ctx, { vpc }) {
      if (!vpc) return undefined
      const Filters = [
        { Name: "vpc-id", Values: [vpc.id] },
        { Name: "group-name", Values: [groupName] },
      ]
      const { SecurityGroups = [] } = await ctx.ec2.send(new DescribeSecurityGroupsCommand({ Filters }))
      return SecurityGroups.map((group) => liveOf(ctx, group))[0]
    },
    async create(ctx, { vpc }, birth) {
      await ctx.ec2.send(
        new CreateSecurityGroupCommand({
          VpcId: vpc.id,
          GroupName: groupName,
          Description: description,
          TagSpecifications: [tagSpecification(birth, "security-group")],
        }),
      )
    },
    async update(ctx, live, changes, { groups, ranges }) {
      const changed = new Set(changes.map(({ field }) => field))
      const ingress = changed.has("ingress") ? ingressFrom(peersOf(groups, ranges)) : live.ingress
      await setRules(ctx, live.id, live, { ingress, egress: changed.has("egress") ? egress : live.egress })
    },
  })
}

export const securityGroupKind: CloudKind<SecurityGroup> = {
  name: "security-group",
  // AWS refuses a second one of the same name in a network.
  unique: "name",
  async list(ctx, scopes) {
    const pages = paginateDescribeSecurityGroups({ client: ctx.ec2 }, { Filters: [scopeFilter(scopes)] })
    const groups = await everyItem(pages, (page) => page.SecurityGroups)
    return listed("security-group", groups, (group) => ({ live: liveOf(ctx, group), phase: "ready" }))
  },
  async destroy(ctx, { id }) {
    await ctx.ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }))
    return undefined
  },
  before: ["instance", "load-balancer"],
  fixed: ["groupName", "description", "vpcId"],
  blank: { id: "sg-new", groupName: "", description: "", vpcId: "", ingress: [], egress: [everywhere] },
  allow: [
    onAnything("ec2:DescribeSecurityGroups"),
    ...bearing("ec2:CreateSecurityGroup", "security-group"),
    onOwn("vpc", "ec2:CreateSecurityGroup"),
    onOwn(
      "security-group",
      "ec2:AuthorizeSecurityGroupIngress",
      "ec2:AuthorizeSecurityGroupEgress",
      "ec2:RevokeSecurityGroupIngress",
      "ec2:RevokeSecurityGroupEgress",
      "ec2:DeleteSecurityGroup",
    ),
  ],
  usually: { create: 2, update: 2, destroy: 2 },
}

/** Each but once, however many choices say it. */
const peersOf = (
  groups: readonly { readonly id: GroupId }[],
  choices: readonly { readonly value: string }[],
): readonly string[] => {
  const ranges = choices.flatMap(({ value }) => allowedIn(value).map(({ range }) => range))
  return [...new Set([...groups.map(({ id }) => id), ...ranges])]
}

const liveOf = (ctx: Cloud, group: Described): SecurityGroup => ({
  id: idOf("sg", group.GroupId),
  groupName: group.GroupName ?? "",
  description: group.Description ?? "",
  vpcId: group.VpcId ?? "",
  ingress: rulesOf(group.IpPermissions ?? [], ctx.account),
  egress: rulesOf(group.IpPermissionsEgress ?? [], ctx.account),
})
