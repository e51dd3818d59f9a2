import { describe, expect, test } from "vitest"
import { arn, ground, tokenOf } from "./ground.ts"

describe("a topic", () => {
  test("asked for again as it is, is the one that is there", () => {
    const aws = ground()
    expect(aws.run("CreateTopic", { Name: "alarms", Tags: [{ Key: "scope", Value: "poc" }] }).TopicArn).toBe(arn)
    expect(aws.run("ListTopics", {}).Topics).toEqual([{ TopicArn: arn }])
  })

  test("lets its own account in, until a policy says otherwise", () => {
    const aws = ground()
    const policy = () => JSON.parse(aws.run("GetTopicAttributes", { TopicArn: arn }).Attributes?.Policy ?? "")
    expect(policy().Statement[0]).toMatchObject({
      Principal: { AWS: "*" },
      Condition: { StringEquals: { "AWS:SourceOwner": "111122223333" } },
    })
    const Statement = [{ Effect: "Deny", Principal: "*", Action: "sns:Publish", Resource: arn }]
    const AttributeValue = JSON.stringify({ Statement })
    aws.run("SetTopicAttributes", { TopicArn: arn, AttributeName: "Policy", AttributeValue })
    expect(policy()).toEqual({ Statement })
  })

  test("that goes takes its subscriptions along, and is deleted twice without complaint", () => {
    const aws = ground()
    aws.run("DeleteTopic", { TopicArn: arn })
    aws.run("DeleteTopic", { TopicArn: arn })
    expect(aws.refused("ListSubscriptionsByTopic", { TopicArn: arn })).toBe("NotFound: Topic does not exist")
    expect(aws.contents()).not.toContain("ops@example.com")
  })
})

describe("a subscription", () => {
  const listed = (aws: ReturnType<typeof ground>) =>
    aws
      .run("ListSubscriptionsByTopic", { TopicArn: arn })
      .Subscriptions?.map((one) => [one.Protocol, one.SubscriptionArn])

  test("by e-mail waits for consent, and one by text message does not", () => {
    const aws = ground()
    expect(listed(aws)).toEqual([
      ["email", "PendingConfirmation"],
      ["sms", expect.stringContaining(`${arn}:`)],
    ])
    expect(aws.run("GetTopicAttributes", { TopicArn: arn }).Attributes).toMatchObject({
      SubscriptionsPending: "1",
      SubscriptionsConfirmed: "1",
    })
    const { SubscriptionArn } = aws.run("ConfirmSubscription", { TopicArn: arn, Token: tokenOf(aws) })
    expect(listed(aws)?.[0]).toEqual(["email", SubscriptionArn])
    expect(aws.run("GetSubscriptionAttributes", { SubscriptionArn }).Attributes?.PendingConfirmation).toBe("false")
    aws.run("Unsubscribe", { SubscriptionArn })
    expect(listed(aws)).toHaveLength(1)
  })

  test("asked for again is the same one", () => {
    const aws = ground()
    const again = { TopicArn: arn, Protocol: "email", Endpoint: "ops@example.com" }
    expect(aws.run("Subscribe", again).SubscriptionArn).toBe("pending confirmation")
    const { SubscriptionArn } = aws.run("Subscribe", { ...again, ReturnSubscriptionArn: true })
    expect(SubscriptionArn).toContain(`${arn}:`)
    expect(listed(aws)).toHaveLength(2)
  })

  test("that nobody confirms is forgotten after two days", () => {
    const aws = ground()
    aws.pass(47 * 3600)
    expect(listed(aws)).toHaveLength(2)
    aws.pass(2 * 3600)
    expect(listed(aws)).toHaveLength(1)
  })
})
