import type * as Sns from "@aws-sdk/client-sns"
import { type Call, handlers } from "../../service.ts"
import { pageByName } from "../pages.ts"
import { wholeTags } from "../tags.ts"
import { notServed } from "../unserved.ts"
import { checkPolicy, usualPolicy } from "./policy.ts"
import { dropSubscription, invalid, standing, type TopicRecord, topicOf, topics } from "./records.ts"
import { withTags } from "./tags.ts"

export const topicHandlers = handlers<typeof Sns>()({
  CreateTopic: (input, call) => {
    if (input.DataProtectionPolicy !== undefined) throw notServed("DataProtectionPolicy of CreateTopic")
    const name = input.Name ?? ""
    if (/\.fifo$/.test(name) || input.Attributes?.FifoTopic === "true") throw notServed("FIFO topics")
    if (!/^[A-Za-z0-9_-]{1,256}$/.test(name)) throw invalid("Topic Name")
    const arn = `arn:${call.partition}:sns:${call.region}:${call.account}:${name}`
    const there = topics(call).get(arn)
    const attributes = checkedAttributes(input.Attributes ?? {})
    if (there) refuseOther(there, attributes, input)
    else topics(call).put(arn, { arn, attributes, Tags: withTags([], wholeTags(input.Tags)) })
    return { TopicArn: arn }
  },

  DeleteTopic: (input, call) => {
    // One that is not there is no error.
    topics(call).delete(input.TopicArn ?? "")
    for (const one of standing(call)) if (one.topicArn === input.TopicArn) dropSubscription(call, one)
    return {}
  },

  ListTopics: (input, call) => {
    const wish = { size: 100, token: input.NextToken, refuse: () => invalid("NextToken") }
    const { items, next } = pageByName(topics(call).all(), ({ arn }) => arn, wish)
    return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), ...(next !== undefined && { NextToken: next }) }
  },

  GetTopicAttributes: (input, call) => ({ Attributes: attributesOf(call, topicOf(call, input.TopicArn)) }),

  SetTopicAttributes: (input, call) => {
    const topic = topicOf(call, input.TopicArn)
    const [name = "", value = ""] = [input.AttributeName, input.AttributeValue]
    const { [name]: _former, ...others } = topic.attributes
    const given = checkedAttributes({ [name]: value })
    // Nothing given takes the key or the display name away.
    topics(call).put(topic.arn, { ...topic, attributes: value === "" ? others : { ...others, ...given } })
    return {}
  },
})

const served = ["Policy", "DisplayName", "KmsMasterKeyId"]
const unserved = ["DeliveryPolicy", "SignatureVersion", "TracingConfig", "ArchivePolicy", "ContentBasedDeduplication"]

const checkedAttributes = (given: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  for (const [name, value] of Object.entries(given)) {
    if (unserved.includes(name)) throw notServed(`the topic attribute ${name}`)
    if (!served.includes(name)) throw invalid("AttributeName")
    if (name === "Policy") checkPolicy(value)
    if (name === "DisplayName" && value.length > 100) throw invalid("DisplayName")
  }
  return given
}

/** Asked for again as it is, a topic is answered with; asked for otherwise, refused. */
const refuseOther = (topic: TopicRecord, asked: TopicRecord["attributes"], { Tags }: Sns.CreateTopicInput): void => {
  const other = Object.entries(asked).some(([name, value]) => topic.attributes[name] !== value)
  if (other) throw invalid("Attributes Reason: Topic already exists with different attributes")
  const same = ({ Key, Value }: Sns.Tag) => topic.Tags.some((tag) => tag.Key === Key && tag.Value === Value)
  if (Tags && (Tags.length !== topic.Tags.length || !Tags.every(same)))
    throw invalid("Tags Reason: Topic already exists with different tags")
}

const attributesOf = (call: Call, { arn, attributes }: TopicRecord): Record<string, string> => {
  const own = standing(call).filter(({ topicArn }) => topicArn === arn)
  return {
    TopicArn: arn,
    Owner: call.account,
    Policy: usualPolicy(call, arn),
    DisplayName: "",
    SubscriptionsConfirmed: String(own.filter(({ confirmed }) => confirmed).length),
    SubscriptionsPending: String(own.filter(({ confirmed }) => !confirmed).length),
    SubscriptionsDeleted: "0",
    ...attributes,
  }
}
