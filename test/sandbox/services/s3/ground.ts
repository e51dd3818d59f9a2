import type * as client from "@aws-sdk/client-s3"
import { s3 } from "../../../../src/sandbox/services/s3/index.ts"
import { type Rig, rigOf } from "../rig.ts"

export type Ground = Rig<typeof client>

export const Bucket = "mine"

/** A bucket of the account's own, in the oldest region. */
export const ground = (): Ground => {
  const aws = rigOf<typeof client>(s3)
  aws.run("CreateBucket", { Bucket })
  return aws
}

export const versioned = (aws: Ground = ground(), Status: "Enabled" | "Suspended" = "Enabled"): Ground => {
  aws.run("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status } })
  return aws
}

export const put = (aws: Ground, Key: string, Body: string, more: object = {}) =>
  aws.run("PutObject", { Bucket, Key, Body, ...more })

/** What is read, as text. */
export const read = (aws: Ground, Key: string, VersionId?: string): string => {
  const { Body } = aws.run("GetObject", { Bucket, Key, ...(VersionId !== undefined && { VersionId }) })
  return String(Body)
}

/** Every version of a key, newest first: `id` or `id deleted`. */
export const history = (aws: Ground, Prefix: string): readonly string[] => {
  const { DeleteMarkers = [], Versions = [] } = aws.run("ListObjectVersions", { Bucket, Prefix })
  return [...Versions.map((v) => v.VersionId ?? ""), ...DeleteMarkers.map((v) => `${v.VersionId} deleted`)]
}
