import { expect, test } from "vitest"
import { groupIn, idOf, launch, network } from "./network.ts"

const tcp = (port: number, more: object) => ({ IpProtocol: "tcp", FromPort: port, ToPort: port, ...more })

test("rules are one by peer, and shown together by ports", () => {
  const { aws, vpc, group } = network()
  const front = groupIn(aws, vpc, "front")
  const IpPermissions = [
    tcp(80, { IpRanges: [{ CidrIp: "203.0.113.7/24", Description: "office" }, { CidrIp: "198.51.100.0/24" }] }),
    tcp(80, { UserIdGroupPairs: [{ GroupId: front }] }),
    { IpProtocol: "6", FromPort: 443, ToPort: 443, Ipv6Ranges: [{ CidrIpv6: "::/0" }] },
  ]
  const TagSpecifications = [{ ResourceType: "security-group-rule" as const, Tags: [{ Key: "a", Value: "b" }] }]
  const made = aws.run("AuthorizeSecurityGroupIngress", { GroupId: group, IpPermissions, TagSpecifications })
  expect(made.SecurityGroupRules?.map((rule) => [rule.CidrIpv4, rule.Description, rule.Tags?.[0]?.Value])).toEqual([
    ["203.0.113.0/24", "office", "b"],
    ["198.51.100.0/24", undefined, "b"],
    [undefined, undefined, "b"],
    [undefined, undefined, "b"],
  ])
  const [shown] = aws.run("DescribeSecurityGroups", { GroupIds: [group] }).SecurityGroups ?? []
  expect(shown?.IpPermissions).toMatchObject([
    { FromPort: 80, ToPort: 80, IpRanges: [{}, { CidrIp: "198.51.100.0/24" }], UserIdGroupPairs: [{ GroupId: front }] },
    { IpProtocol: "tcp", FromPort: 443, Ipv6Ranges: [{ CidrIpv6: "::/0" }] },
  ])
  const Filters = [{ Name: "ip-permission.group-id", Values: [front] }]
  expect(aws.run("DescribeSecurityGroups", { Filters }).SecurityGroups?.map((one) => one.GroupId)).toEqual([group])
})

test("rules are revoked by what they say, or by id", () => {
  const { aws, group } = network()
  const http = tcp(80, { IpRanges: [{ CidrIp: "10.0.0.0/8" }] })
  const both = [http, tcp(81, { IpRanges: [{ CidrIp: "10.0.0.0/8" }] })]
  const made = aws.run("AuthorizeSecurityGroupIngress", { GroupId: group, IpPermissions: both }).SecurityGroupRules
  const left = () =>
    (
      aws.run("DescribeSecurityGroupRules", { Filters: [{ Name: "group-id", Values: [group] }] }).SecurityGroupRules ??
      []
    )
      .filter((rule) => !rule.IsEgress)
      .map((rule) => rule.FromPort)
  const revoked = aws.run("RevokeSecurityGroupIngress", { GroupId: group, IpPermissions: [http] })
  expect(revoked.RevokedSecurityGroupRules).toMatchObject([{ FromPort: 80, CidrIpv4: "10.0.0.0/8" }])
  expect(left()).toEqual([81])
  aws.run("RevokeSecurityGroupIngress", {
    GroupId: group,
    SecurityGroupRuleIds: [idOf(made?.[1]?.SecurityGroupRuleId)],
  })
  expect(left()).toEqual([])
})

test("a new group lets everything out, which can be taken away", () => {
  const { aws, group } = network()
  const all = [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }]
  expect(aws.refused("AuthorizeSecurityGroupEgress", { GroupId: group, IpPermissions: all })).toContain("Duplicate")
  aws.run("RevokeSecurityGroupEgress", { GroupId: group, IpPermissions: all })
  expect(aws.run("DescribeSecurityGroups", { GroupIds: [group] }).SecurityGroups?.[0]?.IpPermissionsEgress).toEqual([])
})

test("a rule is changed under its own id", () => {
  const { aws, group } = network()
  const [made] =
    aws.run("AuthorizeSecurityGroupIngress", {
      GroupId: group,
      IpPermissions: [tcp(80, { IpRanges: [{ CidrIp: "10.0.0.0/8" }] })],
    }).SecurityGroupRules ?? []
  const SecurityGroupRuleId = idOf(made?.SecurityGroupRuleId)
  const SecurityGroupRule = { IpProtocol: "tcp", FromPort: 80, ToPort: 80, CidrIpv4: "10.0.0.0/8", Description: "now" }
  aws.run("ModifySecurityGroupRules", {
    GroupId: group,
    SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule }],
  })
  const read = aws.run("DescribeSecurityGroupRules", { SecurityGroupRuleIds: [SecurityGroupRuleId] })
  expect(read.SecurityGroupRules).toMatchObject([{ SecurityGroupRuleId, Description: "now", IsEgress: false }])
})

test("two groups that name each other are deleted once a rule is gone; a group may name itself", () => {
  const { aws, vpc, group } = network()
  const other = groupIn(aws, vpc, "other")
  const from = (GroupId: string) => [tcp(80, { UserIdGroupPairs: [{ GroupId }] })]
  aws.run("AuthorizeSecurityGroupIngress", { GroupId: group, IpPermissions: from(other) })
  aws.run("AuthorizeSecurityGroupIngress", { GroupId: other, IpPermissions: from(group) })
  aws.run("AuthorizeSecurityGroupIngress", { GroupId: other, IpPermissions: from(other) })
  expect(aws.refused("DeleteSecurityGroup", { GroupId: other })).toContain("DependencyViolation")
  aws.run("RevokeSecurityGroupIngress", { GroupId: group, IpPermissions: from(other) })
  aws.run("DeleteSecurityGroup", { GroupId: other })
  aws.run("DeleteSecurityGroup", { GroupId: group })
})

test("a group is free again once its instance has gone down", () => {
  const { aws, subnet, group } = network()
  const id = launch(aws, subnet, { SecurityGroupIds: [group] })
  aws.run("TerminateInstances", { InstanceIds: [id] })
  aws.pass(29)
  expect(aws.refused("DeleteSecurityGroup", { GroupId: group })).toContain("DependencyViolation")
  aws.pass(1)
  aws.run("DeleteSecurityGroup", { GroupId: group })
})
