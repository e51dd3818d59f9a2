import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  paginateListTopics,
  SetTopicAttributesCommand,
} from "@aws-sdk/client-sns"
import { flatArn, onAnything } from "../aws/allow.ts"
import type { Place } from "../aws/cloud.ts"
import type { Policy } from "../aws/iam/policy.ts"
import { flatName, identityIn } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { alarmTopic, topicArnFor } from "../aws/sns/topic-names.ts"
import { spendingKindOf } from "../aws/spending.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"
import alarmPolicy from "../templates/alarm-topic.json" with { type: "json" }
import { render } from "../templates/render.ts"
import spendingPolicy from "../templates/spending-topic.json" with { type: "json" }

export interface Topic {
  readonly arn: string
  readonly topicName: string
  readonly policy: Policy
  /** The KMS key that messages are kept under; the one of SNS itself would keep CloudWatch out. */
  readonly key: string
}

export interface AlarmTopicWish {
  readonly place: Place
  readonly scope: Scope
}

/** What alarms are told to. Its policy names CloudWatch: nobody else publishes here. */
export const alarmTopicOf = (wish: AlarmTopicWish) => topicStep(wish, alarmPolicy)

/** The same of what an account spends: budgets publish here as well. */
export const spendingTopicOf = (wish: AlarmTopicWish) => topicStep(wish, spendingPolicy)

const topicStep = ({ place, scope }: AlarmTopicWish, template: Policy) => {
  const topicName = flatName(scope, alarmTopic)
  const arn = topicArnFor(place, scope, alarmTopic)
  const policy: Policy = render(template, { ...place, topic: arn })
  return step({
    kind: topicKind,
    name: alarmTopic,
    scope,
    needs: {},
    spec: { arn, topicName, policy, key: "" },
    async create(ctx, _, birth) {
      const Attributes = { Policy: JSON.stringify(policy) }
      await ctx.sns.send(new CreateTopicCommand({ Name: topicName, Attributes, Tags: birthTags(birth) }))
    },
    async update(ctx, _, changes) {
      const values: Readonly<Record<string, readonly [attribute: string, value: string]>> = {
        policy: ["Policy", JSON.stringify(policy)],
        key: ["KmsMasterKeyId", ""],
      }
      for (const { field } of changes) {
        const [AttributeName, AttributeValue] = values[field] ?? []
        await ctx.sns.send(new SetTopicAttributesCommand({ TopicArn: arn, AttributeName, AttributeValue }))
      }
    },
  })
}

export const topicKind: CloudKind<Topic> = {
  name: "topic",
  unique: "name",
  async list(ctx, scopes) {
    const topics = await everyItem(paginateListTopics({ client: ctx.sns }, {}), (page) => page.Topics)
    return topics.flatMap(({ TopicArn = "" }) => {
      const topicName = TopicArn.split(":").at(-1) ?? ""
      const identity = identityIn(scopes, topicName)
      const live = { ...topicKind.blank, arn: TopicArn, topicName }
      return identity ? [{ ...identity, live, owner: "ours", phase: "ready" } as const] : []
    })
  },
  async complete(ctx, found) {
    const { Attributes = {} } = await ctx.sns.send(new GetTopicAttributesCommand({ TopicArn: found.live.arn }))
    // A document of a foreign shape is one that differs.
    const policy = JSON.parse(Attributes.Policy ?? "{}") as Policy
    return { ...found, live: { ...found.live, policy, key: Attributes.KmsMasterKeyId ?? "" } }
  },
  completes: 1,
  async destroy(ctx, { arn: TopicArn }) {
    await ctx.sns.send(new DeleteTopicCommand({ TopicArn }))
    return undefined
  },
  fixed: ["arn", "topicName"],
  blank: { arn: "", topicName: "", policy: { Version: "2012-10-17", Statement: [] }, key: "" },
  allow: [
    onAnything("sns:ListTopics"),
    {
      action: [
        "sns:CreateTopic",
        "sns:TagResource",
        "sns:GetTopicAttributes",
        "sns:SetTopicAttributes",
        "sns:DeleteTopic",
      ],
      resource: flatArn("sns"),
    },
  ],
  usually: { create: 2, update: 2, destroy: 1 },
}

export const spendingTopicKind = spendingKindOf(topicKind)
