import type * as rds from "@aws-sdk/client-rds"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { type Tag, tagsOver, wholeTags } from "../tags.ts"
import { refuseUnserved } from "../unserved.ts"
import { instanceOf, parameterGroupOf, snapshotOf, subnetGroupOf } from "./lookup.ts"
import { instances, parameterGroups, snapshots, subnetGroups } from "./records.ts"

export const tagHandlers = handlers<typeof rds>()({
  AddTagsToResource({ ResourceName, Tags }, call) {
    const { tags, keep } = taggedBy(call, ResourceName)
    keep(withTags(tags, Tags))
    return {}
  },

  RemoveTagsFromResource({ ResourceName, TagKeys = [] }, call) {
    const { tags, keep } = taggedBy(call, ResourceName)
    keep(tags.filter(({ Key }) => !TagKeys.includes(Key)))
    return {}
  },

  ListTagsForResource(input, call) {
    refuseUnserved(input, ["Filters"])
    return { TagList: [...taggedBy(call, input.ResourceName).tags] }
  },
})

/** `asked` laid over what is there. */
export const withTags = (present: readonly Tag[], asked: Parameters<typeof wholeTags>[0]): readonly Tag[] => {
  const added = wholeTags(asked)
  const system = added.find(({ Key }) => /^(aws|rds):/i.test(Key))
  if (system)
    throw new Refusal("InvalidParameterValue", `Tag key ${system.Key} is reserved: it begins with aws: or rds:`)
  const tags = tagsOver(present, added)
  if (tags.length > 50)
    throw new Refusal("InvalidParameterValue", "The number of tags on a resource cannot be more than 50.")
  return tags
}

/** Whose tags an ARN names, and how they are kept. */
const taggedBy = (
  call: Call,
  given_: string | undefined,
): { readonly tags: readonly Tag[]; keep(tags: readonly Tag[]): void } => {
  const arn = given(given_, "resourceName")
  const start = `arn:${call.partition}:rds:${call.region}:${call.account}:`
  const [type, ...rest] = arn.startsWith(start) ? arn.slice(start.length).split(":") : []
  const name = rest.join(":")
  switch (type) {
    case "db":
      return keeping(instances(call), instanceOf(call, name).id, instanceOf(call, name))
    case "subgrp":
      return keeping(subnetGroups(call), subnetGroupOf(call, name).name, subnetGroupOf(call, name))
    case "pg":
      return keeping(parameterGroups(call), parameterGroupOf(call, name).name, parameterGroupOf(call, name))
    case "snapshot":
      return keeping(snapshots(call), snapshotOf(call, name).id, snapshotOf(call, name))
    default:
      throw new Refusal("InvalidParameterValue", `Invalid resource name: ${arn}`)
  }
}

const keeping = <R extends { readonly tags: readonly Tag[] }>(
  table: { put(id: string, record: R): void },
  id: string,
  record: R,
) => ({ tags: record.tags, keep: (tags: readonly Tag[]) => table.put(id, { ...record, tags }) })
