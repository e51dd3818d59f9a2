import { createHash } from "node:crypto"
import { DeleteObjectCommand, PutObjectCommand, paginateListObjectsV2 } from "@aws-sdk/client-s3"
import { DeleteParameterCommand, paginateGetParametersByPath } from "@aws-sdk/client-ssm"
import { bucketArn, parameterArn, stateArn } from "../aws/allow.ts"
import { alreadyGone } from "../aws/already.ts"
import type { Cloud } from "../aws/cloud.ts"
import { parameterName, stateBucketName } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { isNoBucket } from "../aws/state/objects.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import type { Scope } from "../engine/types.ts"

/** What nodes run and were given, in the state bucket below the environment's name. */
export interface NodeFiles {
  readonly scope: Scope
  /** The hash of each content by its place, such as `<sha>/node.sh`. */
  readonly objects: Readonly<Record<string, string>>
}

export interface NodeFilesWish {
  readonly scope: Scope
  readonly name: string
  readonly bucket: Need<{ readonly bucket: string }>
  /** The hash of their manifest: another content is another place, and what nodes still run stays as it is. */
  readonly sha: string
  readonly texts: Readonly<Record<string, string>>
}

export const nodeFiles = ({ scope, name, bucket, sha, texts }: NodeFilesWish) => {
  const files = Object.entries(texts).map(([file, text]) => [`${sha}/${file}`, text] as const)
  const put = async (ctx: Cloud, wanted: (place: string) => boolean) => {
    const some = files.filter(([place]) => wanted(place))
    // A few at a time: the lock is kept in the same bucket, and much is not made before that is written.
    for (let next = 0; next < some.length; next += 8)
      await Promise.all(
        some
          .slice(next, next + 8)
          .map(([place, Body]) =>
            ctx.s3.send(new PutObjectCommand({ ...stateBucket(ctx), Key: `${folder(scope)}node/${place}`, Body })),
          ),
      )
  }
  const objects = Object.fromEntries(files.map(([place, text]) => [place, md5(text)]))
  return step({
    kind: nodeFilesKind,
    name,
    scope,
    needs: { bucket },
    spec: { objects },
    async create(ctx) {
      await put(ctx, () => true)
    },
    async update(ctx, live) {
      await put(ctx, (place) => live.objects[place] !== objects[place])
    },
  })
}

export const nodeFilesKind: CloudKind<NodeFiles> = {
  name: "node-files",
  unique: "name",
  async list(ctx, scopes) {
    const environments = scopes.filter((scope) => scope !== "account")
    const lists = await Promise.all(
      environments.map(async (scope) => {
        const found = await objectsBelow(ctx, `${folder(scope)}node/`)
        const objects = Object.fromEntries(found.map(({ place, hash }) => [place, hash]))
        return found.length === 0
          ? []
          : [{ scope, name: "main", live: { scope, objects }, owner: "ours" as const, phase: "ready" as const }]
      }),
    )
    return lists.flat()
  },
  /** With all that came to stand beside them: Compose files, overrides, what commands printed, what nodes said last. */
  async destroy(ctx, { scope }) {
    await dropReports(ctx, scope)
    const all = await objectsBelow(ctx, folder(scope))
    for (const { key } of all) await ctx.s3.send(new DeleteObjectCommand({ ...stateBucket(ctx), Key: key }))
    return undefined
  },
  before: ["instance"],
  fixed: [],
  // What an earlier version of ours put there may still be run by a node.
  agrees: (_, live, want) => includes(live as NodeFiles["objects"], want as NodeFiles["objects"]),
  blank: { scope: "", objects: {} },
  allow: [
    { action: "s3:ListBucket", resource: bucketArn("state") },
    { action: ["s3:PutObject", "s3:DeleteObject"], resource: stateArn("environments") },
    { action: ["ssm:GetParametersByPath", "ssm:DeleteParameter"], resource: parameterArn("state*") },
  ],
  usually: { create: 3, update: 3, destroy: 5 },
}

/** A node speaks until it is gone, also of what was forgotten of it already. */
async function dropReports(ctx: Cloud, scope: Scope): Promise<void> {
  const Path = parameterName(scope, "state")
  const pages = paginateGetParametersByPath({ client: ctx.ssm }, { Path, Recursive: true })
  const left = await everyItem(pages, (page) => page.Parameters)
  for (const { Name } of left) await alreadyGone(ctx.ssm.send(new DeleteParameterCommand({ Name })))
}

async function objectsBelow(ctx: Cloud, Prefix: string) {
  try {
    const pages = paginateListObjectsV2({ client: ctx.s3 }, { ...stateBucket(ctx), Prefix })
    const objects = await everyItem(pages, (page) => page.Contents)
    return objects.map(({ Key = "", ETag = "" }) => ({
      key: Key,
      place: Key.slice(Prefix.length),
      hash: ETag.replaceAll('"', ""),
    }))
  } catch (error) {
    if (isNoBucket(error)) return []
    throw error
  }
}

const stateBucket = (ctx: Cloud) => ({ Bucket: stateBucketName(ctx), ExpectedBucketOwner: ctx.account })

const folder = (scope: Scope) => `environments/${scope}/`

/** What S3 calls an object's content, where it was put whole. */
const md5 = (text: string) => createHash("md5").update(text).digest("hex")

const includes = (live: NodeFiles["objects"], want: NodeFiles["objects"]) =>
  Object.entries(want).every(([place, hash]) => live[place] === hash)
