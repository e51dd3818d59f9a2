import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { notServed } from "../unserved.ts"
import { interfaces } from "./records/compute.ts"
import { vpcs } from "./records/network.ts"
import { type GroupRecord, groupRules, groups, type RuleRecord } from "./records/security.ts"
import { type Fields, select } from "./rules/filter.ts"
import { find, live, rows, save } from "./rules/kind.ts"
import { page } from "./rules/page.ts"
import { checkQuota } from "./rules/quotas.ts"
import { invalidValue, required } from "./rules/refusals.ts"
import { checkTagTypes, dropTags, tagAtBirth, tagsView } from "./rules/tags.ts"
import { permissionsView, rulesOf } from "./security-rule.ts"

export const securityGroupHandlers = handlers<typeof ec2>()({
  CreateSecurityGroup(input, call) {
    checkTagTypes(input.TagSpecifications, ["security-group"])
    const name = groupName(required(input.GroupName, "groupName"))
    const description = groupDescription(required(input.Description, "groupDescription"))
    if (!input.VpcId) throw new Refusal("VPCIdNotSpecified", "No default VPC for this user")
    const vpc = find(call, vpcs, input.VpcId)
    const all = live(call, groups)
    if (all.some((group) => group.vpcId === vpc.id && group.name === name)) {
      throw new Refusal("InvalidGroup.Duplicate", `The security group '${name}' already exists for VPC '${vpc.id}'`)
    }
    checkQuota(call, "groups", all.length + 1)
    const group = save(call, groups, { id: call.id("sg"), vpcId: vpc.id, name, description })
    save(call, groupRules, {
      id: call.id("sgr"),
      groupId: group.id,
      egress: true,
      protocol: "-1",
      from: -1,
      to: -1,
      cidr: "0.0.0.0/0",
    })
    tagAtBirth(call, groups, group.id, input.TagSpecifications)
    return { GroupId: group.id, SecurityGroupArn: arn(call, group), Tags: tagsView(call, group.id) }
  },

  DescribeSecurityGroups(input, call) {
    if (input.GroupNames?.length) throw notServed("GroupNames of DescribeSecurityGroups, which are for a default VPC")
    const found = select(call, groups, input.GroupIds, input.Filters, fields)
    const { items, NextToken } = page(found, input, input.GroupIds)
    return { SecurityGroups: items.map((group) => view(call, group)), NextToken }
  },

  DeleteSecurityGroup(input, call) {
    if (input.GroupName) throw notServed("GroupName of DeleteSecurityGroup, which is for a default VPC")
    const group = find(call, groups, input.GroupId)
    if (group.name === "default") {
      throw new Refusal(
        "CannotDelete",
        `the specified group: "${group.id}" name: "${group.name}" cannot be deleted by a user`,
      )
    }
    const used = live(call, interfaces).some((one) => one.groupIds.includes(group.id))
    const named = live(call, groupRules).some((rule) => rule.peerGroupId === group.id && rule.groupId !== group.id)
    if (used || named) throw new Refusal("DependencyViolation", `resource ${group.id} has a dependent object`)
    for (const rule of rulesOf(call, group.id)) {
      rows(call, groupRules).delete(rule.id)
      dropTags(call, rule.id)
    }
    rows(call, groups).delete(group.id)
    dropTags(call, group.id)
    return { Return: true, GroupId: group.id }
  },
})

const view = (call: Call, group: GroupRecord): ec2.SecurityGroup => ({
  GroupId: group.id,
  GroupName: group.name,
  Description: group.description,
  VpcId: group.vpcId,
  OwnerId: call.account,
  SecurityGroupArn: arn(call, group),
  IpPermissions: permissionsView(call, group.id, false),
  IpPermissionsEgress: permissionsView(call, group.id, true),
  Tags: tagsView(call, group.id),
})

const arn = (call: Call, group: GroupRecord): string =>
  `arn:${call.partition}:ec2:${call.region}:${call.account}:security-group/${group.id}`

/** The same names for both directions, after a prefix of their own. */
const ruleFields = (prefix: string, egress: boolean): Fields<GroupRecord> => {
  const read = (of: (rule: RuleRecord) => string | number | undefined) => (group: GroupRecord, call: Call) =>
    rulesOf(call, group.id)
      .filter((rule) => rule.egress === egress)
      .map(of)
  return {
    [`${prefix}.cidr`]: read((rule) => rule.cidr),
    [`${prefix}.ipv6-cidr`]: read((rule) => rule.cidr6),
    [`${prefix}.from-port`]: read((rule) => rule.from),
    [`${prefix}.to-port`]: read((rule) => rule.to),
    [`${prefix}.group-id`]: read((rule) => rule.peerGroupId),
    [`${prefix}.prefix-list-id`]: read((rule) => rule.prefixListId),
    [`${prefix}.protocol`]: read((rule) => rule.protocol),
  }
}

const fields: Fields<GroupRecord> = {
  description: (group) => group.description,
  "group-id": (group) => group.id,
  "group-name": (group) => group.name,
  "owner-id": (_group, call) => call.account,
  "vpc-id": (group) => group.vpcId,
  ...ruleFields("ip-permission", false),
  ...ruleFields("egress.ip-permission", true),
}

const allowed = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/

/** A name is unique in its VPC; the one that every VPC has, and the looks of an id, are taken. */
const groupName = (name: string): string => {
  if (name.toLowerCase() === "default") {
    throw new Refusal("InvalidParameterValue", `Cannot use reserved security group name: ${name}`)
  }
  if (/^sg-/i.test(name)) {
    throw invalidValue(name, "groupName", "Group names may not be in the format sg-*.")
  }
  if (!allowed.test(name)) throw invalidValue(name, "groupName", "Names are 1 to 255 of AWS's characters.")
  return name
}

const groupDescription = (text: string): string => {
  if (allowed.test(text)) return text
  throw invalidValue(text, "GroupDescription", "Character sets beyond ASCII are not supported.")
}
