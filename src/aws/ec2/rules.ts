import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2"
import { alreadyGone, alreadyThere } from "../already.ts"
import type { Cloud } from "../cloud.ts"

/** One line of a security group: who may reach it, or whom it may reach. */
export interface Rule {
  /** "tcp", "udp", "icmp", a number, or "all". */
  readonly protocol: string
  readonly from: number
  readonly to: number
  /** A range of addresses, a group's id, or a prefix list's. */
  readonly peer: string
}

export const everywhere: Rule = { protocol: "all", from: 0, to: 65535, peer: "0.0.0.0/0" }

export const tcp = (from: number, to: number, peer: string): Rule => ({ protocol: "tcp", from, to, peer })

/** In one order, so that two sets of rules can be compared. */
export const sorted = (rules: readonly Rule[]): readonly Rule[] =>
  rules.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1))

export function rulesOf(permissions: readonly IpPermission[], account: string): readonly Rule[] {
  const rules = permissions.flatMap((permission) => {
    const { IpProtocol = "-1", FromPort = 0, ToPort = 65535 } = permission
    const protocol = IpProtocol === "-1" ? "all" : IpProtocol
    return peersOf(permission, account).map((peer): Rule => ({ protocol, from: FromPort, to: ToPort, peer }))
  })
  return sorted(rules)
}

interface Sides {
  readonly ingress: readonly Rule[]
  readonly egress: readonly Rule[]
}

/** Makes these the group's rules; what somebody added goes. Safe to repeat from an older reading of the group. */
export async function setRules(ctx: Cloud, GroupId: string, live: Sides, want: Sides): Promise<void> {
  const revoke = { in: without(live.ingress, want.ingress), out: without(live.egress, want.egress) }
  const grant = { in: without(want.ingress, live.ingress), out: without(want.egress, live.egress) }
  // One rule a call: AWS refuses a whole call for one rule that is there, or gone, already.
  for (const rule of grant.in)
    await alreadyThere(ctx.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, ...asked(rule) })))
  for (const rule of grant.out)
    await alreadyThere(ctx.ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, ...asked(rule) })))
  for (const rule of revoke.in)
    await alreadyGone(ctx.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, ...asked(rule) })))
  for (const rule of revoke.out)
    await alreadyGone(ctx.ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, ...asked(rule) })))
}

const textOf = ({ protocol, from, to, peer }: Rule) => `${protocol} ${from}-${to} ${peer}`

const without = (rules: readonly Rule[], others: readonly Rule[]) => {
  const known = new Set(others.map(textOf))
  return rules.filter((rule) => !known.has(textOf(rule)))
}

const peersOf = (permission: IpPermission, account: string): readonly string[] => [
  ...(permission.IpRanges ?? []).map(({ CidrIp = "" }) => CidrIp),
  ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6 = "" }) => CidrIpv6),
  ...(permission.PrefixListIds ?? []).map(({ PrefixListId = "" }) => PrefixListId),
  // Another account's group is named with its account.
  ...(permission.UserIdGroupPairs ?? []).map(({ GroupId = "", UserId = account }) =>
    UserId === account ? GroupId : `${UserId}/${GroupId}`,
  ),
]

const asked = ({ protocol, from, to, peer }: Rule): { IpPermissions: IpPermission[] } => {
  const ports = protocol === "all" ? { IpProtocol: "-1" } : { IpProtocol: protocol, FromPort: from, ToPort: to }
  return { IpPermissions: [{ ...ports, ...peerOf(peer) }] }
}

const peerOf = (peer: string): IpPermission => {
  const [account, group] = peer.includes("/sg-") ? peer.split("/") : [undefined, peer]
  if (group?.startsWith("sg-")) return { UserIdGroupPairs: [{ GroupId: group, ...(account && { UserId: account }) }] }
  if (peer.startsWith("pl-")) return { PrefixListIds: [{ PrefixListId: peer }] }
  return peer.includes(":") ? { Ipv6Ranges: [{ CidrIpv6: peer }] } : { IpRanges: [{ CidrIp: peer }] }
}
