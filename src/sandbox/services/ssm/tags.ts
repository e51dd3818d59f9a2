import type * as Ssm from "@aws-sdk/client-ssm"
import { type Call, handlers, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { type Tag, tagsOver, wholeTags } from "../tags.ts"
import { notServed } from "../unserved.ts"
import { documents } from "./documents/records.ts"
import { invalid, parameters } from "./records.ts"

export const tagHandlers = handlers<typeof Ssm>()({
  AddTagsToResource: (input, call) => {
    const { record, table } = taggedBy(input, call)
    table.put(record.Name, { ...record, Tags: withTags(record.Tags, input.Tags) })
    return {}
  },

  RemoveTagsFromResource: (input, call) => {
    const { record, table } = taggedBy(input, call)
    table.put(record.Name, { ...record, Tags: record.Tags.filter(({ Key }) => !input.TagKeys?.includes(Key)) })
    return {}
  },

  ListTagsForResource: (input, call) => ({ TagList: [...taggedBy(input, call).record.Tags] }),
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

interface Bearer {
  readonly Name: string
  readonly Tags: readonly Tag[]
}

const taggedBy = ({ ResourceType, ResourceId = "" }: Tagged, call: Call) => {
  const table = tableOf(ResourceType, call)
  const record = table.get(ResourceId)
  if (!record) throw new Refusal("InvalidResourceId", `The resource ID is not valid: ${ResourceId}`)
  return { record, table }
}

/** What is changed of a record is its tags alone, whichever it is. */
const tableOf = (type: Ssm.ResourceTypeForTagging | undefined, call: Call): Table<Bearer> => {
  if (type === "Parameter") return parameters(call) as Table<Bearer>
  if (type === "Document") return documents(call) as Table<Bearer>
  throw notServed(`tags of the resource type ${type}`)
}
