import type * as Analyzer from "@aws-sdk/client-accessanalyzer"
import { handlers } from "../../service.ts"
import { type Tag, tagsOver } from "../tags.ts"
import { analyzerByArn, analyzers, invalid } from "./records.ts"

export const tagHandlers = handlers<typeof Analyzer>()({
  TagResource: (input, call) => {
    const one = analyzerByArn(call, input.resourceArn)
    analyzers(call).put(one.name, { ...one, Tags: tagsFrom(one.Tags, input.tags) })
    return {}
  },

  UntagResource: (input, call) => {
    const one = analyzerByArn(call, input.resourceArn)
    const Tags = one.Tags.filter(({ Key }) => !input.tagKeys?.includes(Key))
    analyzers(call).put(one.name, { ...one, Tags })
    return {}
  },
})

export const tagsFrom = (present: readonly Tag[], asked: Readonly<Record<string, string>> = {}): readonly Tag[] => {
  const added = Object.entries(asked).map(([Key, Value]) => ({ Key, Value }))
  if (added.some(({ Key }) => /^aws:/i.test(Key))) throw invalid("Tag keys must not begin with aws:")
  const tags = tagsOver(present, added)
  if (tags.length > 50) throw invalid("A resource can have at most 50 tags")
  return tags
}
