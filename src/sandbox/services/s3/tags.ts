import { Refusal } from "../../service.ts"
import { type Tag, wholeTags } from "../tags.ts"
import { invalidArgument } from "./records.ts"

/** A bucket's tags as they are kept, or S3's reason to refuse them. */
export const bucketTags = (asked: Parameters<typeof wholeTags>[0]): readonly Tag[] => {
  const kept = wholeTags(asked)
  if (kept.length > 50) throw new Refusal("BadRequest", "Bucket tag count cannot be greater than 50")
  if (new Set(kept.map((tag) => tag.Key)).size < kept.length) {
    invalidTag("Cannot provide multiple Tags with the same key")
  }
  for (const { Key, Value } of kept) {
    if (Key.startsWith("aws:")) invalidTag("System tags cannot be added/updated by requester")
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(Key)) invalidTag("The TagKey you have provided is invalid")
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(Value)) invalidTag("The TagValue you have provided is invalid")
  }
  return kept
}

/** How many tags an object gets from the header that came with it. */
export const objectTagCount = (header: string | undefined): number => {
  if (header === undefined) return 0
  const keys = [...new URLSearchParams(header).keys()]
  if (new Set(keys).size < keys.length || header.includes(",")) {
    invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
    )
  }
  if (keys.length > 10) throw new Refusal("BadRequest", "Object tags cannot be greater than 10")
  return keys.length
}

const invalidTag = (message: string): never => {
  throw new Refusal("InvalidTag", message)
}
