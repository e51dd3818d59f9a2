import type * as client from "@aws-sdk/client-secrets-manager"
import { handlers } from "../../service.ts"
import { given } from "../given.ts"
import { type Tag, tagsOver, wholeTags } from "../tags.ts"
import { badParameter, findUsable, saveSecret } from "./records.ts"

export const tagHandlers = handlers<typeof client>()({
  TagResource: (input, call) => {
    const record = findUsable(call, given(input.SecretId, "secretId", "ValidationException"))
    saveSecret(call, { ...record, Tags: withTags(record.Tags, input.Tags), changed: call.now })
    return {}
  },

  UntagResource: (input, call) => {
    const record = findUsable(call, given(input.SecretId, "secretId", "ValidationException"))
    const Tags = record.Tags.filter(({ Key }) => !input.TagKeys?.includes(Key))
    saveSecret(call, { ...record, Tags, changed: call.now })
    return {}
  },
})

export const withTags = (present: readonly Tag[], asked: readonly client.Tag[] | undefined): readonly Tag[] => {
  const added = wholeTags(asked?.map(({ Key, Value }) => ({ Key, Value })))
  const system = added.find(({ Key }) => /^aws:/i.test(Key))
  if (system) throw badParameter(`Tag key ${system.Key} is not valid: keys that begin with aws: are reserved.`)
  const keys = added.map(({ Key }) => Key)
  if (new Set(keys).size < keys.length) throw badParameter("Tag keys must be unique.")
  const tags = tagsOver(present, added)
  if (tags.length > MOST) throw badParameter(`A secret can have at most ${MOST} tags.`)
  return tags
}

const MOST = 50
