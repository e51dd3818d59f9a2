import type * as client from "@aws-sdk/client-elasticache"
import { type Call, handlers, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { given } from "../given.ts"
import { type Tag, tagsOver, wholeTags } from "../tags.ts"
import { cacheOf, parameterGroupOf, subnetGroupOf, userGroupOf, userOf } from "./lookup.ts"
import { badValue, caches, parameterGroups, statusAt, subnetGroups, userGroups, users } from "./records.ts"

export const tagHandlers = handlers<typeof client>()({
  AddTagsToResource({ ResourceName, Tags }, call) {
    const { tags, keep } = taggedBy(call, ResourceName)
    return { TagList: [...keep(withTags(tags, Tags))] }
  },

  RemoveTagsFromResource({ ResourceName, TagKeys = [] }, call) {
    const { tags, keep } = taggedBy(call, ResourceName)
    const lost = TagKeys.find((key) => !tags.some(({ Key }) => Key === key))
    if (lost !== undefined) throw new Refusal("TagNotFound", `The tag ${lost} was not found on ${ResourceName}.`)
    return { TagList: [...keep(tags.filter(({ Key }) => !TagKeys.includes(Key)))] }
  },

  ListTagsForResource({ ResourceName }, call) {
    return { TagList: [...taggedBy(call, ResourceName).tags] }
  },
})

/** `asked` laid over what is there. */
export const withTags = (present: readonly Tag[], asked: readonly client.Tag[] | undefined): readonly Tag[] => {
  const added = wholeTags(asked)
  const system = added.find(({ Key }) => /^aws:/i.test(Key))
  if (system) throw badValue(`Tag key ${system.Key} is reserved: it begins with aws:`)
  const tags = tagsOver(present, added)
  if (tags.length > 50) throw new Refusal("TagQuotaPerResourceExceeded", "A resource can have at most 50 tags.")
  return tags
}

interface Tagged {
  readonly tags: readonly Tag[]
  keep(tags: readonly Tag[]): readonly Tag[]
}

/** Whose tags an ARN names, and how they are kept. */
const taggedBy = (call: Call, arn: string | undefined): Tagged => {
  const name = given(arn, "resourceName")
  const start = `arn:${call.partition}:elasticache:${call.region}:${call.account}:`
  const [type, id] = name.startsWith(start) ? name.slice(start.length).split(/:(.*)/s) : []
  switch (type) {
    case "subnetgroup":
      return keeping(subnetGroups(call), subnetGroupOf(call, id))
    case "parametergroup":
      return keeping(parameterGroups(call), parameterGroupOf(call, id))
    case "user":
      return keeping(users(call), userOf(call, id))
    case "usergroup":
      return keeping(userGroups(call), userGroupOf(call, id))
    case "replicationgroup": {
      const cache = cacheOf(call, id)
      if (statusAt(cache, call.now) === "available") return keeping(caches(call), cache)
      throw new Refusal("InvalidReplicationGroupState", `ReplicationGroup ${cache.id} is not available.`)
    }
    default:
      throw new Refusal("InvalidARN", `ARN ${name} is invalid.`)
  }
}

const keeping = <R extends { readonly id: string; readonly tags: readonly Tag[] }>(
  table: Table<R>,
  record: R,
): Tagged => ({
  tags: record.tags,
  keep: (tags) => {
    table.put(record.id, { ...record, tags })
    return tags
  },
})
