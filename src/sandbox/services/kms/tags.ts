import type * as Kms from "@aws-sdk/client-kms"
import { handlers, Refusal } from "../../service.ts"
import { type Tag, tagsOver } from "../tags.ts"
import { refuseUnserved } from "../unserved.ts"
import { keepKey, keyOf, stayingKey } from "./records.ts"

export const tagHandlers = handlers<typeof Kms>()({
  TagResource: (input, call) => {
    const key = stayingKey(call, input.KeyId)
    keepKey(call, { ...key, Tags: withTags(key.Tags, input.Tags) })
    return {}
  },

  UntagResource: (input, call) => {
    const key = stayingKey(call, input.KeyId)
    keepKey(call, { ...key, Tags: key.Tags.filter(({ Key }) => !input.TagKeys?.includes(Key)) })
    return {}
  },

  ListResourceTags: (input, call) => {
    refuseUnserved(input, ["Limit", "Marker"])
    const { Tags } = keyOf(call, input.KeyId)
    return { Tags: Tags.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value })), Truncated: false }
  },
})

export const withTags = (present: readonly Tag[], asked: readonly Kms.Tag[] = []): readonly Tag[] => {
  const added = asked.map(({ TagKey = "", TagValue = "" }) => ({ Key: TagKey, Value: TagValue }))
  if (added.some(({ Key }) => /^aws:/i.test(Key)))
    throw new Refusal("TagException", "Tag keys must not begin with aws:")
  const tags = tagsOver(present, added)
  if (tags.length > 50) throw new Refusal("LimitExceededException", "A key can have at most 50 tags.")
  return tags
}
