import type * as Sns from "@aws-sdk/client-sns"
import { type Call, handlers, Refusal } from "../../service.ts"
import { type Tag, tagsOver, wholeTags } from "../tags.ts"
import { checkArn, invalid, type TopicRecord, topics } from "./records.ts"

export const tagHandlers = handlers<typeof Sns>()({
  TagResource: (input, call) => {
    const topic = taggedOf(call, input.ResourceArn)
    topics(call).put(topic.arn, { ...topic, Tags: withTags(topic.Tags, wholeTags(input.Tags)) })
    return {}
  },

  UntagResource: (input, call) => {
    const topic = taggedOf(call, input.ResourceArn)
    const Tags = topic.Tags.filter(({ Key }) => !input.TagKeys?.includes(Key))
    topics(call).put(topic.arn, { ...topic, Tags })
    return {}
  },

  ListTagsForResource: (input, call) => ({ Tags: [...taggedOf(call, input.ResourceArn).Tags] }),
})

export const withTags = (present: readonly Tag[], added: readonly Tag[]): readonly Tag[] => {
  if (added.some(({ Key }) => /^aws:/i.test(Key))) throw invalid("Tags Reason: The aws: prefix is reserved")
  const tags = tagsOver(present, added)
  if (tags.length > MOST)
    throw new Refusal("TagLimitExceeded", "Could not complete request: tag quota of per resource exceeded")
  return tags
}

const MOST = 50

const taggedOf = (call: Call, arn: string | undefined): TopicRecord => {
  checkArn(arn, "ResourceArn")
  const topic = topics(call).get(arn)
  if (!topic) throw new Refusal("ResourceNotFound", "Resource does not exist")
  return topic
}
