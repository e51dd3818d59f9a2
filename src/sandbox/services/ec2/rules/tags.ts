import type { ResourceType, Tag, TagSpecification } from "@aws-sdk/client-ec2"
import { type Call, Refusal } from "../../../service.ts"
import type { Table } from "../../../store.ts"
import { regional } from "../../regional.ts"
import type { Entity, Kind } from "./kind.ts"

/** The tags of one resource; they lie in a table of their own, so that no resource's code has to keep them. */
export interface TagsRecord {
  readonly type: ResourceType
  readonly tags: readonly { readonly Key: string; readonly Value: string }[]
}

const tables = (call: Call): Table<TagsRecord> => regional(call, "ec2/tags")

export const tagsOf = (call: Call, id: string): TagsRecord["tags"] => tables(call).get(id)?.tags ?? []

/** As an answer shows them: SDK types want an array of their own. */
export const tagsView = (call: Call, id: string): Tag[] => tagsOf(call, id).map((tag) => ({ ...tag }))

/** Refuses specifications for types that the operation doesn't make, before anything is made. */
export const checkTagTypes = (
  specifications: readonly TagSpecification[] | undefined,
  types: readonly ResourceType[],
): void => {
  for (const { ResourceType: type, Tags } of specifications ?? []) {
    if (!type || !types.includes(type)) {
      throw new Refusal("InvalidParameterValue", `'${type}' is not a valid taggable resource type for this operation.`)
    }
    if (!Tags?.length) throw new Refusal("InvalidParameterValue", "Tag specification must have at least one tag")
  }
}

/** Tags at birth: those meant for a new resource of this kind. */
export const tagAtBirth = <R extends Entity>(
  call: Call,
  kind: Kind<R>,
  id: string,
  specifications: readonly TagSpecification[] | undefined,
): void => {
  const mine = (specifications ?? []).filter((specification) => specification.ResourceType === kind.type)
  const tags = mine.flatMap((specification) => specification.Tags ?? [])
  if (new Set(tags.map((tag) => tag.Key)).size < tags.length) {
    throw new Refusal(
      "InvalidParameterValue",
      "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    )
  }
  addTags(call, kind.type, id, tags)
}

/** A key that is there takes the new value. The type is kept with the tags, which are listed by it. */
export const addTags = (call: Call, type: ResourceType, id: string, added: readonly Tag[]): void => {
  if (!added.length) return
  const byKey = new Map(tagsOf(call, id).map((tag) => [tag.Key, tag.Value]))
  for (const tag of added) {
    const { Key, Value } = checkTag(tag)
    byKey.set(Key, Value)
  }
  if (byKey.size > 50) {
    throw new Refusal("TagLimitExceeded", "The maximum number of Tags for a resource has been reached.")
  }
  const tags = [...byKey].map(([Key, Value]) => ({ Key, Value }))
  tables(call).put(id, { type, tags })
}

/** Goes with the resource, or a later one would inherit them in a listing. */
export const dropTags = (call: Call, id: string): void => {
  tables(call).delete(id)
}

const checkTag = ({ Key = "", Value = "" }: Tag): TagsRecord["tags"][number] => {
  if (!Key) throw new Refusal("InvalidParameterValue", "Tag key cannot be null or empty.")
  if (/^aws:/i.test(Key)) {
    throw new Refusal(
      "InvalidParameterValue",
      `Value ( ${Key} ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved for internal use`,
    )
  }
  if (Key.length > 128)
    throw new Refusal("InvalidParameterValue", `Tag key exceeds the maximum length of 128 characters`)
  if (Value.length > 256) {
    throw new Refusal("InvalidParameterValue", `Tag value exceeds the maximum length of 256 characters`)
  }
  return { Key, Value }
}
