import type * as Sns from "@aws-sdk/client-sns"
import { type Call, handlers, Refusal } from "../../service.ts"
import { pageByName } from "../pages.ts"
import { notServed, refuseUnserved } from "../unserved.ts"
import {
  checkArn,
  dropSubscription,
  invalid,
  putSubscription,
  type SubscriptionRecord,
  standing,
  topicOf,
} from "./records.ts"

export const subscriptionHandlers = handlers<typeof Sns>()({
  Subscribe: (input, call) => {
    refuseUnserved(input, ["Attributes"])
    const { arn: topicArn } = topicOf(call, input.TopicArn)
    const [protocol = "", endpoint = ""] = [input.Protocol, input.Endpoint]
    checkEndpoint(protocol, endpoint)
    const same = (one: SubscriptionRecord) =>
      one.topicArn === topicArn && one.protocol === protocol && one.endpoint === endpoint
    const { arn, confirmed } = standing(call).find(same) ?? made(call, topicArn, protocol, endpoint)
    return { SubscriptionArn: confirmed || input.ReturnSubscriptionArn ? arn : "pending confirmation" }
  },

  ConfirmSubscription: (input, call) => {
    refuseUnserved(input, ["AuthenticateOnUnsubscribe"])
    const { arn: topicArn } = topicOf(call, input.TopicArn)
    const meant = standing(call).find((one) => one.topicArn === topicArn && one.token === input.Token)
    if (!meant) throw invalid("Token")
    return { SubscriptionArn: putSubscription(call, { ...meant, confirmed: true }).arn }
  },

  Unsubscribe: (input, call) => {
    const one = subscriptionOf(call, input.SubscriptionArn)
    if (!one.confirmed)
      throw invalid("SubscriptionArn Reason: Cannot unsubscribe a subscription that is pending confirmation")
    dropSubscription(call, one)
    return {}
  },

  ListSubscriptionsByTopic: (input, call) => {
    const { arn: topicArn } = topicOf(call, input.TopicArn)
    const own = standing(call).filter((one) => one.topicArn === topicArn)
    const wish = { size: 100, token: input.NextToken, refuse: () => invalid("NextToken") }
    const { items, next } = pageByName(own, ({ arn }) => arn, wish)
    return { Subscriptions: items.map((one) => view(call, one)), ...(next !== undefined && { NextToken: next }) }
  },

  GetSubscriptionAttributes: (input, call) => {
    const one = subscriptionOf(call, input.SubscriptionArn)
    return {
      Attributes: {
        SubscriptionArn: one.arn,
        TopicArn: one.topicArn,
        Owner: call.account,
        Protocol: one.protocol,
        Endpoint: one.endpoint,
        PendingConfirmation: String(!one.confirmed),
        RawMessageDelivery: "false",
      },
    }
  },
})

/** Telephone numbers need not agree; everybody else is asked. */
const made = (call: Call, topicArn: string, protocol: string, endpoint: string): SubscriptionRecord => {
  const arn = `${topicArn}:${call.id("subscription").replace("subscription-", "")}`
  const token = call.id("token").replace("token-", "")
  return putSubscription(call, {
    arn,
    topicArn,
    protocol,
    endpoint,
    token,
    confirmed: protocol === "sms",
    asked: call.now,
  })
}

const subscriptionOf = (call: Call, arn: string | undefined): SubscriptionRecord => {
  checkArn(arn, "SubscriptionArn")
  const found = standing(call).find((one) => one.arn === arn)
  if (!found) throw new Refusal("NotFound", "Subscription does not exist")
  return found
}

const checkEndpoint = (protocol: string, endpoint: string): void => {
  if (["sqs", "application", "lambda", "firehose"].includes(protocol))
    throw notServed(`subscriptions by the protocol ${protocol}`)
  const good = endpoints[protocol]
  if (!good) throw invalid(`Amazon SNS does not support this protocol string: ${protocol}`)
  if (good.test(endpoint)) return
  if (protocol.startsWith("email")) throw invalid("Email address")
  throw invalid(protocol === "sms" ? `Invalid SMS endpoint: ${endpoint}` : "Endpoint must match the specified protocol")
}

const endpoints: Readonly<Record<string, RegExp>> = {
  email: /^[^@\s]+@[^@\s]+$/,
  "email-json": /^[^@\s]+@[^@\s]+$/,
  sms: /^\+?[1-9]\d{6,14}$/,
  http: /^http:\/\/[^\s/]+/,
  https: /^https:\/\/[^\s/]+/,
}

const view = (call: Call, { arn, topicArn, protocol, endpoint, confirmed }: SubscriptionRecord): Sns.Subscription => ({
  SubscriptionArn: confirmed ? arn : "PendingConfirmation",
  TopicArn: topicArn,
  Owner: call.account,
  Protocol: protocol,
  Endpoint: endpoint,
})
