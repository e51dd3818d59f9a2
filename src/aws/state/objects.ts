import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3"
import { AwsError, NoAccess, NotFound, OutcomeUnknown, Refused } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { failureOf } from "../failures/failure.ts"
import { stateBucketName } from "../names.ts"
import { noteDate } from "./date.ts"

/** What an object held when it was looked at. */
export interface Reading {
  /** Missing where there is no object. */
  readonly text?: string
  readonly etag?: string
  /** When this was so, by AWS's clock. */
  readonly at: number
}

interface Written {
  readonly etag: string
  readonly at: number
}

/** The state bucket's objects. Whoever writes says what he has seen, and writes nothing if it is no longer so. */
export interface Objects {
  readonly bucket: string
  get(key: string): Promise<Reading>
  /** Takes the place of the version seen, or of nothing. Resolves to nothing when there is another version now. */
  put(key: string, text: string, seen: string | undefined): Promise<Written | undefined>
  /** Takes the place of whatever is there: for what must be said however it stands. */
  replace(key: string, text: string): Promise<Written>
  /** False when there is another version now. */
  remove(key: string, seen: string): Promise<boolean>
  list(prefix: string): Promise<readonly string[]>
}

export function stateObjects(cloud: Pick<Cloud, "account" | "region">, s3: S3Client): Objects {
  const bucket = stateBucketName(cloud)
  // The name says whose bucket it should be; the owner says whose it is.
  const where = { Bucket: bucket, ExpectedBucketOwner: cloud.account }
  const owned = ownedBucket(s3, bucket)
  return {
    bucket,
    get: (Key) =>
      owned(async () => {
        const command = new GetObjectCommand({ ...where, Key })
        const at = noteDate(command)
        try {
          const { Body, ETag: etag } = await s3.send(command)
          const text = (await Body?.transformToString()) ?? ""
          return { at: at(), text, ...(etag !== undefined && { etag }) }
        } catch (error) {
          if (isCode(error, "NoSuchKey")) return { at: at() }
          throw error
        }
      }),
    put: (Key, Body, seen) =>
      owned(async () => {
        const condition = seen === undefined ? { IfNoneMatch: "*" } : { IfMatch: seen }
        const command = new PutObjectCommand({ ...where, Key, Body, ContentType: "application/json", ...condition })
        const at = noteDate(command)
        const answer = await unlessChanged(() => s3.send(command))
        return answer?.ETag === undefined ? undefined : { etag: answer.ETag, at: at() }
      }),
    replace: (Key, Body) =>
      owned(async () => {
        const command = new PutObjectCommand({ ...where, Key, Body, ContentType: "text/plain" })
        const at = noteDate(command)
        const { ETag: etag = "" } = await s3.send(command)
        return { etag, at: at() }
      }),
    remove: (Key, IfMatch) =>
      owned(async () => {
        const answer = await unlessChanged(() => s3.send(new DeleteObjectCommand({ ...where, Key, IfMatch })))
        return answer !== undefined
      }),
    list: (Prefix) =>
      owned(async () => {
        const keys: string[] = []
        for await (const page of paginateListObjectsV2({ client: s3 }, { ...where, Prefix }))
          keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []))
        return keys
      }),
  }
}

const isCode = (error: unknown, code: string): boolean => error instanceof AwsError && error.code === code

/** A lost answer counts as a change: whoever asked looks again, and sees whether it was his own. */
async function unlessChanged<T>(write: () => Promise<T>): Promise<T | undefined> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof OutcomeUnknown || isCode(error, "PreconditionFailed") || isCode(error, "NoSuchKey"))
      return undefined
    throw error
  }
}

/** S3 answers the same when a permission is missing and when the bucket is somebody else's; our own list tells. */
function ownedBucket(s3: S3Client, bucket: string): <T>(work: () => Promise<T>) => Promise<T> {
  return async (work) => {
    try {
      return await work()
    } catch (error) {
      const saysWhy = error instanceof NoAccess && /not authorized to perform/.test(failureOf(error.cause).message)
      if (!(error instanceof NoAccess) || saysWhy || (await isListed(s3, bucket)) !== false) throw error
      throw new Refused(`the bucket ${bucket} belongs to another account`, {
        hint: "locks and records must be kept in a bucket of this account; nothing was done",
        requestId: error.requestId,
        cause: error,
      })
    }
  }
}

async function isListed(s3: S3Client, bucket: string): Promise<boolean | undefined> {
  try {
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({ Prefix: bucket }))
    return Buckets.some(({ Name }) => Name === bucket)
  } catch {
    return undefined
  }
}

/** There is no state bucket yet, so nothing was ever made from here. */
export const isNoBucket = (error: unknown): boolean => error instanceof NotFound && error.code === "NoSuchBucket"

/** Nothing where there is not even a bucket to look in. */
export async function getIfAny(objects: Objects, key: string): Promise<Reading> {
  try {
    return await objects.get(key)
  } catch (error) {
    if (isNoBucket(error)) return { at: Date.now() }
    throw error
  }
}
