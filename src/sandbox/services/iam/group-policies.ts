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
import { type GroupRecord, groupOf, groups } from "./user-records.ts"

export const groupPolicyHandlers = handlers<typeof Iam>()({
  PutGroupPolicy: (input, call) => {
    const group = groupOf(call, input.GroupName)
    const document = given(input.PolicyDocument, "policyDocument")
    return kept(call, withInline(group, whose(group), given(input.PolicyName, "policyName"), document))
  },

  GetGroupPolicy: (input, call) => {
    const group = groupOf(call, input.GroupName)
    const [name, document] = inlineOf(group, whose(group), input.PolicyName)
    return { GroupName: group.GroupName, PolicyName: name, PolicyDocument: encodeDocument(document) }
  },

  ListGroupPolicies: (input, call) => inlinePage(groupOf(call, input.GroupName), input),

  DeleteGroupPolicy: (input, call) => {
    const group = groupOf(call, input.GroupName)
    return kept(call, withoutInline(group, whose(group), input.PolicyName))
  },

  AttachGroupPolicy: (input, call) =>
    kept(call, withAttached(call, groupOf(call, input.GroupName), "group", input.PolicyArn)),

  DetachGroupPolicy: (input, call) => kept(call, withoutAttached(groupOf(call, input.GroupName), input.PolicyArn)),

  ListAttachedGroupPolicies: (input, call) => attachedPage(groupOf(call, input.GroupName), input),
})

const whose = ({ GroupName }: GroupRecord) => ({ kind: "group", name: GroupName }) as const

const kept = (call: Call, group: GroupRecord) => {
  groups(call).put(group.GroupName, group)
  return {}
}
