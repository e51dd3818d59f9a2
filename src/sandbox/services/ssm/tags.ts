import type * as Ssm from "@aws-sdk/client-ssm"
import { type Call, handlers, Refusal } from "../../service.ts"
import { invalid, type ParameterRecord, parameters, type Tag } from "./records.ts"

const most = 50

export const tagHandlers = handlers<typeof Ssm>()({
  AddTagsToResource: (input, call) => {
    const record = recordFor(input, call)
    parameters(call).put(record.Name, { ...record, Tags: withTags(record.Tags, input.Tags) })
    return {}
  },

  RemoveTagsFromResource: (input, call) => {
    const record = recordFor(input, call)
    const left = record.Tags.filter(({ Key }) => !input.TagKeys?.includes(Key))
    parameters(call).put(record.Name, { ...record, Tags: left })
    return {}
  },

  ListTagsForResource: (input, call) => ({ TagList: recordFor(input, call).Tags.map((tag) => ({ ...tag })) }),
})

export function withTags(present: readonly Tag[], added: readonly Ssm.Tag[] = []): readonly Tag[] {
  const tags = new Map(present.map(({ Key, Value }) => [Key, Value]))
  for (const { Key = "", Value = "" } of added) {
    if (/^aws:/i.test(Key)) throw invalid(`Tag key ${Key} is not valid: the prefix aws: is reserved.`)
    tags.set(Key, Value)
  }
  if (tags.size > most) throw new Refusal("TooManyTagsError", `A resource has at most ${most} tags.`)
  return [...tags].map(([Key, Value]) => ({ Key, Value }))
}

interface Tagged {
  readonly ResourceType: string | undefined
  readonly ResourceId: string | undefined
}

function recordFor({ ResourceType, ResourceId = "" }: Tagged, call: Call): ParameterRecord {
  if (ResourceType !== "Parameter")
    throw new Refusal("InvalidResourceType", `The sandbox keeps no tags of the resource type ${ResourceType}.`)
  const record = parameters(call).get(ResourceId)
  if (!record) throw new Refusal("InvalidResourceId", `The resource ID ${ResourceId} is not valid.`)
  return record
}
