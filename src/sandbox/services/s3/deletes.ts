import type * as S3 from "@aws-sdk/client-s3"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { notServed, refuseUnserved } from "../unserved.ts"
import { checkDelete } from "./conditions.ts"
import { httpNow } from "./objects.ts"
import { type BucketRecord, bucketFor, malformedXml } from "./records.ts"
import { addVersion, checkVersionId, keepVersions, nextVersionId, versionsOf } from "./versions.ts"

export const deleteHandlers = handlers<typeof S3>()({
  DeleteObject: (input, call) => {
    refuseUnserved(input, ["MFA", "BypassGovernanceRetention", "IfMatchLastModifiedTime", "IfMatchSize"])
    const bucket = bucketFor(input, call)
    const key = given(input.Key, "Key", "InvalidRequest")
    checkVersionId(bucket, key, input.VersionId)
    return deleteOne(call, bucket, key, input.VersionId, input.IfMatch)
  },

  DeleteObjects: (input, call) => {
    refuseUnserved(input, ["MFA", "BypassGovernanceRetention"])
    const bucket = bucketFor(input, call)
    const wanted = input.Delete?.Objects ?? []
    if (wanted.length === 0 || wanted.length > 1000) malformedXml()
    const Deleted: S3.DeletedObject[] = []
    const Errors: S3._Error[] = []
    for (const object of wanted) refuseUnserved(object, ["LastModifiedTime", "Size"])
    for (const { Key = "", VersionId, ETag } of wanted) {
      try {
        refuseUnknownVersion(bucket, Key, VersionId)
        const done = deleteOne(call, bucket, Key, VersionId, ETag)
        Deleted.push(deletedView(Key, VersionId, done))
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        Errors.push({ Key, VersionId, Code: error.code, Message: error.message })
      }
    }
    return { ...(!input.Delete?.Quiet && Deleted.length > 0 && { Deleted }), ...(Errors.length > 0 && { Errors }) }
  },
})

interface Deleted {
  readonly DeleteMarker?: true
  readonly VersionId?: string
}

const deleteOne = (
  call: Call,
  bucket: BucketRecord,
  key: string,
  id: string | undefined,
  expected: string | undefined,
): Deleted => {
  const versions = versionsOf(call, bucket, key)
  if (id !== undefined) {
    // A condition speaks of the current version.
    if (expected !== undefined) throw notServed("a condition on a version that is named")
    const gone = versions.find((version) => version.VersionId === id)
    const rest = versions.filter((version) => version !== gone)
    if (gone) keepVersions(call, bucket, key, rest)
    return { VersionId: id, ...(gone?.Kind === "marker" && { DeleteMarker: true }) }
  }
  checkDelete(versions[0], expected)
  if (bucket.Versioning === undefined) {
    if (versions.length > 0) keepVersions(call, bucket, key, [])
    return {}
  }
  // A versioned bucket gets a marker even for a key that never was.
  const VersionId = nextVersionId(call, bucket, key)
  addVersion(call, bucket, key, { Kind: "marker", VersionId, LastModified: httpNow() })
  return { DeleteMarker: true, VersionId }
}

/** In a batch an id that never was is the object's own error, under another name than on its own. */
const refuseUnknownVersion = (bucket: BucketRecord, key: string, id: string | undefined): void => {
  try {
    checkVersionId(bucket, key, id)
  } catch {
    throw new Refusal("NoSuchVersion", "The specified version does not exist.", 404)
  }
}

const deletedView = (Key: string, asked: string | undefined, done: Deleted): S3.DeletedObject => ({
  Key,
  ...(asked !== undefined && { VersionId: asked }),
  ...(done.DeleteMarker && { DeleteMarker: true, DeleteMarkerVersionId: done.VersionId }),
})
