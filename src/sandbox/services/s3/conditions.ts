import { Refusal } from "../../service.ts"
import type { ContentVersion, Version } from "./records.ts"

interface WriteConditions {
  readonly IfMatch?: string | undefined
  readonly IfNoneMatch?: string | undefined
}

/** Whether a conditional write may go on. Only the current version counts, and a delete marker counts as no object. */
export const checkWrite = (current: Version | undefined, { IfMatch, IfNoneMatch }: WriteConditions): void => {
  if (IfMatch !== undefined && IfNoneMatch !== undefined) notAccepted()
  if (IfNoneMatch !== undefined) {
    if (IfNoneMatch !== "*") notAccepted()
    if (current?.Kind === "content") throw failed()
  }
  if (IfMatch !== undefined) {
    if (IfMatch === "*") notAccepted()
    if (current?.Kind !== "content") throw noSuchKey()
    if (!sameETag(IfMatch, current.ETag)) throw failed()
  }
}

/** Whether a conditional delete may go on; unlike a write it takes `*` for any object. */
export const checkDelete = (current: Version | undefined, expected: string | undefined): void => {
  if (expected === undefined) return
  if (current === undefined) throw noSuchKey()
  if (current.Kind === "marker") throw failed()
  if (expected !== "*" && !sameETag(expected, current.ETag)) throw failed()
}

interface ReadConditions extends WriteConditions {
  readonly IfModifiedSince?: Date | undefined
  readonly IfUnmodifiedSince?: Date | undefined
}

/** Whether a conditional read gets the object. An ETag's verdict comes before a date's, as RFC 9110 orders them. */
export const checkRead = (version: ContentVersion, wish: ReadConditions): void => {
  const { IfMatch, IfUnmodifiedSince, IfNoneMatch, IfModifiedSince } = wish
  if (IfMatch !== undefined) {
    if (!sameETag(IfMatch, version.ETag)) throw failed()
  } else if (IfUnmodifiedSince !== undefined && version.LastModified > IfUnmodifiedSince.getTime()) {
    throw failed()
  }
  const unchanged =
    IfNoneMatch !== undefined
      ? sameETag(IfNoneMatch, version.ETag)
      : IfModifiedSince !== undefined && version.LastModified <= IfModifiedSince.getTime()
  if (unchanged) throw new Refusal("NotModified", "Not Modified", 304)
}

export const noSuchKey = (): Refusal => new Refusal("NoSuchKey", "The specified key does not exist.", 404)

// S3 takes an ETag with or without its quotes.
const sameETag = (wanted: string, actual: string): boolean => wanted === "*" || bare(wanted) === bare(actual)

const bare = (etag: string): string => etag.replace(/^"|"$/g, "")

const failed = (): Refusal =>
  new Refusal("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412)

const notAccepted = (): never => {
  const message = "A header you provided implies functionality that is not implemented"
  throw new Refusal("NotImplemented", message, 501)
}
