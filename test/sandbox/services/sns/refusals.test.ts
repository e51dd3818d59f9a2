import { provesRefusals, type Row } from "../refusal-table.ts"
import { arn, type Ground, ground, tokenOf } from "./ground.ts"

const api = (operation: string) => `SNS API reference: ${operation}`
const ours = "the sandbox's own: not served"
const elsewhere = arn.replace("alarms", "others")

const subscribe = (aws: Ground, Protocol: string, Endpoint: string) =>
  aws.refused("Subscribe", { TopicArn: arn, Protocol, Endpoint })

const set = (aws: Ground, AttributeName: string, AttributeValue: string) =>
  aws.refused("SetTopicAttributes", { TopicArn: arn, AttributeName, AttributeValue })

const policy = (Action: string) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action, Resource: arn }] })

const rows: readonly Row<Ground>[] = [
  [
    "a name with a blank",
    "InvalidParameter: Topic Name",
    api("CreateTopic"),
    (aws) => aws.refused("CreateTopic", { Name: "a b" }),
  ],
  ["a FIFO topic", "NotImplemented", ours, (aws) => aws.refused("CreateTopic", { Name: "a.fifo" })],
  [
    "a topic with other tags",
    "InvalidParameter: different tags",
    api("CreateTopic"),
    (aws) => aws.refused("CreateTopic", { Name: "alarms", Tags: [{ Key: "scope", Value: "dev" }] }),
  ],
  [
    "a topic with other attributes",
    "InvalidParameter: different attributes",
    api("CreateTopic"),
    (aws) => aws.refused("CreateTopic", { Name: "alarms", Attributes: { DisplayName: "x" } }),
  ],
  [
    "no ARN",
    "InvalidParameter: An ARN must have at least 6 elements, not 1",
    api("GetTopicAttributes"),
    (aws) => aws.refused("GetTopicAttributes", { TopicArn: "alarms" }),
  ],
  [
    "no such topic",
    "NotFound: Topic does not exist",
    api("Publish"),
    (aws) => aws.refused("Publish", { TopicArn: elsewhere, Message: "x" }),
  ],
  [
    "a policy that is no JSON",
    "InvalidParameter: Policy Error",
    api("SetTopicAttributes"),
    (aws) => set(aws, "Policy", "{"),
  ],
  [
    "a policy without a principal",
    "InvalidParameter: Policy Error",
    api("SetTopicAttributes"),
    (aws) => set(aws, "Policy", '{"Statement":[{"Effect":"Allow"}]}'),
  ],
  [
    "a policy for another service's action",
    "InvalidParameter: out of service scope",
    api("SetTopicAttributes"),
    (aws) => set(aws, "Policy", policy("sqs:SendMessage")),
  ],
  [
    "a policy for what no topic does",
    "InvalidParameter: out of service scope",
    api("SetTopicAttributes"),
    (aws) => set(aws, "Policy", policy("sns:CreateTopic")),
  ],
  [
    "an attribute that is none",
    "InvalidParameter: AttributeName",
    api("SetTopicAttributes"),
    (aws) => set(aws, "Colour", "red"),
  ],
  ["how often delivery is tried", "NotImplemented", ours, (aws) => set(aws, "DeliveryPolicy", "{}")],
  [
    "an address without @",
    "InvalidParameter: Email address",
    api("Subscribe"),
    (aws) => subscribe(aws, "email", "ops"),
  ],
  [
    "a number that is none",
    "InvalidParameter: Invalid SMS endpoint",
    api("Subscribe"),
    (aws) => subscribe(aws, "sms", "call me"),
  ],
  [
    "cleartext by the name of HTTPS",
    "InvalidParameter: Endpoint must match the specified protocol",
    api("Subscribe"),
    (aws) => subscribe(aws, "https", "http://example.com"),
  ],
  [
    "a protocol that is none",
    "InvalidParameter: does not support this protocol",
    api("Subscribe"),
    (aws) => subscribe(aws, "fax", "1"),
  ],
  ["a queue", "NotImplemented", ours, (aws) => subscribe(aws, "sqs", "arn:aws:sqs:us-east-1:111122223333:q")],
  [
    "a filter",
    "NotImplemented",
    ours,
    (aws) => aws.refused("Subscribe", { TopicArn: arn, Protocol: "email", Attributes: {} }),
  ],
  [
    "a token that nobody has",
    "InvalidParameter: Token",
    api("ConfirmSubscription"),
    (aws) => aws.refused("ConfirmSubscription", { TopicArn: arn, Token: "x" }),
  ],
  [
    "to end what is pending, by the word that the list has for it",
    "InvalidParameter: An ARN must have at least 6 elements",
    "SNS developer guide: subscriptions that were not confirmed cannot be deleted",
    (aws) => aws.refused("Unsubscribe", { SubscriptionArn: "PendingConfirmation" }),
  ],
  [
    "to end what is pending, by its ARN",
    "InvalidParameter: pending confirmation",
    "the same",
    (aws) => {
      const asked = { TopicArn: arn, Protocol: "email", Endpoint: "b@example.com", ReturnSubscriptionArn: true }
      return aws.refused("Unsubscribe", { SubscriptionArn: aws.run("Subscribe", asked).SubscriptionArn })
    },
  ],
  [
    "to end it twice",
    "NotFound: Subscription does not exist",
    api("Unsubscribe"),
    (aws) => {
      const { SubscriptionArn } = aws.run("ConfirmSubscription", { TopicArn: arn, Token: tokenOf(aws) })
      aws.run("Unsubscribe", { SubscriptionArn })
      return aws.refused("Unsubscribe", { SubscriptionArn })
    },
  ],
  [
    "to say nothing",
    "InvalidParameter: Empty message",
    api("Publish"),
    (aws) => aws.refused("Publish", { TopicArn: arn, Message: "" }),
  ],
  [
    "to say too much",
    "InvalidParameter: Message too long",
    api("Publish"),
    (aws) => aws.refused("Publish", { TopicArn: arn, Message: "x".repeat(262_145) }),
  ],
  [
    "a subject of two lines",
    "InvalidParameter: Subject",
    api("Publish"),
    (aws) => aws.refused("Publish", { TopicArn: arn, Message: "x", Subject: "a\nb" }),
  ],
  [
    "tags of nothing",
    "ResourceNotFound",
    api("ListTagsForResource"),
    (aws) => aws.refused("ListTagsForResource", { ResourceArn: elsewhere }),
  ],
  [
    "51 tags",
    "TagLimitExceeded",
    api("TagResource"),
    (aws) =>
      aws.refused("TagResource", {
        ResourceArn: arn,
        Tags: Array.from({ length: 50 }, (_, n) => ({ Key: `k${n}`, Value: "v" })),
      }),
  ],
  [
    "a tag of AWS's",
    "InvalidParameter: aws:",
    api("TagResource"),
    (aws) => aws.refused("TagResource", { ResourceArn: arn, Tags: [{ Key: "aws:a", Value: "v" }] }),
  ],
]

provesRefusals(new URL("../../../../src/sandbox/services/sns/", import.meta.url), rows, ground)
