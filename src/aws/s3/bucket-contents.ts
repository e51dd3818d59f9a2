import { DeleteObjectsCommand, ListObjectVersionsCommand } from "@aws-sdk/client-s3"
import { UserError } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"

export interface Contents {
  readonly objects: number
  readonly bytes: number
  /** There are more than were counted. */
  readonly more: boolean
}

/** What the bucket holds, former versions included; it is not worth counting to the end. */
export async function contentsOf(ctx: Cloud, bucket: string): Promise<Contents> {
  const page = await firstPage(ctx, bucket)
  const versions = page.Versions ?? []
  return {
    objects: versions.length + (page.DeleteMarkers?.length ?? 0),
    bytes: versions.reduce((sum, { Size = 0 }) => sum + Size, 0),
    more: page.IsTruncated ?? false,
  }
}

export async function emptyBucket(ctx: Cloud, bucket: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await firstPage(ctx, bucket)
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }))
    if (Objects.length === 0) return
    const Delete = { Objects, Quiet: true }
    const command = new DeleteObjectsCommand({ Bucket: bucket, ExpectedBucketOwner: ctx.account, Delete })
    const { Errors: [failed] = [] } = await ctx.s3.send(command)
    if (failed) throw new UserError(`${failed.Key} of the bucket ${bucket} cannot be deleted: ${failed.Message}`)
  }
}

const firstPage = (ctx: Cloud, bucket: string) =>
  ctx.s3.send(new ListObjectVersionsCommand({ Bucket: bucket, ExpectedBucketOwner: ctx.account }))
