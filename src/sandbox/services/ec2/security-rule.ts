import type * as ec2 from "@aws-sdk/client-ec2"
import type { Call } from "../../service.ts"
import { groupRules, type RuleRecord } from "./records/security.ts"
import { live } from "./rules/kind.ts"
import { tagsView } from "./rules/tags.ts"

export const rulesOf = (call: Call, groupId: string): readonly RuleRecord[] =>
  live(call, groupRules).filter((rule) => rule.groupId === groupId)

/** A group's rules as permissions: those of one protocol and one range of ports together. */
export const permissionsView = (call: Call, groupId: string, egress: boolean): ec2.IpPermission[] => {
  const byPorts = new Map<string, RuleRecord[]>()
  for (const rule of rulesOf(call, groupId)) {
    if (rule.egress !== egress) continue
    const ports = `${rule.protocol}/${rule.from}/${rule.to}`
    byPorts.set(ports, [...(byPorts.get(ports) ?? []), rule])
  }
  return [...byPorts.values()].map((rules) => permissionOf(call, rules))
}

export const ruleView = (call: Call, rule: RuleRecord): ec2.SecurityGroupRule => ({
  SecurityGroupRuleId: rule.id,
  SecurityGroupRuleArn: `arn:${call.partition}:ec2:${call.region}:${call.account}:security-group-rule/${rule.id}`,
  GroupId: rule.groupId,
  GroupOwnerId: call.account,
  IsEgress: rule.egress,
  IpProtocol: rule.protocol,
  FromPort: rule.from,
  ToPort: rule.to,
  CidrIpv4: rule.cidr,
  CidrIpv6: rule.cidr6,
  PrefixListId: rule.prefixListId,
  ReferencedGroupInfo: rule.peerGroupId ? { GroupId: rule.peerGroupId, UserId: call.account } : undefined,
  Description: rule.description,
  Tags: tagsView(call, rule.id),
})

const permissionOf = (call: Call, rules: readonly RuleRecord[]): ec2.IpPermission => {
  const [first] = rules
  const ports = first?.protocol === "-1" ? {} : { FromPort: first?.from, ToPort: first?.to }
  const peers = <T>(key: PeerKey, peer: (value: string, Description: string | undefined) => T): T[] =>
    rules.flatMap((rule) => {
      const value = rule[key]
      return value ? [peer(value, rule.description)] : []
    })
  return {
    IpProtocol: first?.protocol,
    ...ports,
    IpRanges: peers("cidr", (CidrIp, Description) => ({ CidrIp, Description })),
    Ipv6Ranges: peers("cidr6", (CidrIpv6, Description) => ({ CidrIpv6, Description })),
    PrefixListIds: peers("prefixListId", (PrefixListId, Description) => ({ PrefixListId, Description })),
    UserIdGroupPairs: peers("peerGroupId", (GroupId, Description) => ({ GroupId, UserId: call.account, Description })),
  }
}

type PeerKey = "cidr" | "cidr6" | "prefixListId" | "peerGroupId"
