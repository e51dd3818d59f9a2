import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  type PublicAccessBlockConfiguration,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3-control"
import { onAnything } from "../aws/allow.ts"
import { unlessNotFound } from "../aws/already.ts"
import type { Cloud } from "../aws/cloud.ts"
import { type CloudKind, step } from "../aws/step.ts"
import type { Scope } from "../engine/types.ts"

/** What no bucket of the account may be, whatever its own settings say. */
export interface PublicAccessBlock {
  /** Whether anybody has ever said so: S3 tells nothing from all four being off. */
  readonly present: boolean
  readonly blockAcls: boolean
  readonly ignoreAcls: boolean
  readonly blockPolicies: boolean
  readonly restrict: boolean
}

export const publicAccessBlock = ({ scope }: { readonly scope: Scope }) =>
  step({
    kind: publicAccessBlockKind,
    name: "main",
    scope,
    needs: {},
    spec: all,
    async read(ctx) {
      return { live: await blockOf(ctx), owner: "ours", phase: "ready" }
    },
    update: (ctx) => put(ctx, all),
    async restore(ctx, _, former) {
      if (former.present) await put(ctx, former)
      else await ctx.s3control.send(new DeletePublicAccessBlockCommand({ AccountId: ctx.account }))
    },
  })

const all = { blockAcls: true, ignoreAcls: true, blockPolicies: true, restrict: true } as const

export const publicAccessBlockKind: CloudKind<PublicAccessBlock> = {
  name: "public-access-block",
  unique: "name",
  fixed: [],
  blank: { present: false, blockAcls: false, ignoreAcls: false, blockPolicies: false, restrict: false },
  allow: [onAnything("s3:GetAccountPublicAccessBlock", "s3:PutAccountPublicAccessBlock")],
  usually: { create: 1, update: 2 },
}

type Block = Omit<PublicAccessBlock, "present">

async function put(ctx: Cloud, { blockAcls, ignoreAcls, blockPolicies, restrict }: Block): Promise<void> {
  const PublicAccessBlockConfiguration: PublicAccessBlockConfiguration = {
    BlockPublicAcls: blockAcls,
    IgnorePublicAcls: ignoreAcls,
    BlockPublicPolicy: blockPolicies,
    RestrictPublicBuckets: restrict,
  }
  await ctx.s3control.send(new PutPublicAccessBlockCommand({ AccountId: ctx.account, PublicAccessBlockConfiguration }))
}

async function blockOf(ctx: Cloud): Promise<PublicAccessBlock> {
  const answer = await unlessNotFound(ctx.s3control.send(new GetPublicAccessBlockCommand({ AccountId: ctx.account })))
  const found = answer?.PublicAccessBlockConfiguration
  return {
    present: answer !== undefined,
    blockAcls: found?.BlockPublicAcls ?? false,
    ignoreAcls: found?.IgnorePublicAcls ?? false,
    blockPolicies: found?.BlockPublicPolicy ?? false,
    restrict: found?.RestrictPublicBuckets ?? false,
  }
}
