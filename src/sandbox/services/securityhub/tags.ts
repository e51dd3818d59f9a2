import type * as Hub from "@aws-sdk/client-securityhub"
import { type Call, handlers, Refusal } from "../../service.ts"
import { type Tag, tagsOver } from "../tags.ts"
import { type HubRecord, hubHere, invalid, keepHub } from "./records.ts"

export const tagHandlers = handlers<typeof Hub>()({
  TagResource: (input, call) => {
    const hub = taggedOf(call, input.ResourceArn)
    keepHub(call, { ...hub, Tags: tagsFrom(hub.Tags, input.Tags) })
    return {}
  },

  UntagResource: (input, call) => {
    const hub = taggedOf(call, input.ResourceArn)
    keepHub(call, { ...hub, Tags: hub.Tags.filter(({ Key }) => !input.TagKeys?.includes(Key)) })
    return {}
  },

  ListTagsForResource: (input, call) => ({
    Tags: Object.fromEntries(taggedOf(call, input.ResourceArn).Tags.map(({ Key, Value }) => [Key, Value])),
  }),
})

export const tagsFrom = (present: readonly Tag[], asked: Readonly<Record<string, string>> = {}): readonly Tag[] => {
  const added = Object.entries(asked).map(([Key, Value]) => ({ Key, Value }))
  if (added.some(({ Key }) => /^aws:/i.test(Key))) throw invalid("Invalid parameter: tag keys must not begin with aws:")
  const tags = tagsOver(present, added)
  if (tags.length > 50) throw invalid("Invalid parameter: a resource can have at most 50 tags")
  return tags
}

const taggedOf = (call: Call, arn: string | undefined): HubRecord => {
  const hub = hubHere(call)
  if (!hub || hub.arn !== arn) throw new Refusal("ResourceNotFoundException", `There is no resource ${arn}`)
  return hub
}
