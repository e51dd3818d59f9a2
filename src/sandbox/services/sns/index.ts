import type { Service } from "../../service.ts"
import { publishHandlers } from "./publish.ts"
import * as schemas from "./schemas.ts"
import { subscriptionHandlers } from "./subscription.ts"
import { tagHandlers } from "./tags.ts"
import { topicHandlers } from "./topic.ts"

/** Topics and who is told of what is published to them. */
export const sns: Service = {
  signingName: "sns",
  schemas,
  handlers: { ...topicHandlers, ...subscriptionHandlers, ...publishHandlers, ...tagHandlers },
  // Publish keeps nothing, and yet a caller would not take it for a question.
  reads: /^(Get|List)/,
  limits: [
    [/^(ListTagsForResource|TagResource|UntagResource)$/, 10, 10],
    [/^(ListTopics|ListSubscriptionsByTopic|CreateTopic|DeleteTopic)$/, 30, 30],
    [/^/, 100, 100],
  ],
}
