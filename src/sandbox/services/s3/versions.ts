import { createHash } from "node:crypto"
import { type Call, Refusal } from "../../service.ts"
import { noSuchKey } from "./conditions.ts"
import { type BucketRecord, type ContentVersion, invalidArgument, objectId, objects, type Version } from "./records.ts"

/** All versions of a key, newest first. */
export const versionsOf = (call: Call, bucket: BucketRecord, key: string): readonly Version[] =>
  objects(call).get(objectId(bucket.Name, key))?.Versions ?? []

export const keepVersions = (call: Call, bucket: BucketRecord, key: string, versions: readonly Version[]): void => {
  const id = objectId(bucket.Name, key)
  if (versions.length === 0) objects(call).delete(id)
  else objects(call).put(id, { Bucket: bucket.Name, Key: key, Versions: versions })
}

/** Adds a version on top. Only while versioning is on do older ones stay; otherwise it takes the place of `null`. */
export const addVersion = (call: Call, bucket: BucketRecord, key: string, version: Version): void => {
  const older = versionsOf(call, bucket, key)
  const kept = bucket.Versioning === "Enabled" ? older : older.filter((old) => old.VersionId !== "null")
  keepVersions(call, bucket, key, [version, ...kept])
}

/** The version that a read means, or S3's reason why there is none. */
export const contentOf = (call: Call, bucket: BucketRecord, key: string, id: string | undefined): ContentVersion => {
  checkVersionId(bucket, key, id)
  const versions = versionsOf(call, bucket, key)
  const version = id === undefined ? versions[0] : versions.find((known) => known.VersionId === id)
  if (version?.Kind === "content") return version
  if (id === undefined) throw noSuchKey()
  if (version?.Kind === "marker") {
    throw new Refusal("MethodNotAllowed", "The specified method is not allowed against this resource.", 405)
  }
  throw new Refusal("NoSuchVersion", "The specified version does not exist.", 404)
}

/** The id of the next version. It carries a seal of its key, so that an id which never was can be told from a deleted one. */
export const nextVersionId = (call: Call, bucket: BucketRecord, key: string): string => {
  if (bucket.Versioning !== "Enabled") return "null"
  const start = hash(call.id("version"))
  return start + seal(start, bucket, key)
}

export const checkVersionId = (bucket: BucketRecord, key: string, id: string | undefined): void => {
  if (id === undefined || id === "null") return
  if (id.length !== 32 || id.slice(16) !== seal(id.slice(0, 16), bucket, key)) {
    invalidArgument("Invalid version id specified")
  }
}

const seal = (start: string, bucket: BucketRecord, key: string): string => hash(`${start}/${bucket.Name}/${key}`)

const hash = (text: string): string =>
  createHash("sha256").update(text).digest("base64url").replace(/-/g, ".").slice(0, 16)
