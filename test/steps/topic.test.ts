import { DeleteTopicCommand, SetTopicAttributesCommand } from "@aws-sdk/client-sns"
import { describe, expect, it } from "vitest"
import { alarmTopicOf } from "../../src/steps/topic.ts"
import { bench } from "./bench.ts"
import { scope } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const place = { partition: "aws", region: "us-east-1", account: "111122223333" }
const topic = alarmTopicOf({ place, scope })

describe("the topic of alarms", () => {
  it("lets CloudWatch publish for the account's own alarms, and has no key that would keep it out", async () => {
    await on.make(topic)
    const { arn, policy, key } = await on.live(topic)
    expect(arn).toBe("arn:aws:sns:us-east-1:111122223333:smart0dte_poc_alarms")
    expect(key).toBe("")
    expect(policy.Statement).toContainEqual({
      Sid: "AllowOwnAlarms",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: arn,
      Condition: {
        StringEquals: { "aws:SourceAccount": "111122223333" },
        ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:us-east-1:111122223333:alarm:*" },
      },
    })
    expect((await on.see(topic)).state).toBe("same")
  })

  seesAndRepairs(
    on,
    () => topic,
    {
      policy: ({ sns }, { arn: TopicArn, policy }) => {
        const AttributeValue = JSON.stringify({ ...policy, Statement: policy.Statement.slice(0, 1) })
        return sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue }))
      },
      key: ({ sns }, { arn: TopicArn }) => {
        const to = { AttributeName: "KmsMasterKeyId", AttributeValue: "alias/aws/sns" }
        return sns.send(new SetTopicAttributesCommand({ TopicArn, ...to }))
      },
    },
    ["arn", "topicName"],
  )

  it("is made again when somebody deleted it, and goes", async () => {
    const { arn: TopicArn } = await on.live(topic)
    await on.cloud.sns.send(new DeleteTopicCommand({ TopicArn }))
    expect((await on.see(topic)).state).toBe("missing")
    await on.make(topic)
    expect(await on.unmake(false, topic)).toEqual([])
    expect((await on.see(topic)).state).toBe("missing")
  })
})
