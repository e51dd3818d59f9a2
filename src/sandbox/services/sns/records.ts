import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { regional } from "../regional.ts"
import type { Tag } from "../tags.ts"

export interface TopicRecord {
  readonly arn: string
  /** As they were given; what AWS adds is added where they are shown. */
  readonly attributes: Readonly<Record<string, string>>
  readonly Tags: readonly Tag[]
}

export interface SubscriptionRecord {
  readonly arn: string
  readonly topicArn: string
  readonly protocol: string
  readonly endpoint: string
  /** Whoever has it can confirm: SNS sends it to the endpoint. */
  readonly token: string
  readonly confirmed: boolean
  readonly asked: number
}

export const topics = (call: Call): Table<TopicRecord> => regional(call, "sns/topic")

const subscriptions = (call: Call): Table<SubscriptionRecord> => regional(call, "sns/subscription")

export const putSubscription = (call: Call, record: SubscriptionRecord): SubscriptionRecord => {
  subscriptions(call).put(record.arn, record)
  return record
}

export const dropSubscription = (call: Call, { arn }: SubscriptionRecord): void => {
  subscriptions(call).delete(arn)
}

/** All that count: what nobody confirmed is forgotten after two days. */
export const standing = (call: Call): readonly SubscriptionRecord[] =>
  subscriptions(call)
    .all()
    .filter(({ confirmed, asked }) => confirmed || call.now - asked < PATIENCE)

const PATIENCE = 48 * 3_600_000

export const invalid = (what: string): Refusal => new Refusal("InvalidParameter", `Invalid parameter: ${what}`)

export const topicOf = (call: Call, arn: string | undefined): TopicRecord => {
  checkArn(arn, "TopicArn")
  const topic = topics(call).get(arn)
  if (!topic) throw new Refusal("NotFound", "Topic does not exist")
  return topic
}

/** Narrows to a text that has the shape of an ARN. */
export function checkArn(arn: string | undefined, member: string): asserts arn is string {
  const parts = (arn ?? "").split(":").length
  if (arn === undefined || parts < 6)
    throw invalid(`${member} Reason: An ARN must have at least 6 elements, not ${arn ? parts : 0}`)
}
