import { expect, test } from "vitest"
import { sns } from "../../../../src/sandbox/services/sns/index.ts"
import { unheeded } from "../heeding.ts"
import { arn, type Ground, ground, tokenOf } from "./ground.ts"

const at = { TopicArn: arn }

const goesThrough: readonly (readonly [Parameters<Ground["run"]>[0], object])[] = [
  ["ConfirmSubscription", at],
  ["CreateTopic", { Name: "more", Tags: [{ Key: "a", Value: "b" }] }],
  ["DeleteTopic", at],
  ["GetSubscriptionAttributes", {}],
  ["GetTopicAttributes", at],
  ["ListSubscriptionsByTopic", at],
  ["ListTagsForResource", { ResourceArn: arn }],
  ["ListTopics", {}],
  ["Publish", { ...at, Message: "x" }],
  ["SetTopicAttributes", { ...at, AttributeName: "DisplayName", AttributeValue: "x" }],
  ["Subscribe", { ...at, Protocol: "email", Endpoint: "a@example.com" }],
  ["TagResource", { ResourceArn: arn, Tags: [{ Key: "a", Value: "b" }] }],
  ["Unsubscribe", {}],
  ["UntagResource", { ResourceArn: arn, TagKeys: ["a"] }],
]

test.each(goesThrough)("%s heeds all that a caller can say", (name, input) => {
  const aws = ground()
  const { Subscriptions: [, phone] = [] } = aws.run("ListSubscriptionsByTopic", at)
  const whole = { ...input, Token: tokenOf(aws), SubscriptionArn: phone?.SubscriptionArn }
  // One operation's input after another: their types have nothing in common.
  expect(unheeded(sns, name, whole, (watched) => aws.run(name, watched as never))).toEqual([])
})

test("every operation that is served is among them", () => {
  expect(goesThrough.map(([name]) => name).sort()).toEqual(Object.keys(sns.handlers).sort())
})
