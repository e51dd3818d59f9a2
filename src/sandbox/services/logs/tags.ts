import type * as Logs from "@aws-sdk/client-cloudwatch-logs"
import { type Call, handlers, Refusal } from "../../service.ts"
import { type Tag, tagsOver } from "../tags.ts"
import { type GroupRecord, groupArn, groups, invalid } from "./records.ts"

export const tagHandlers = handlers<typeof Logs>()({
  TagResource: (input, call) => {
    const group = taggedOf(call, input.resourceArn)
    groups(call).put(group.name, { ...group, Tags: tagsFrom(group.Tags, input.tags) })
    return {}
  },

  UntagResource: (input, call) => {
    const group = taggedOf(call, input.resourceArn)
    const Tags = group.Tags.filter(({ Key }) => !input.tagKeys?.includes(Key))
    groups(call).put(group.name, { ...group, Tags })
    return {}
  },

  ListTagsForResource: (input, call) => {
    const { Tags } = taggedOf(call, input.resourceArn)
    return { tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])) }
  },
})

export const tagsFrom = (present: readonly Tag[], asked: Readonly<Record<string, string>> = {}): readonly Tag[] => {
  const added = Object.entries(asked).map(([Key, Value]) => ({ Key, Value }))
  if (added.some(({ Key }) => /^aws:/i.test(Key))) throw invalid("Tag keys must not begin with aws:")
  const tags = tagsOver(present, added)
  if (tags.length > MOST) throw new Refusal("TooManyTagsException", `A resource can have at most ${MOST} tags.`)
  return tags
}

const MOST = 50

const taggedOf = (call: Call, arn = ""): GroupRecord => {
  const found = groups(call)
    .all()
    .find(({ name }) => groupArn(call, name) === arn.replace(/:\*$/, ""))
  if (!found) throw new Refusal("ResourceNotFoundException", "The specified resource does not exist.")
  return found
}
