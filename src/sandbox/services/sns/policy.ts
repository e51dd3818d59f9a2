import type { Call } from "../../service.ts"
import { fieldsOf, listOf, policyOf, textsOf } from "../policy-document.ts"
import { invalid } from "./records.ts"

/** Refuses what SNS does not take for a topic's policy. */
export const checkPolicy = (document: string): void => {
  const statements = listOf(policyOf(document)?.Statement ?? [])
  if (statements.length === 0) throw invalid("Policy Error: null")
  for (const statement of statements.map(fieldsOf)) {
    if (!statement?.Effect || !statement.Principal || !statement.Resource) throw invalid("Policy Error: null")
    const actions = textsOf(statement.Action)
    if (actions.length === 0) throw invalid("Policy Error: null")
    if (actions.some((action) => !/^(sns:\*|SNS:\*|sns:\w+|SNS:\w+)$/.test(action) || beyond.test(action)))
      throw invalid("Policy statement action out of service scope!")
  }
}

/** What concerns no single topic cannot be said in a topic's policy. */
const beyond = /:(CreateTopic|ListTopics|ListSubscriptions|Unsubscribe|\*)$/

/** What a topic has of which nobody said who may use it: all of its own account. */
export const usualPolicy = ({ account }: Call, arn: string): string =>
  JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "SNS:GetTopicAttributes",
          "SNS:SetTopicAttributes",
          "SNS:AddPermission",
          "SNS:RemovePermission",
          "SNS:DeleteTopic",
          "SNS:Subscribe",
          "SNS:ListSubscriptionsByTopic",
          "SNS:Publish",
        ],
        Resource: arn,
        Condition: { StringEquals: { "AWS:SourceOwner": account } },
      },
    ],
  })
