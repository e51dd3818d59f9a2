import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { notServed } from "../unserved.ts"
import { type Permitted, permitted, permittedInstead, sameness } from "./permission.ts"
import { type GroupRecord, groupRules, groups, type RuleRecord } from "./records/security.ts"
import { type Fields, select } from "./rules/filter.ts"
import { find, rows, save } from "./rules/kind.ts"
import { page } from "./rules/page.ts"
import { checkQuota } from "./rules/quotas.ts"
import { required, serveOnly } from "./rules/refusals.ts"
import { checkTagTypes, dropTags, tagAtBirth } from "./rules/tags.ts"
import { rulesOf, ruleView } from "./security-rule.ts"

const authorized = ["GroupId", "IpPermissions"] as const
const revoked = ["GroupId", "IpPermissions", "SecurityGroupRuleIds"] as const

export const securityRuleHandlers = handlers<typeof ec2>()({
  AuthorizeSecurityGroupIngress(input, call) {
    serveOnly("AuthorizeSecurityGroupIngress", input, authorized)
    return { Return: true, SecurityGroupRules: authorize(call, input, false) }
  },

  AuthorizeSecurityGroupEgress(input, call) {
    serveOnly("AuthorizeSecurityGroupEgress", input, authorized)
    return { Return: true, SecurityGroupRules: authorize(call, input, true) }
  },

  RevokeSecurityGroupIngress(input, call) {
    serveOnly("RevokeSecurityGroupIngress", input, revoked)
    return { Return: true, RevokedSecurityGroupRules: revoke(call, input, false) }
  },

  RevokeSecurityGroupEgress(input, call) {
    serveOnly("RevokeSecurityGroupEgress", input, revoked)
    return { Return: true, RevokedSecurityGroupRules: revoke(call, input, true) }
  },

  ModifySecurityGroupRules(input, call) {
    const group = find(call, groups, input.GroupId)
    for (const { SecurityGroupRuleId, SecurityGroupRule } of required(input.SecurityGroupRules, "SecurityGroupRules")) {
      const former = ruleOf(call, group, SecurityGroupRuleId)
      const rule = permittedInstead(call, group, former.egress, required(SecurityGroupRule, "SecurityGroupRule"))
      checkUnique(
        rulesOf(call, group.id).filter((other) => other.id !== former.id),
        [rule],
      )
      save(call, groupRules, { ...rule, id: former.id })
    }
    return { Return: true }
  },

  DescribeSecurityGroupRules(input, call) {
    const found = select(call, groupRules, input.SecurityGroupRuleIds, input.Filters, fields)
    const { items, NextToken } = page(found, input, input.SecurityGroupRuleIds)
    return { SecurityGroupRules: items.map((rule) => ruleView(call, rule)), NextToken }
  },
})

const fields: Fields<RuleRecord> = {
  "group-id": (rule) => rule.groupId,
  "security-group-rule-id": (rule) => rule.id,
}

const authorize = (
  call: Call,
  input: ec2.AuthorizeSecurityGroupEgressRequest | ec2.AuthorizeSecurityGroupIngressRequest,
  egress: boolean,
): ec2.SecurityGroupRule[] => {
  checkTagTypes(input.TagSpecifications, ["security-group-rule"])
  const group = find(call, groups, input.GroupId)
  const existing = rulesOf(call, group.id)
  const wanted = permitted(call, group, egress, input.IpPermissions)
  checkUnique(existing, wanted)
  checkQuota(call, "rules", existing.filter((rule) => rule.egress === egress).length + wanted.length)
  return wanted.map((rule) => {
    const made = save(call, groupRules, { ...rule, id: call.id("sgr") })
    tagAtBirth(call, groupRules, made.id, input.TagSpecifications)
    return ruleView(call, made)
  })
}

const revoke = (
  call: Call,
  input: ec2.RevokeSecurityGroupEgressRequest | ec2.RevokeSecurityGroupIngressRequest,
  egress: boolean,
): ec2.RevokedSecurityGroupRule[] => {
  const group = find(call, groups, input.GroupId)
  if (input.IpPermissions?.length && input.SecurityGroupRuleIds?.length) {
    throw notServed("IpPermissions and SecurityGroupRuleIds in one request")
  }
  const doomed = input.SecurityGroupRuleIds?.length
    ? input.SecurityGroupRuleIds.map((id) => ruleOf(call, group, id, egress))
    : permitted(call, group, egress, input.IpPermissions).map((rule) => ruleLike(call, group, rule))
  for (const rule of doomed) {
    rows(call, groupRules).delete(rule.id)
    dropTags(call, rule.id)
  }
  return doomed.map((rule) => {
    const { SecurityGroupRuleId, GroupId, IsEgress, IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, PrefixListId } =
      ruleView(call, rule)
    const ports = { IsEgress, IpProtocol, FromPort, ToPort }
    return {
      SecurityGroupRuleId,
      GroupId,
      ...ports,
      CidrIpv4,
      CidrIpv6,
      PrefixListId,
      ReferencedGroupId: rule.peerGroupId,
    }
  })
}

const ruleOf = (call: Call, group: GroupRecord, id: string | undefined, egress?: boolean): RuleRecord => {
  const rule = find(call, groupRules, id)
  const fits = rule.groupId === group.id && (egress === undefined || rule.egress === egress)
  if (!fits) throw new Refusal(groupRules.notFound, groupRules.lost(rule.id))
  return rule
}

/** Outside a default VPC AWS refuses to revoke what is not there. */
const ruleLike = (call: Call, group: GroupRecord, wanted: Permitted): RuleRecord => {
  const rule = rulesOf(call, group.id).find((one) => sameness(one) === sameness(wanted))
  if (rule) return rule
  throw new Refusal("InvalidPermission.NotFound", "The specified rule does not exist in this security group.")
}

/** Also within one request: AWS takes all of its rules or none. */
const checkUnique = (existing: readonly Permitted[], wanted: readonly Permitted[]): void => {
  const known = new Set(existing.map(sameness))
  for (const rule of wanted) {
    if (known.has(sameness(rule))) throw new Refusal("InvalidPermission.Duplicate", duplicate(rule))
    known.add(sameness(rule))
  }
}

const duplicate = (rule: Permitted): string => {
  const peer = rule.cidr ?? rule.cidr6 ?? rule.prefixListId ?? rule.peerGroupId
  const ports =
    rule.protocol === "-1" ? "ALL" : `${rule.protocol.toUpperCase()}, from port: ${rule.from}, to port: ${rule.to}`
  return `the specified rule "peer: ${peer}, ${ports}, ALLOW" already exists`
}
