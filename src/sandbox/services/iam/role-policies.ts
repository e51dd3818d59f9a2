import type * as Iam from "@aws-sdk/client-iam"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { policiesOf } from "./bearer-policies.ts"
import { attachable } from "./managed.ts"
import { type RoleRecord, roleOf, roles } from "./records.ts"

const kept = (call: Call, role: RoleRecord) => {
  // Roles of AWS's services, and those of IAM Identity Center.
  if (/^\/aws-(service-role|reserved)\//.test(role.Path))
    throw new Refusal(
      "UnmodifiableEntityException",
      `Cannot perform the operation on the protected role '${role.RoleName}' - this role is only modifiable by AWS`,
    )
  roles(call).put(role.RoleName, role)
  return {}
}

const policies = policiesOf({ kind: "role", find: roleOf, keep: kept })

export const rolePolicyHandlers = handlers<typeof Iam>()({
  PutRolePolicy: (input, call) => policies.put(call, input.RoleName, input),
  GetRolePolicy: (input, call) => ({ RoleName: input.RoleName, ...policies.get(call, input.RoleName, input) }),
  ListRolePolicies: (input, call) => policies.list(call, input.RoleName, input),
  DeleteRolePolicy: (input, call) => policies.drop(call, input.RoleName, input),
  AttachRolePolicy: (input, call) => policies.attach(call, input.RoleName, input),
  DetachRolePolicy: (input, call) => policies.detach(call, input.RoleName, input),
  ListAttachedRolePolicies: (input, call) => policies.attached(call, input.RoleName, input),

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
