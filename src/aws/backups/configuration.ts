import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2 } from "@aws-sdk/client-s3"
import type { Scope } from "../../engine/types.ts"
import { NotFound } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { bucketNameFor } from "../names.ts"
import { everyItem } from "../pages.ts"
import { stateObjects } from "../state/objects.ts"
import { readRecord } from "../state/record.ts"
import type { Backup } from "./backup.ts"

export interface ConfigurationToKeep {
  readonly scope: Scope
  readonly version: string
  /** What was wished; there is no secret in it. */
  readonly settings: object
}

/** What the environment was to be, and the record of what it is meant to be. */
export async function keepConfiguration(ctx: Cloud, what: ConfigurationToKeep, id: string): Promise<void> {
  const { account, region } = ctx
  const record = await readRecord(stateObjects(ctx, ctx.s3), what.scope)
  const made = new Date(ctx.clock.now()).toISOString()
  const content = { schema: "smart0dte-backup/1", id, made, account, region, ...what, record }
  await ctx.s3.send(
    new PutObjectCommand({
      ...placeOf(ctx, what.scope),
      Key: `${folder}${id}.json`,
      Body: `${JSON.stringify(content, null, 1)}\n`,
      ContentType: "application/json",
    }),
  )
}

export async function configurationBackups(ctx: Cloud, scope: Scope): Promise<readonly Backup[]> {
  const { Bucket, ExpectedBucketOwner } = placeOf(ctx, scope)
  const asked = { Bucket, ExpectedBucketOwner, Prefix: folder }
  const objects = await everyItem(paginateListObjectsV2({ client: ctx.s3 }, asked), (page) => page.Contents).catch(
    (error: unknown) => {
      // No environment, or one that is gone: nothing was kept of it.
      if (error instanceof NotFound) return []
      throw error
    },
  )
  return objects.flatMap(({ Key = "", LastModified, Size = 0 }) => {
    const [, id] = /([\d-]+)\.json$/.exec(Key) ?? []
    const made = LastModified ?? new Date(ctx.clock.now())
    const kept = { part: "configuration", state: "ready", origin: "backup" } as const
    return id === undefined ? [] : [{ ...kept, name: `s3://${Bucket}/${Key}`, id, made, gb: Size / 1e9 }]
  })
}

/** The settings of that time, whatever version of ours wrote them down. */
export async function keptSettings(ctx: Cloud, scope: Scope, id: string): Promise<unknown> {
  const answer = await ctx.s3.send(new GetObjectCommand({ ...placeOf(ctx, scope), Key: `${folder}${id}.json` }))
  const content: unknown = JSON.parse((await answer.Body?.transformToString()) ?? "")
  return typeof content === "object" && content !== null && "settings" in content ? content.settings : undefined
}

const folder = "configuration/"

const placeOf = (ctx: Cloud, scope: Scope) => ({
  Bucket: bucketNameFor(ctx, `${scope}-backups`),
  ExpectedBucketOwner: ctx.account,
})
