import { SubscribeCommand, UnsubscribeCommand } from "@aws-sdk/client-sns"
import { flatArn, onAnything } from "../aws/allow.ts"
import type { Cloud } from "../aws/cloud.ts"
import { type Endpoint, endpointName, shownAddress } from "../aws/sns/endpoint.ts"
import { subscribersOf } from "../aws/sns/subscribers.ts"
import { alarmTopic, topicArnFor } from "../aws/sns/topic-names.ts"
import { spendingKindOf } from "../aws/spending.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import type { Scope } from "../engine/types.ts"

/** One who is told of what is published to a topic. */
export interface Subscription {
  readonly id: string
  readonly topicArn: string
  readonly protocol: string
  /** Of a webhook as much as may be shown. */
  readonly endpoint: string
  /** Whether it has been agreed to, where that is asked for: only then is anybody told anything. */
  readonly confirmed: boolean
}

export interface SubscriptionWish {
  readonly scope: Scope
  readonly topic: Need<{ readonly arn: string }>
  readonly endpoint: Endpoint
}

/** That it is not confirmed yet is neither a fault nor waited for: a person has to read a message first. */
export const subscription = ({ scope, topic, endpoint: { protocol, address } }: SubscriptionWish) =>
  step({
    kind: subscriptionKind,
    name: endpointName(protocol, address),
    scope,
    needs: { topic },
    spec: { protocol, endpoint: shownAddress(protocol, address) },
    links: ({ topic }) => ({ topicArn: topic.arn }),
    async create(ctx, { topic }) {
      await ctx.sns.send(new SubscribeCommand({ TopicArn: topic.arn, Protocol: protocol, Endpoint: address }))
    },
  })

export const subscriptionKind: CloudKind<Subscription> = {
  name: "subscription",
  // The same endpoint again is the same subscription, and at most asked once more.
  unique: "name",
  async list(ctx, scopes) {
    const lists = await Promise.all(
      scopes.map(async (scope) => {
        const told = await subscriptionsOf(ctx, topicArnFor(ctx, scope, alarmTopic))
        return told.map((live) => ({ scope, ...live, owner: "ours" as const, phase: "ready" as const }))
      }),
    )
    return lists.flat()
  },
  async destroy(ctx, { id, endpoint }) {
    if (!id.startsWith("arn:"))
      return `a question to ${endpoint} that was never answered: AWS forgets it 48 hours after it was asked, 0.00 USD`
    await ctx.sns.send(new UnsubscribeCommand({ SubscriptionArn: id }))
    return undefined
  },
  fixed: ["topicArn", "protocol", "endpoint"],
  blank: { id: "subscription-new", topicArn: "", protocol: "", endpoint: "", confirmed: false },
  allow: [
    { action: ["sns:Subscribe", "sns:ListSubscriptionsByTopic"], resource: flatArn("sns") },
    // To AWS a subscription is no thing that a policy could name, nor is its topic asked for.
    onAnything("sns:Unsubscribe"),
  ],
  usually: { create: 1, destroy: 1 },
}

export const spendingSubscriptionKind = spendingKindOf(subscriptionKind)

async function subscriptionsOf(ctx: Cloud, topicArn: string) {
  const found = await subscribersOf(ctx.sns, topicArn)
  return found.map(({ address, ...rest }) => ({
    name: endpointName(rest.protocol, address),
    live: { ...rest, endpoint: shownAddress(rest.protocol, address), confirmed: rest.id.startsWith("arn:") },
  }))
}
