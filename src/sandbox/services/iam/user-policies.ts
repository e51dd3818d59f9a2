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
import { type UserRecord, userOf, users } from "./user-records.ts"

export const userPolicyHandlers = handlers<typeof Iam>()({
  PutUserPolicy: (input, call) => {
    const user = userOf(call, input.UserName)
    const document = given(input.PolicyDocument, "policyDocument")
    return kept(call, withInline(user, whose(user), given(input.PolicyName, "policyName"), document))
  },

  GetUserPolicy: (input, call) => {
    const user = userOf(call, input.UserName)
    const [name, document] = inlineOf(user, whose(user), input.PolicyName)
    return { UserName: user.UserName, PolicyName: name, PolicyDocument: encodeDocument(document) }
  },

  ListUserPolicies: (input, call) => inlinePage(userOf(call, input.UserName), input),

  DeleteUserPolicy: (input, call) => {
    const user = userOf(call, input.UserName)
    return kept(call, withoutInline(user, whose(user), input.PolicyName))
  },

  AttachUserPolicy: (input, call) =>
    kept(call, withAttached(call, userOf(call, input.UserName), "user", input.PolicyArn)),

  DetachUserPolicy: (input, call) => kept(call, withoutAttached(userOf(call, input.UserName), input.PolicyArn)),

  ListAttachedUserPolicies: (input, call) => attachedPage(userOf(call, input.UserName), input),

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

const whose = ({ UserName }: UserRecord) => ({ kind: "user", name: UserName }) as const

const kept = (call: Call, user: UserRecord) => {
  users(call).put(user.UserName, user)
  return {}
}
