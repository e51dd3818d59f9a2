import type * as Iam from "@aws-sdk/client-iam"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { encodeDocument } from "./documents.ts"
import { checkDocument, policyOf } from "./managed-policies.ts"
import { pageOf } from "./pages.ts"
import { missing } from "./records.ts"
import { type ManagedPolicyRecord, managedPolicies, type PolicyVersionRecord } from "./user-records.ts"

export const policyVersionHandlers = handlers<typeof Iam>()({
  CreatePolicyVersion: (input, call) => {
    const policy = policyOf(call, input.PolicyArn)
    const Document = given(input.PolicyDocument, "policyDocument")
    checkDocument(Document)
    if (policy.Versions.length >= 5) throw new Refusal("LimitExceededException", TOO_MANY, 409)
    const Counted = policy.Counted + 1
    const version = { VersionId: `v${Counted}`, Document, CreateDate: call.now }
    const next = keep(call, {
      ...policy,
      Counted,
      Versions: [...policy.Versions, version],
      ...(input.SetAsDefault === true && { DefaultVersionId: version.VersionId }),
    })
    return { PolicyVersion: view(next, version) }
  },

  GetPolicyVersion: (input, call) => {
    const policy = policyOf(call, input.PolicyArn)
    const version = versionOf(policy, input.VersionId)
    return { PolicyVersion: { ...view(policy, version), Document: encodeDocument(version.Document) } }
  },

  ListPolicyVersions: (input, call) => {
    const policy = policyOf(call, input.PolicyArn)
    const { items, paging } = pageOf(policy.Versions, (version) => version.VersionId.padStart(9, "0"), input)
    return { Versions: items.map((version) => view(policy, version)), ...paging }
  },

  SetDefaultPolicyVersion: (input, call) => {
    const policy = policyOf(call, input.PolicyArn)
    keep(call, { ...policy, DefaultVersionId: versionOf(policy, input.VersionId).VersionId })
    return {}
  },

  DeletePolicyVersion: (input, call) => {
    const policy = policyOf(call, input.PolicyArn)
    const gone = versionOf(policy, input.VersionId)
    if (gone.VersionId === policy.DefaultVersionId) {
      throw new Refusal("DeleteConflictException", "Cannot delete the default version of a policy.", 409)
    }
    keep(call, { ...policy, Versions: policy.Versions.filter((version) => version !== gone) })
    return {}
  },
})

const TOO_MANY =
  "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version."

const versionOf = (policy: ManagedPolicyRecord, id: string | undefined): PolicyVersionRecord => {
  const wanted = given(id, "versionId")
  const found = policy.Versions.find((version) => version.VersionId === wanted)
  return found ?? missing(`Policy ${policy.Arn} version ${wanted} does not exist or is not attachable.`)
}

const keep = (call: Call, policy: ManagedPolicyRecord): ManagedPolicyRecord => {
  const next = { ...policy, UpdateDate: call.now }
  managedPolicies(call).put(next.Arn, next)
  return next
}

const view = ({ DefaultVersionId }: ManagedPolicyRecord, { CreateDate, VersionId }: PolicyVersionRecord) => ({
  VersionId,
  IsDefaultVersion: VersionId === DefaultVersionId,
  CreateDate: new Date(CreateDate),
})
