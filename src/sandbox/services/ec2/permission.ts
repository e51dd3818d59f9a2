import { isIPv6 } from "node:net"
import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, Refusal } from "../../service.ts"
import { notServed } from "../unserved.ts"
import { gatewayServices } from "./catalog.ts"
import { type GroupRecord, groups, type RuleRecord } from "./records/security.ts"
import { parseCidr } from "./rules/cidr.ts"
import { find } from "./rules/kind.ts"
import { required } from "./rules/refusals.ts"

/** What a rule says, before it has an id. */
export type Permitted = Omit<RuleRecord, "id" | "until">

/** One rule per peer: that is how AWS counts, names and compares them. */
export const permitted = (
  call: Call,
  group: GroupRecord,
  egress: boolean,
  permissions: readonly ec2.IpPermission[] | undefined,
): readonly Permitted[] => {
  if (!permissions?.length)
    throw new Refusal("MissingParameter", "Either 'ipPermissions' or 'securityGroupRuleIds' should be provided.")
  return permissions.flatMap((permission) => {
    const base = { groupId: group.id, egress, ...protocolAndPorts(permission) }
    const peers = [
      ...(permission.IpRanges ?? []).map(({ CidrIp, Description }) => ({
        cidr: ipv4(CidrIp),
        description: Description,
      })),
      ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6, Description }) => ({
        cidr6: ipv6(CidrIpv6),
        description: Description,
      })),
      ...(permission.PrefixListIds ?? []).map(({ PrefixListId, Description }) => ({
        prefixListId: prefixList(call, PrefixListId),
        description: Description,
      })),
      ...(permission.UserIdGroupPairs ?? []).map((pair) => ({
        peerGroupId: peerGroup(call, group, pair),
        description: pair.Description,
      })),
    ]
    if (!peers.length) {
      throw new Refusal(
        "InvalidParameterValue",
        "Invalid value 'null' for peer: a rule needs a CIDR block, a prefix list or a group",
      )
    }
    return peers.map((peer) => ({ ...base, ...peer, description: checkDescription(peer.description) }))
  })
}

/** The rule that ModifySecurityGroupRules puts in another's place. */
export const permittedInstead = (
  call: Call,
  group: GroupRecord,
  egress: boolean,
  request: ec2.SecurityGroupRuleRequest,
): Permitted => {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId, Description, ...ports } = request
  const given = [CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId].filter((peer) => peer !== undefined)
  if (given.length !== 1) {
    throw new Refusal(
      "InvalidParameterCombination",
      "exactly one of CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId is needed",
    )
  }
  const permission: ec2.IpPermission = {
    ...ports,
    IpRanges: CidrIpv4 ? [{ CidrIp: CidrIpv4, Description }] : [],
    Ipv6Ranges: CidrIpv6 ? [{ CidrIpv6, Description }] : [],
    PrefixListIds: PrefixListId ? [{ PrefixListId, Description }] : [],
    UserIdGroupPairs: ReferencedGroupId ? [{ GroupId: ReferencedGroupId, Description }] : [],
  }
  const [rule] = permitted(call, group, egress, [permission])
  return required(rule, "SecurityGroupRule")
}

/** Two rules with this in common are the same rule; descriptions don't count. */
export const sameness = (rule: Permitted): string =>
  [
    rule.egress,
    rule.protocol,
    rule.from,
    rule.to,
    rule.cidr ?? rule.cidr6 ?? rule.prefixListId ?? rule.peerGroupId,
  ].join("/")

const numbers: Readonly<Record<string, string>> = { "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6", all: "-1" }

/** Names and numbers of protocols mean the same; only TCP, UDP and ICMP have ports. */
const protocolAndPorts = (permission: ec2.IpPermission): Pick<RuleRecord, "protocol" | "from" | "to"> => {
  const given = required(permission.IpProtocol, "ipProtocol").toLowerCase()
  const protocol = numbers[given] ?? given
  const { FromPort: from, ToPort: to } = permission
  if (protocol === "tcp" || protocol === "udp") return { protocol, ...portRange(from, to) }
  if (protocol === "icmp" || protocol === "icmpv6") return { protocol, from: from ?? -1, to: to ?? -1 }
  const other = protocol === "-1" || (/^\d{1,3}$/.test(protocol) && Number(protocol) <= 255)
  if (!other) throw new Refusal("InvalidParameterValue", `Invalid value '${given}' for IP protocol. Unknown protocol.`)
  return { protocol, from: -1, to: -1 }
}

const portRange = (from: number | undefined, to: number | undefined): Pick<RuleRecord, "from" | "to"> => {
  if (from === undefined || to === undefined) {
    throw new Refusal(
      "InvalidParameterValue",
      "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
    )
  }
  const wrong = [from, to].find((port) => port < 0 || port > 65_535)
  if (wrong !== undefined)
    throw new Refusal("InvalidParameterValue", `Invalid value '${wrong}' for portRange. Ports are 0 to 65535.`)
  if (from > to) {
    throw new Refusal("InvalidParameterValue", `Invalid TCP/UDP port range (${from}, ${to}): it ends before it begins`)
  }
  return { from, to }
}

const ipv4 = (text: string | undefined): string => {
  const given = required(text, "cidrIp")
  const cidr = parseCidr(given)
  if (!cidr) throw new Refusal("InvalidParameterValue", `CIDR block ${given} is malformed`)
  return cidr.text
}

const ipv6 = (text: string | undefined): string => {
  const given = required(text, "cidrIpv6")
  const [address = "", bits = "", ...rest] = given.split("/")
  const fine = isIPv6(address) && /^\d{1,3}$/.test(bits) && Number(bits) <= 128 && rest.length === 0
  if (!fine) throw new Refusal("InvalidParameterValue", `CIDR block ${given} is malformed`)
  return given.toLowerCase()
}

const prefixList = (call: Call, id: string | undefined): string => {
  const known = gatewayServices(call.region).some((list) => list.prefixListId === id)
  if (!id || !known) throw new Refusal("InvalidPrefixListId.NotFound", `The prefix list ID '${id}' does not exist`)
  return id
}

/** Groups name each other within one network only; peered ones are not served. */
const peerGroup = (call: Call, group: GroupRecord, pair: ec2.UserIdGroupPair): string => {
  if (pair.UserId && pair.UserId !== call.account) throw notServed(`groups of other accounts (${pair.UserId})`)
  const peer = find(call, groups, pair.GroupId)
  if (peer.vpcId === group.vpcId) return peer.id
  throw new Refusal("InvalidGroup.NotFound", "You have specified two resources that belong to different networks.")
}

const checkDescription = (text: string | undefined): string | undefined => {
  if (text === undefined || /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{0,255}$/.test(text)) return text
  throw new Refusal(
    "InvalidParameterValue",
    `Invalid rule description '${text}'. Valid are 255 of a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*`,
  )
}
