import { paginateListSubscriptionsByTopic, type SNSClient } from "@aws-sdk/client-sns"
import { NotFound } from "../../errors.ts"
import { everyItem } from "../pages.ts"

/** One who is told of what is published to a topic, with the whole of his address: not for anybody's eyes. */
export interface Subscriber {
  /** No ARN before it is confirmed. */
  readonly id: string
  readonly topicArn: string
  readonly protocol: string
  readonly address: string
}

/** Of a topic that is not there, nobody is told. */
export async function subscribersOf(client: SNSClient, TopicArn: string): Promise<readonly Subscriber[]> {
  const pages = paginateListSubscriptionsByTopic({ client }, { TopicArn })
  const found = await ifThere(everyItem(pages, (page) => page.Subscriptions))
  return found
    .filter(({ SubscriptionArn }) => SubscriptionArn !== "Deleted")
    .map(({ SubscriptionArn: id = "", TopicArn: topicArn = "", Protocol: protocol = "", Endpoint: address = "" }) => ({
      id,
      topicArn,
      protocol,
      address,
    }))
}

async function ifThere<T>(reading: Promise<readonly T[]>): Promise<readonly T[]> {
  return reading.catch((error: unknown) => {
    if (error instanceof NotFound) return []
    throw error
  })
}
