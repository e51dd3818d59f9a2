import { DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2"
import { onAnything, onUnclaimed } from "../aws/allow.ts"
import { type Rule, rulesOf, setRules } from "../aws/ec2/rules.ts"
import { type GroupId, idOf, type VpcId } from "../aws/ids.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import type { Scope } from "../engine/types.ts"

/** The group that every network is born with, and that whatever names no group gets: it lets nothing through. */
export interface DefaultGroup {
  readonly id: GroupId
  readonly vpcId: string
  readonly ingress: readonly Rule[]
  readonly egress: readonly Rule[]
}

export interface DefaultGroupWish {
  readonly scope: Scope
  readonly name: string
  readonly vpc: Need<{ readonly id: VpcId }>
}

export const defaultGroup = ({ scope, name, vpc }: DefaultGroupWish) =>
  step({
    kind: defaultGroupKind,
    name,
    scope,
    needs: { vpc },
    spec: { ingress: [], egress: [] },
    links: ({ vpc }) => ({ vpcId: vpc.id }),
    async read(ctx, { vpc }) {
      if (!vpc) return undefined
      const Filters = [
        { Name: "vpc-id", Values: [vpc.id] },
        { Name: "group-name", Values: ["default"] },
      ]
      const { SecurityGroups: [group] = [] } = await ctx.ec2.send(new DescribeSecurityGroupsCommand({ Filters }))
      if (!group) return undefined
      const live: DefaultGroup = {
        id: idOf("sg", group.GroupId),
        vpcId: group.VpcId ?? "",
        ingress: rulesOf(group.IpPermissions ?? [], ctx.account),
        egress: rulesOf(group.IpPermissionsEgress ?? [], ctx.account),
      }
      return { live, owner: "ours", phase: "ready" }
    },
    async update(ctx, live) {
      await setRules(ctx, live.id, live, { ingress: [], egress: [] })
    },
  })

/** It is neither made nor destroyed: it comes and goes with its network, so a new network means a new one. */
export const defaultGroupKind: CloudKind<DefaultGroup> = {
  name: "default-group",
  unique: "name",
  fixed: ["vpcId"],
  blank: { id: "sg-new", vpcId: "", ingress: [], egress: [] },
  allow: [
    onAnything("ec2:DescribeSecurityGroups"),
    // It comes with its network, and carries no tag.
    onUnclaimed("security-group", ["ec2:RevokeSecurityGroupIngress", "ec2:RevokeSecurityGroupEgress"]),
  ],
  usually: { create: 1, update: 1 },
}
