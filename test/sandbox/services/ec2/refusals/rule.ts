import { groupIn, idOf } from "../network.ts"
import { api, errors, gone, moto, otherVpc, ours, type Row } from "./case.ts"

const rule = (more: object = {}) => ({ IpProtocol: "tcp", FromPort: 80, ToPort: 80, ...more })
const web = rule({ IpRanges: [{ CidrIp: "203.0.113.0/24" }] })

export const ruleRows: readonly Row[] = [
  [
    "the same rule twice",
    "InvalidPermission.Duplicate",
    moto,
    ({ aws, group }) => {
      const wish = { GroupId: group, IpPermissions: [web] }
      aws.run("AuthorizeSecurityGroupIngress", wish)
      return aws.refused("AuthorizeSecurityGroupIngress", wish)
    },
  ],
  [
    "the same rule twice in one request",
    "InvalidPermission.Duplicate",
    errors,
    ({ aws, group }) => aws.refused("AuthorizeSecurityGroupIngress", { GroupId: group, IpPermissions: [web, web] }),
  ],
  [
    "the same CIDR, written otherwise",
    "InvalidPermission.Duplicate",
    api("IpRange"),
    ({ aws, group }) => {
      aws.run("AuthorizeSecurityGroupIngress", { GroupId: group, IpPermissions: [web] })
      return aws.refused("AuthorizeSecurityGroupIngress", {
        GroupId: group,
        IpPermissions: [rule({ IpRanges: [{ CidrIp: "203.0.113.9/24" }] })],
      })
    },
  ],
  [
    "a rule from an unknown group",
    "InvalidGroup.NotFound",
    moto,
    ({ aws, group }) =>
      aws.refused("AuthorizeSecurityGroupIngress", {
        GroupId: group,
        IpPermissions: [rule({ UserIdGroupPairs: [{ GroupId: gone("sg") }] })],
      }),
  ],
  [
    "a rule from another VPC's group",
    "InvalidGroup.NotFound",
    api("AuthorizeSecurityGroupIngress"),
    (net) =>
      net.aws.refused("AuthorizeSecurityGroupIngress", {
        GroupId: net.group,
        IpPermissions: [rule({ UserIdGroupPairs: [{ GroupId: groupIn(net.aws, otherVpc(net), "far") }] })],
      }),
  ],
  [
    "a malformed CIDR",
    "InvalidParameterValue: CIDR block 203.0.113.0/33 is malformed",
    errors,
    ({ aws, group }) =>
      aws.refused("AuthorizeSecurityGroupIngress", {
        GroupId: group,
        IpPermissions: [rule({ IpRanges: [{ CidrIp: "203.0.113.0/33" }] })],
      }),
  ],
  [
    "a malformed IPv6 CIDR",
    "InvalidParameterValue: CIDR block ::/129 is malformed",
    errors,
    ({ aws, group }) =>
      aws.refused("AuthorizeSecurityGroupIngress", {
        GroupId: group,
        IpPermissions: [rule({ Ipv6Ranges: [{ CidrIpv6: "::/129" }] })],
      }),
  ],
  [
    "an unknown prefix list",
    "InvalidPrefixListId.NotFound",
    errors,
    ({ aws, group }) =>
      aws.refused("AuthorizeSecurityGroupEgress", {
        GroupId: group,
        IpPermissions: [rule({ PrefixListIds: [{ PrefixListId: "pl-00000000" }] })],
      }),
  ],
  [
    "a rule without ports",
    "InvalidParameterValue: Invalid value 'Must specify both from and",
    api("IpPermission"),
    ({ aws, group }) =>
      aws.refused("AuthorizeSecurityGroupIngress", {
        GroupId: group,
        IpPermissions: [{ IpProtocol: "tcp", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
      }),
  ],
  [
    "a port over 65535",
    "InvalidParameterValue: Invalid value '65536' for portRange. Ports",
    api("IpPermission"),
    ({ aws, group }) =>
      aws.refused("AuthorizeSecurityGroupIngress", { GroupId: group, IpPermissions: [{ ...web, ToPort: 65_536 }] }),
  ],
  [
    "ports the wrong way round",
    "InvalidParameterValue: Invalid TCP/UDP port range (81, 80): it",
    api("IpPermission"),
    ({ aws, group }) =>
      aws.refused("AuthorizeSecurityGroupIngress", { GroupId: group, IpPermissions: [{ ...web, FromPort: 81 }] }),
  ],
  [
    "an unknown protocol",
    "InvalidParameterValue: Invalid value 'quic' for IP protocol.",
    api("IpPermission"),
    ({ aws, group }) =>
      aws.refused("AuthorizeSecurityGroupIngress", { GroupId: group, IpPermissions: [{ ...web, IpProtocol: "quic" }] }),
  ],
  [
    "a rule with no peer",
    "InvalidParameterValue: Invalid value 'null' for peer: a rule needs",
    api("IpPermission"),
    ({ aws, group }) => aws.refused("AuthorizeSecurityGroupIngress", { GroupId: group, IpPermissions: [rule()] }),
  ],
  [
    "a rule's description beyond ASCII",
    "InvalidParameterValue: Invalid rule description 'é'. Valid are 255",
    api("IpRange"),
    ({ aws, group }) =>
      aws.refused("AuthorizeSecurityGroupIngress", {
        GroupId: group,
        IpPermissions: [rule({ IpRanges: [{ CidrIp: "203.0.113.0/24", Description: "é" }] })],
      }),
  ],
  [
    "no rules",
    "MissingParameter: Either 'ipPermissions' or",
    api("AuthorizeSecurityGroupIngress"),
    ({ aws, group }) => aws.refused("AuthorizeSecurityGroupIngress", { GroupId: group }),
  ],
  [
    "a group of another account",
    "NotImplemented: groups of other accounts (444455556666)",
    ours,
    ({ aws, group }) =>
      aws.refused("AuthorizeSecurityGroupIngress", {
        GroupId: group,
        IpPermissions: [rule({ UserIdGroupPairs: [{ GroupId: group, UserId: "444455556666" }] })],
      }),
  ],
  [
    "the 61st rule",
    "RulesPerSecurityGroupLimitExceeded",
    errors,
    ({ aws, group }) =>
      aws.refused("AuthorizeSecurityGroupIngress", {
        GroupId: group,
        IpPermissions: [rule({ IpRanges: Array.from({ length: 61 }, (_, i) => ({ CidrIp: `10.0.${i}.0/24` })) })],
      }),
  ],
  [
    "revoking what isn't there",
    "InvalidPermission.NotFound",
    api("RevokeSecurityGroupIngress"),
    ({ aws, group }) => aws.refused("RevokeSecurityGroupIngress", { GroupId: group, IpPermissions: [web] }),
  ],
  [
    "revoking another group's rule",
    "InvalidSecurityGroupRuleId.NotFound",
    errors,
    ({ aws, vpc, group }) => {
      const made = aws.run("AuthorizeSecurityGroupIngress", { GroupId: group, IpPermissions: [web] })
        .SecurityGroupRules?.[0]
      return aws.refused("RevokeSecurityGroupIngress", {
        GroupId: groupIn(aws, vpc, "db"),
        SecurityGroupRuleIds: [idOf(made?.SecurityGroupRuleId)],
      })
    },
  ],
  [
    "a changed rule like another",
    "InvalidPermission.Duplicate",
    errors,
    ({ aws, group }) => {
      const other = rule({ IpRanges: [{ CidrIp: "10.0.0.0/8" }] })
      const [made] =
        aws.run("AuthorizeSecurityGroupIngress", { GroupId: group, IpPermissions: [web, other] }).SecurityGroupRules ??
        []
      return aws.refused("ModifySecurityGroupRules", {
        GroupId: group,
        SecurityGroupRules: [
          {
            SecurityGroupRuleId: made?.SecurityGroupRuleId,
            SecurityGroupRule: { IpProtocol: "tcp", FromPort: 80, ToPort: 80, CidrIpv4: "10.0.0.0/8" },
          },
        ],
      })
    },
  ],
  [
    "a changed rule with two peers",
    "InvalidParameterCombination: exactly one of CidrIpv4, CidrIpv6,",
    api("ModifySecurityGroupRules"),
    ({ aws, group }) => {
      const [made] =
        aws.run("AuthorizeSecurityGroupIngress", { GroupId: group, IpPermissions: [web] }).SecurityGroupRules ?? []
      return aws.refused("ModifySecurityGroupRules", {
        GroupId: group,
        SecurityGroupRules: [
          {
            SecurityGroupRuleId: made?.SecurityGroupRuleId,
            SecurityGroupRule: {
              IpProtocol: "tcp",
              FromPort: 80,
              ToPort: 80,
              CidrIpv4: "10.0.0.0/8",
              ReferencedGroupId: group,
            },
          },
        ],
      })
    },
  ],
]
