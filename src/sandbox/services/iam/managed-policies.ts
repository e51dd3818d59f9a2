import type * as Iam from "@aws-sdk/client-iam"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { notServed } from "../unserved.ts"
import { checkPermissionsPolicy } from "./documents.ts"
import { awsOwned } from "./managed.ts"
import { pageOf } from "./pages.ts"
import { attachmentsOf, boundedBy } from "./policy-uses.ts"
import { missing, overQuota, refuseTaken, uniqueId } from "./records.ts"
import { withoutTags, withTags } from "./tags.ts"
import { type ManagedPolicyRecord, managedPolicies } from "./user-records.ts"

export const managedPolicyHandlers = handlers<typeof Iam>()({
  CreatePolicy: (input, call) => {
    const name = given(input.PolicyName, "policyName")
    const Document = given(input.PolicyDocument, "policyDocument")
    checkDocument(Document)
    const known = managedPolicies(call).all()
    refuseTaken(
      known.map((policy) => policy.PolicyName),
      name,
      `A policy called ${name} already exists. Duplicate names are not allowed.`,
    )
    const limit = call.quota("PoliciesPerAccount", 1500)
    if (known.length >= limit) overQuota("PoliciesPerAccount", limit)
    const path = input.Path ?? "/"
    const policy: ManagedPolicyRecord = {
      PolicyName: name,
      PolicyId: uniqueId(call, "ANPA"),
      Arn: `arn:${call.partition}:iam::${call.account}:policy${path}${name}`,
      Path: path,
      ...(input.Description !== undefined && { Description: input.Description }),
      CreateDate: call.now,
      UpdateDate: call.now,
      DefaultVersionId: "v1",
      Counted: 1,
      Versions: [{ VersionId: "v1", Document, CreateDate: call.now }],
      Tags: withTags([], input.Tags),
    }
    managedPolicies(call).put(policy.Arn, policy)
    return { Policy: { ...policyView(call, policy), ...tagsIfAny(policy) } }
  },

  GetPolicy: (input, call) => {
    const arn = given(input.PolicyArn, "policyArn")
    if (awsOwned(arn)) return { Policy: ownersView(call, arn) }
    const policy = policyOf(call, arn)
    const described = policy.Description === undefined ? {} : { Description: policy.Description }
    return { Policy: { ...policyView(call, policy), ...described, ...tagsIfAny(policy) } }
  },

  // ListPolicies leaves out descriptions and tags, as IAM does.
  ListPolicies: (input, call) => {
    if (input.Scope !== "Local")
      throw notServed(`the scope ${input.Scope ?? "All"} of ListPolicies: AWS's own policies are not listed`)
    const fitting = managedPolicies(call)
      .all()
      .filter(({ Path }) => Path.startsWith(input.PathPrefix ?? "/"))
      .map((policy) => policyView(call, policy))
      .filter(({ AttachmentCount, PermissionsBoundaryUsageCount }) => {
        const used = input.PolicyUsageFilter === "PermissionsBoundary" ? PermissionsBoundaryUsageCount : AttachmentCount
        return input.OnlyAttached !== true || used > 0
      })
    const { items, paging } = pageOf(fitting, (policy) => policy.PolicyName, input)
    return { Policies: items, ...paging }
  },

  DeletePolicy: (input, call) => {
    const policy = policyOf(call, input.PolicyArn)
    const { groups, roles, users } = attachmentsOf(call, policy.Arn)
    if (groups.length + roles.length + users.length > 0 || boundedBy(call, policy.Arn) > 0) {
      throw new Refusal("DeleteConflictException", "Cannot delete a policy attached to entities.", 409)
    }
    if (policy.Versions.length > 1) throw new Refusal("DeleteConflictException", VERSIONS, 409)
    managedPolicies(call).delete(policy.Arn)
    return {}
  },

  TagPolicy: (input, call) => {
    const policy = policyOf(call, input.PolicyArn)
    managedPolicies(call).put(policy.Arn, { ...policy, Tags: withTags(policy.Tags, input.Tags) })
    return {}
  },

  UntagPolicy: (input, call) => {
    const policy = policyOf(call, input.PolicyArn)
    managedPolicies(call).put(policy.Arn, { ...policy, Tags: withoutTags(policy.Tags, input.TagKeys) })
    return {}
  },

  ListPolicyTags: (input, call) => {
    const { items, paging } = pageOf(policyOf(call, input.PolicyArn).Tags, (tag) => tag.Key, input)
    return { Tags: items, ...paging }
  },
})

/** Refuses what is no document for a managed policy; white space is free. */
export const checkDocument = (document: string): void => {
  checkPermissionsPolicy(document)
  if (document.replace(/\s/g, "").length > POLICY_SIZE) overQuota("PolicySize", POLICY_SIZE)
}

const POLICY_SIZE = 6144

export const policyOf = (call: Call, arn: string | undefined): ManagedPolicyRecord => {
  const wanted = given(arn, "policyArn")
  return managedPolicies(call).get(wanted) ?? missing(`Policy ${wanted} was not found.`)
}

const VERSIONS =
  "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy."

const policyView = (call: Call, policy: ManagedPolicyRecord) => ({
  PolicyName: policy.PolicyName,
  PolicyId: policy.PolicyId,
  Arn: policy.Arn,
  Path: policy.Path,
  DefaultVersionId: policy.DefaultVersionId,
  ...uses(call, policy.Arn),
  IsAttachable: true,
  CreateDate: new Date(policy.CreateDate),
  UpdateDate: new Date(policy.UpdateDate),
})

const ownersView = (call: Call, arn: string) => ({
  PolicyName: arn.slice(arn.lastIndexOf("/") + 1),
  Arn: arn,
  Path: arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1),
  DefaultVersionId: "v1",
  ...uses(call, arn),
  IsAttachable: true,
})

const uses = (call: Call, arn: string) => {
  const { groups, roles, users } = attachmentsOf(call, arn)
  return {
    AttachmentCount: groups.length + roles.length + users.length,
    PermissionsBoundaryUsageCount: boundedBy(call, arn),
  }
}

const tagsIfAny = ({ Tags }: ManagedPolicyRecord) => (Tags.length > 0 ? { Tags: [...Tags] } : {})
