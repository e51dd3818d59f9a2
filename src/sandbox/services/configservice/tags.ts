import type * as Config from "@aws-sdk/client-config-service"
import { type Call, handlers, Refusal } from "../../service.ts"
import { type Tag, tagsOver, wholeTags } from "../tags.ts"
import { refuseUnserved } from "../unserved.ts"
import { type RecorderRecord, recorders } from "./records.ts"

export const tagHandlers = handlers<typeof Config>()({
  TagResource: (input, call) => {
    const one = taggedOf(call, input.ResourceArn)
    recorders(call).put(one.name, { ...one, Tags: withTags(one.Tags, input.Tags) })
    return {}
  },

  UntagResource: (input, call) => {
    const one = taggedOf(call, input.ResourceArn)
    recorders(call).put(one.name, { ...one, Tags: one.Tags.filter(({ Key }) => !input.TagKeys?.includes(Key)) })
    return {}
  },

  ListTagsForResource: (input, call) => {
    refuseUnserved(input, ["Limit", "NextToken"])
    return { Tags: [...taggedOf(call, input.ResourceArn).Tags] }
  },
})

export const withTags = (present: readonly Tag[], asked: Parameters<typeof wholeTags>[0]): readonly Tag[] => {
  const added = wholeTags(asked)
  if (added.some(({ Key }) => /^aws:/i.test(Key)))
    throw new Refusal("ValidationException", "Tag keys must not begin with aws:")
  const tags = tagsOver(present, added)
  if (tags.length > 50) throw new Refusal("TooManyTagsException", "A resource can have at most 50 tags.")
  return tags
}

const taggedOf = (call: Call, arn: string | undefined): RecorderRecord => {
  const found = recorders(call)
    .all()
    .find((one) => one.arn === arn)
  if (!found) throw new Refusal("ResourceNotFoundException", `ResourceArn '${arn}' does not exist`)
  return found
}
