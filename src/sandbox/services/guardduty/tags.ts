import type * as GuardDuty from "@aws-sdk/client-guardduty"
import { type Call, handlers } from "../../service.ts"
import { type Tag, tagsOver } from "../tags.ts"
import { bad, type DetectorRecord, detectorOf, detectors } from "./records.ts"

export const tagHandlers = handlers<typeof GuardDuty>()({
  TagResource: (input, call) => {
    const one = taggedOf(call, input.ResourceArn)
    detectors(call).put(one.id, { ...one, Tags: tagsFrom(one.Tags, input.Tags) })
    return {}
  },

  UntagResource: (input, call) => {
    const one = taggedOf(call, input.ResourceArn)
    detectors(call).put(one.id, { ...one, Tags: one.Tags.filter(({ Key }) => !input.TagKeys?.includes(Key)) })
    return {}
  },
})

export const tagsFrom = (present: readonly Tag[], asked: Readonly<Record<string, string>> = {}): readonly Tag[] => {
  const added = Object.entries(asked).map(([Key, Value]) => ({ Key, Value }))
  if (added.some(({ Key }) => /^aws:/i.test(Key))) throw bad("The request is rejected because of an invalid tag key.")
  const tags = tagsOver(present, added)
  if (tags.length > 50) throw bad("The request is rejected because the tag limit is exceeded.")
  return tags
}

const taggedOf = (call: Call, arn = ""): DetectorRecord => {
  const start = `arn:${call.partition}:guardduty:${call.region}:${call.account}:detector/`
  if (!arn.startsWith(start)) throw bad("The request is rejected because an invalid resource ARN is specified.")
  return detectorOf(call, arn.slice(start.length))
}
