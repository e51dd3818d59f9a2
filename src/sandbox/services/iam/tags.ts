import { Refusal } from "../../service.ts"
import { type Tag, tagsOver, wholeTags } from "../tags.ts"

/** `asked` laid over `present`; IAM compares keys without case. */
export const withTags = (present: readonly Tag[], asked: Parameters<typeof wholeTags>[0]): readonly Tag[] => {
  const added = wholeTags(asked)
  if (new Set(added.map((tag) => fold(tag.Key))).size < added.length) {
    throw refused("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
  }
  const system = added.find((tag) => /^aws:/i.test(tag.Key))
  if (system) throw refused(`Tag key ${system.Key} is not valid: the prefix aws: is reserved for system use.`)
  const tags = tagsOver(present, added, fold)
  if (tags.length > 50) {
    throw new Refusal("LimitExceededException", "The number of tags has reached the maximum limit.", 409)
  }
  return tags
}

export const withoutTags = (present: readonly Tag[], keys: readonly string[] = []): readonly Tag[] => {
  const gone = new Set(keys.map(fold))
  return present.filter((tag) => !gone.has(fold(tag.Key)))
}

const fold = (key: string): string => key.toLowerCase()

const refused = (message: string): Refusal => new Refusal("InvalidInputException", message)
