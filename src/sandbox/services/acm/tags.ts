import type * as acm from "@aws-sdk/client-acm"
import { handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { type Tag, tagsOver, wholeTags } from "../tags.ts"
import { certificateOf, certificates } from "./records.ts"

export const tagHandlers = handlers<typeof acm>()({
  AddTagsToCertificate(input, call) {
    const found = certificateOf(call, input.CertificateArn)
    certificates(call).put(found.arn, { ...found, tags: withTags(found.tags, given(input.Tags, "tags")) })
    return {}
  },

  RemoveTagsFromCertificate(input, call) {
    const found = certificateOf(call, input.CertificateArn)
    const gone = given(input.Tags, "tags")
    // With a value, only the tag that has it goes.
    const goes = (tag: Tag) => gone.some(({ Key, Value }) => Key === tag.Key && (Value ?? tag.Value) === tag.Value)
    certificates(call).put(found.arn, { ...found, tags: found.tags.filter((tag) => !goes(tag)) })
    return {}
  },

  ListTagsForCertificate(input, call) {
    return { Tags: [...certificateOf(call, input.CertificateArn).tags] }
  },
})

/** `added` laid over `present`, by AWS's rules for tags. */
export const withTags = (present: readonly Tag[], added: readonly acm.Tag[]): readonly Tag[] => {
  const whole = wholeTags(added.map(({ Key, Value }) => ({ Key, Value })))
  const system = whole.find(({ Key }) => /^aws:/i.test(Key))
  if (system) throw new Refusal("InvalidTagException", `Tag key ${system.Key} is invalid: aws: is reserved`)
  const tags = tagsOver(present, whole)
  if (tags.length > 50) throw new Refusal("TooManyTagsException", "A certificate can have at most 50 tags.")
  return tags
}
