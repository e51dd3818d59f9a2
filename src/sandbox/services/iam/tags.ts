import { Refusal } from "../../service.ts"
import type { Tag } from "./records.ts"

type TagInput = { readonly Key: string | undefined; readonly Value: string | undefined }

/** `added` laid over `present`; IAM compares keys without case. */
export const withTags = (present: readonly Tag[], added: readonly TagInput[] = []): readonly Tag[] => {
  const tags = added.map(({ Key = "", Value = "" }) => ({ Key, Value }))
  const keys = new Set(tags.map((tag) => tag.Key.toLowerCase()))
  if (keys.size < tags.length) {
    throw refused("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
  }
  const system = tags.find((tag) => /^aws:/i.test(tag.Key))
  if (system) throw refused(`Tag key ${system.Key} is not valid: the prefix aws: is reserved for system use.`)
  const replaced = present.map((old) => tags.find((tag) => sameKey(tag, old)) ?? old)
  const all = [...replaced, ...tags.filter((tag) => !present.some((old) => sameKey(tag, old)))]
  if (all.length > 50) {
    throw new Refusal("LimitExceededException", "The number of tags has reached the maximum limit.", 409)
  }
  return all
}

export const withoutTags = (present: readonly Tag[], keys: readonly string[] = []): readonly Tag[] => {
  const gone = new Set(keys.map((key) => key.toLowerCase()))
  return present.filter((tag) => !gone.has(tag.Key.toLowerCase()))
}

const sameKey = (a: Tag, b: Tag): boolean => a.Key.toLowerCase() === b.Key.toLowerCase()

const refused = (message: string): Refusal => new Refusal("InvalidInputException", message)
