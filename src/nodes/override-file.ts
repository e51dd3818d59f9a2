import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3"
import { DeleteParameterCommand, PutParameterCommand, paginateGetParametersByPath } from "@aws-sdk/client-ssm"
import { parameterArn, stateArn } from "../aws/allow.ts"
import { alreadyGone, alreadyThere } from "../aws/already.ts"
import type { Cloud } from "../aws/cloud.ts"
import { parameterName, stateBucketName } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"
import { NotFound, UserError } from "../errors.ts"
import { wishOf } from "./order.ts"

/** The Compose file that a system is run by in the place of its project's own. */
export interface OverrideFile {
  readonly parameter: string
  /** Where it is in the state bucket; the parameter names it. */
  readonly key: string
  readonly stored: boolean
}

export interface OverrideWish {
  readonly scope: Scope
  readonly system: string
  readonly checkout: Need<{ readonly commit: string; readonly compose: string }>
  /** All that it is made from besides the project's file: other settings are another file. */
  readonly settings: object
  readonly make: (project: ProjectFile) => string
}

export interface ProjectFile {
  /** The project's own Compose file. */
  readonly compose: string
  readonly commit: string
}

export const overrideFile = (wish: OverrideWish) => {
  const { scope, system, checkout, settings } = wish
  const parameter = parameterName(scope, folder, system)
  const keyFor = ({ commit, compose }: Pick<Checkout, "commit" | "compose">) =>
    `environments/${scope}/override/${system}/${wishOf(compose, commit, settings)}.yaml`
  return step({
    kind: overrideKind,
    name: system,
    scope,
    needs: { checkout },
    spec: { parameter, stored: true },
    links: ({ checkout }) => ({ key: keyFor(checkout) }),
    async create(ctx, { checkout }, birth) {
      await store(ctx, wish, keyFor(checkout), checkout)
      await alreadyThere(name(ctx, parameter, keyFor(checkout), { Tags: birthTags(birth) }))
    },
    async update(ctx, _live, _changes, { checkout }) {
      // The file first, and then its name: what is named is there.
      await store(ctx, wish, keyFor(checkout), checkout)
      await name(ctx, parameter, keyFor(checkout), { Overwrite: true })
    },
  })
}

interface Checkout {
  readonly commit: string
  readonly compose: string
}

const name = (ctx: Cloud, Name: string, Value: string, more: object) =>
  ctx.ssm.send(new PutParameterCommand({ Name, Type: "String", Value, ...more }))

async function store(ctx: Cloud, { scope, system, make }: OverrideWish, Key: string, { commit, compose }: Checkout) {
  const project = await projectFile(ctx, `environments/${scope}/compose/${system}/${compose}.yaml`, system)
  const Body = make({ compose: project, commit })
  await ctx.s3.send(new PutObjectCommand({ ...stateBucket(ctx), Key, Body, ContentType: "application/yaml" }))
}

async function projectFile(ctx: Cloud, Key: string, system: string): Promise<string> {
  try {
    const { Body } = await ctx.s3.send(new GetObjectCommand({ ...stateBucket(ctx), Key }))
    return (await Body?.transformToString()) ?? ""
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    throw new UserError(`the Compose file of ${system} is not where the node should have put it`, {
      hint: `fetch it again with: smart0dte release ${system}`,
      cause: error,
    })
  }
}

export const overrideKind: CloudKind<OverrideFile> = {
  name: "override",
  unique: "name",
  async list(ctx, scopes) {
    const lists = await Promise.all(
      scopes.map(async (scope) => {
        const Path = parameterName(scope, folder)
        const pages = paginateGetParametersByPath({ client: ctx.ssm }, { Path })
        const found = await everyItem(pages, (page) => page.Parameters)
        return found.map(({ Name = "", Value = "" }) => ({
          scope,
          name: Name.slice(Path.length + 1),
          live: { parameter: Name, key: Value, stored: true },
          owner: "ours" as const,
          phase: "ready" as const,
        }))
      }),
    )
    return lists.flat()
  },
  async complete(ctx, found) {
    return { ...found, live: { ...found.live, stored: await isStored(ctx, found.live.key) } }
  },
  completes: 1,
  /** The files go with all others of the environment. */
  async destroy(ctx, { parameter }) {
    await alreadyGone(ctx.ssm.send(new DeleteParameterCommand({ Name: parameter })))
    return undefined
  },
  before: ["system", "images"],
  fixed: ["parameter"],
  blank: { parameter: "", key: "", stored: true },
  allow: [
    { action: ["s3:GetObject", "s3:PutObject"], resource: stateArn("environments") },
    {
      action: ["ssm:GetParametersByPath", "ssm:PutParameter", "ssm:AddTagsToResource", "ssm:DeleteParameter"],
      resource: parameterArn("overrides*"),
    },
  ],
  usually: { create: 2, update: 2, destroy: 1 },
}

const folder = "overrides"

async function isStored(ctx: Cloud, Key: string): Promise<boolean> {
  try {
    await ctx.s3.send(new HeadObjectCommand({ ...stateBucket(ctx), Key }))
    return true
  } catch (error) {
    if (error instanceof NotFound) return false
    throw error
  }
}

const stateBucket = (ctx: Cloud) => ({ Bucket: stateBucketName(ctx), ExpectedBucketOwner: ctx.account })
