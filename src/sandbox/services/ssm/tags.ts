import type * as Ssm from "@aws-sdk/client-ssm"
import { type Call, handlers, Refusal } from "../../service.ts"
import { type Tag, tagsOver, wholeTags } from "../tags.ts"
import { notServed } from "../unserved.ts"
import { invalid, type ParameterRecord, parameters } from "./records.ts"

export const tagHandlers = handlers<typeof Ssm>()({
  AddTagsToResource: (input, call) => {
    const record = recordFor(input, call)
    parameters(call).put(record.Name, { ...record, Tags: withTags(record.Tags, input.Tags) })
    return {}
  },

  RemoveTagsFromResource: (input, call) => {
    const record = recordFor(input, call)
    const Tags = record.Tags.filter(({ Key }) => !input.TagKeys?.includes(Key))
    parameters(call).put(record.Name, { ...record, Tags })
    return {}
  },

  ListTagsForResource: (input, call) => ({ TagList: [...recordFor(input, call).Tags] }),
})

export const withTags = (present: readonly Tag[], asked: readonly Ssm.Tag[] = []): readonly Tag[] => {
  const added = wholeTags(asked)
  const system = added.find(({ Key }) => /^aws:/i.test(Key))
  if (system) throw invalid(`Tag key ${system.Key} is not valid: the prefix aws: is reserved for system use.`)
  const tags = tagsOver(present, added)
  if (tags.length > MOST) throw new Refusal("TooManyTagsError", `A resource can have at most ${MOST} tags.`)
  return tags
}

const MOST = 50

interface Tagged {
  readonly ResourceType: Ssm.ResourceTypeForTagging | undefined
  readonly ResourceId: string | undefined
}

const recordFor = ({ ResourceType, ResourceId = "" }: Tagged, call: Call): ParameterRecord => {
  if (ResourceType !== "Parameter") throw notServed(`tags of the resource type ${ResourceType}`)
  const record = parameters(call).get(ResourceId)
  if (!record) throw new Refusal("InvalidResourceId", `The resource ID is not valid: ${ResourceId}`)
  return record
}
