import type * as Iam from "@aws-sdk/client-iam"
import { handlers } from "../../service.ts"
import { policiesOf } from "./bearer-policies.ts"
import { groupOf, groups } from "./user-records.ts"

const policies = policiesOf({
  kind: "group",
  find: groupOf,
  keep: (call, group) => groups(call).put(group.GroupName, group),
})

export const groupPolicyHandlers = handlers<typeof Iam>()({
  PutGroupPolicy: (input, call) => policies.put(call, input.GroupName, input),
  GetGroupPolicy: (input, call) => ({ GroupName: input.GroupName, ...policies.get(call, input.GroupName, input) }),
  ListGroupPolicies: (input, call) => policies.list(call, input.GroupName, input),
  DeleteGroupPolicy: (input, call) => policies.drop(call, input.GroupName, input),
  AttachGroupPolicy: (input, call) => policies.attach(call, input.GroupName, input),
  DetachGroupPolicy: (input, call) => policies.detach(call, input.GroupName, input),
  ListAttachedGroupPolicies: (input, call) => policies.attached(call, input.GroupName, input),
})
