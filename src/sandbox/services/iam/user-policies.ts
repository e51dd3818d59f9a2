import type * as Iam from "@aws-sdk/client-iam"
import { type Call, handlers } from "../../service.ts"
import { given } from "../given.ts"
import { policiesOf } from "./bearer-policies.ts"
import { attachable } from "./managed.ts"
import { type UserRecord, userOf, users } from "./user-records.ts"

const kept = (call: Call, user: UserRecord) => {
  users(call).put(user.UserName, user)
  return {}
}

const policies = policiesOf({ kind: "user", find: userOf, keep: kept })

export const userPolicyHandlers = handlers<typeof Iam>()({
  PutUserPolicy: (input, call) => policies.put(call, input.UserName, input),
  GetUserPolicy: (input, call) => ({ UserName: input.UserName, ...policies.get(call, input.UserName, input) }),
  ListUserPolicies: (input, call) => policies.list(call, input.UserName, input),
  DeleteUserPolicy: (input, call) => policies.drop(call, input.UserName, input),
  AttachUserPolicy: (input, call) => policies.attach(call, input.UserName, input),
  DetachUserPolicy: (input, call) => policies.detach(call, input.UserName, input),
  ListAttachedUserPolicies: (input, call) => policies.attached(call, input.UserName, input),

  PutUserPermissionsBoundary: (input, call) => {
    const user = userOf(call, input.UserName)
    const PermissionsBoundary = given(input.PermissionsBoundary, "permissionsBoundary")
    attachable(call, PermissionsBoundary)
    return kept(call, { ...user, PermissionsBoundary })
  },

  DeleteUserPermissionsBoundary: (input, call) => {
    const { PermissionsBoundary: _gone, ...user } = userOf(call, input.UserName)
    return kept(call, user)
  },
})
