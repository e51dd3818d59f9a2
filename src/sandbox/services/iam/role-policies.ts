import type * as Iam from "@aws-sdk/client-iam"
import { handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { checkPermissionsPolicy, encodeDocument } from "./documents.ts"
import { managedPolicyName } from "./managed.ts"
import { pageOf } from "./pages.ts"
import { missing, overQuota, type RoleRecord, roleOf, roles } from "./records.ts"

export const rolePolicyHandlers = handlers<typeof Iam>()({
  PutRolePolicy: (input, call) => {
    const role = roleOf(call, input.RoleName)
    const document = given(input.PolicyDocument, "policyDocument")
    checkPermissionsPolicy(document)
    const Inline = { ...role.Inline, [given(input.PolicyName, "policyName")]: document }
    // The quota is for all inline policies of the role together, without their white space.
    const size = Object.values(Inline).join("").replace(/\s/g, "").length
    if (size > ROLE_POLICY_SIZE) {
      const message = `Maximum policy size of ${ROLE_POLICY_SIZE} bytes exceeded for role ${role.RoleName}`
      throw new Refusal("LimitExceededException", message, 409)
    }
    roles(call).put(role.RoleName, { ...role, Inline })
    return {}
  },

  GetRolePolicy: (input, call) => {
    const role = roleOf(call, input.RoleName)
    const [name, document] = inlineOf(role, input.PolicyName)
    return { RoleName: role.RoleName, PolicyName: name, PolicyDocument: encodeDocument(document) }
  },

  ListRolePolicies: (input, call) => {
    const names = Object.keys(roleOf(call, input.RoleName).Inline)
    const { items, paging } = pageOf(names, (name) => name, input)
    return { PolicyNames: items, ...paging }
  },

  DeleteRolePolicy: (input, call) => {
    const role = roleOf(call, input.RoleName)
    const [gone] = inlineOf(role, input.PolicyName)
    const Inline = Object.fromEntries(Object.entries(role.Inline).filter(([name]) => name !== gone))
    roles(call).put(role.RoleName, { ...role, Inline })
    return {}
  },

  AttachRolePolicy: (input, call) => {
    const role = roleOf(call, input.RoleName)
    const arn = given(input.PolicyArn, "policyArn")
    managedPolicyName(arn)
    // Attaching a second time is no error, and nothing changes.
    if (role.Attached.includes(arn)) return {}
    const limit = call.quota("PoliciesPerRole", 10)
    if (role.Attached.length >= limit) overQuota("PoliciesPerRole", limit)
    roles(call).put(role.RoleName, { ...role, Attached: [...role.Attached, arn] })
    return {}
  },

  DetachRolePolicy: (input, call) => {
    const role = roleOf(call, input.RoleName)
    const gone = given(input.PolicyArn, "policyArn")
    if (!role.Attached.includes(gone)) missing(`Policy ${gone} was not found.`)
    roles(call).put(role.RoleName, { ...role, Attached: role.Attached.filter((arn) => arn !== gone) })
    return {}
  },

  ListAttachedRolePolicies: (input, call) => {
    const all = roleOf(call, input.RoleName).Attached.map((arn) => ({
      PolicyName: managedPolicyName(arn),
      PolicyArn: arn,
    }))
    const under = all.filter((policy) => pathOf(policy.PolicyArn).startsWith(input.PathPrefix ?? "/"))
    const { items, paging } = pageOf(under, (policy) => policy.PolicyName, input)
    return { AttachedPolicies: items, ...paging }
  },
})

const ROLE_POLICY_SIZE = 10_240

const inlineOf = (role: RoleRecord, name: string | undefined): readonly [string, string] => {
  const wanted = given(name, "policyName")
  const document = Object.hasOwn(role.Inline, wanted) ? role.Inline[wanted] : undefined
  return [wanted, document ?? missing(`The role policy with name ${wanted} cannot be found.`)]
}

const pathOf = (arn: string): string => arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1)
