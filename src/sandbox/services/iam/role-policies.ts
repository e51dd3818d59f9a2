import type * as Iam from "@aws-sdk/client-iam"
import { type Call, handlers } from "../../service.ts"
import { given } from "../given.ts"
import {
  attachedPage,
  inlineOf,
  inlinePage,
  withAttached,
  withInline,
  withoutAttached,
  withoutInline,
} from "./bearer.ts"
import { encodeDocument } from "./documents.ts"
import { attachable } from "./managed.ts"
import { type RoleRecord, roleOf, roles } from "./records.ts"

export const rolePolicyHandlers = handlers<typeof Iam>()({
  PutRolePolicy: (input, call) => {
    const role = roleOf(call, input.RoleName)
    const document = given(input.PolicyDocument, "policyDocument")
    return kept(call, withInline(role, whose(role), given(input.PolicyName, "policyName"), document))
  },

  GetRolePolicy: (input, call) => {
    const role = roleOf(call, input.RoleName)
    const [name, document] = inlineOf(role, whose(role), input.PolicyName)
    return { RoleName: role.RoleName, PolicyName: name, PolicyDocument: encodeDocument(document) }
  },

  ListRolePolicies: (input, call) => inlinePage(roleOf(call, input.RoleName), input),

  DeleteRolePolicy: (input, call) => {
    const role = roleOf(call, input.RoleName)
    return kept(call, withoutInline(role, whose(role), input.PolicyName))
  },

  AttachRolePolicy: (input, call) =>
    kept(call, withAttached(call, roleOf(call, input.RoleName), "role", input.PolicyArn)),

  DetachRolePolicy: (input, call) => kept(call, withoutAttached(roleOf(call, input.RoleName), input.PolicyArn)),

  ListAttachedRolePolicies: (input, call) => attachedPage(roleOf(call, input.RoleName), input),

  PutRolePermissionsBoundary: (input, call) => {
    const role = roleOf(call, input.RoleName)
    const PermissionsBoundary = given(input.PermissionsBoundary, "permissionsBoundary")
    attachable(call, PermissionsBoundary)
    return kept(call, { ...role, PermissionsBoundary })
  },

  DeleteRolePermissionsBoundary: (input, call) => {
    const { PermissionsBoundary: _gone, ...role } = roleOf(call, input.RoleName)
    return kept(call, role)
  },
})

const whose = ({ RoleName }: RoleRecord) => ({ kind: "role", name: RoleName }) as const

const kept = (call: Call, role: RoleRecord) => {
  roles(call).put(role.RoleName, role)
  return {}
}
