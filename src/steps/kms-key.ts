import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms"
import { arn as arnOf, onAnything, unclaimed } from "../aws/allow.ts"
import { alreadyGone, alreadyThere } from "../aws/already.ts"
import type { Cloud, Place } from "../aws/cloud.ts"
import type { Policy } from "../aws/iam/policy.ts"
import { intoState } from "../aws/kms/key-state.ts"
import { aliasFor, type OurKey, ourKeys } from "../aws/kms/our-keys.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Listed, Scope } from "../engine/types.ts"
import { monthlyUsd } from "../prices.ts"
import { render } from "../templates/render.ts"
import trailPolicy from "../templates/trail-key.json" with { type: "json" }

/** A key of our own, that AWS renews each year. */
export interface KmsKey {
  readonly arn: string
  readonly keyId: string
  readonly alias: string
  readonly state: string
  readonly rotates: boolean
  readonly policy: Policy
}

export interface KmsKeyWish {
  readonly place: Place
  readonly scope: Scope
  readonly name: string
}

/** What the trail is written under: only who may use this key can read it, whoever can read the bucket. */
export const trailKey = ({ place, scope, name }: KmsKeyWish) => {
  const policy: Policy = render(trailPolicy, { ...place })
  const alias = aliasFor(scope, name)
  return step({
    kind: kmsKeyKind,
    name,
    scope,
    needs: {},
    spec: { alias, state: "Enabled", rotates: true, policy },
    async create(ctx, _, birth) {
      const Tags = birthTags(birth).map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }))
      await ctx.kms.send(new CreateKeyCommand({ Policy: JSON.stringify(policy), Tags, Description: describes(scope) }))
    },
    async update(ctx, live, changes) {
      const changed = new Set(changes.map(({ field }) => field))
      const KeyId = live.keyId
      if (changed.has("state")) await enable(ctx, live)
      if (changed.has("policy")) await ctx.kms.send(new PutKeyPolicyCommand({ KeyId, Policy: JSON.stringify(policy) }))
      if (changed.has("rotates")) await ctx.kms.send(new EnableKeyRotationCommand({ KeyId }))
      if (changed.has("alias"))
        await alreadyThere(ctx.kms.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: KeyId })))
    },
  })
}

const describes = (scope: Scope) => `smart0dte: what the trail of ${scope} is written under`

/** Whoever had it deleted may have meant it: until the last day it is as good as new. */
async function enable(ctx: Cloud, { keyId: KeyId, state }: KmsKey): Promise<void> {
  if (state === "PendingDeletion")
    await intoState(ctx, KeyId, "Disabled", ctx.kms.send(new CancelKeyDeletionCommand({ KeyId })))
  await ctx.kms.send(new EnableKeyCommand({ KeyId }))
}

const blank: KmsKey = {
  arn: "arn:new",
  keyId: "",
  alias: "",
  state: "",
  rotates: false,
  policy: { Version: "2012-10-17", Statement: [] },
}

export const kmsKeyKind: CloudKind<KmsKey> = {
  name: "kms-key",
  unique: "tags",
  async list(ctx, scopes) {
    const found = await Promise.all((await ourKeys(ctx, scopes)).map((one) => listedAs(ctx, one)))
    return found.flatMap((one) => one ?? [])
  },
  async complete(ctx, found) {
    const KeyId = found.live.keyId
    const [{ KeyRotationEnabled }, { Policy = "{}" }] = await Promise.all([
      ctx.kms.send(new GetKeyRotationStatusCommand({ KeyId })),
      ctx.kms.send(new GetKeyPolicyCommand({ KeyId })),
    ])
    // A document of a foreign shape is one that differs.
    const policy = JSON.parse(Policy) as Policy
    return { ...found, live: { ...found.live, rotates: KeyRotationEnabled ?? false, policy } }
  },
  completes: 2,
  // A bucket with objects remains, and what is in it would not without the key.
  stays({ arn, state }, { purge }) {
    if (purge) return undefined
    if (state === "PendingDeletion")
      return `the key ${arn}, which somebody has given up: what is encrypted with it cannot be read once it is gone, unless its deletion is cancelled before`
    const usd = monthlyUsd({ sku: "kms/key", units: 1 }) ?? 0
    return `the key ${arn} stays, ${usd.toFixed(2)} USD a month: the files of the trail are encrypted with it; bootstrap destroy --purge takes both away`
  },
  async destroy(ctx, { keyId: KeyId, arn, alias, state }) {
    if (alias) await alreadyGone(ctx.kms.send(new DeleteAliasCommand({ AliasName: alias })))
    if (state === "PendingDeletion") return undefined
    const scheduling = ctx.kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: days }))
    const { DeletionDate } = await intoState(ctx, KeyId, "PendingDeletion", scheduling)
    const date = (DeletionDate ?? new Date(ctx.clock.now() + days * 86_400_000)).toISOString().slice(0, 10)
    return {
      leaves: `the key ${arn} until ${date}, at no cost: what was written under it cannot be read after that, unless the deletion is cancelled before`,
    }
  },
  before: ["trail"],
  fixed: [],
  blank,
  holdsData: true,
  remains: "the key in its waiting time of 30 days",
  allow: [
    onAnything("kms:ListAliases", "kms:ListKeys", "kms:ListResourceTags"),
    {
      action: "kms:CreateKey",
      resource: "*",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
      when: { StringEquals: { "aws:RequestTag/smart0dte:scope": "${scope}" } },
    },
    // Whoever tags a key has it, by what follows: IAM cannot tell a key at its birth from one without our tag.
    { action: "kms:TagResource", resource: "*", when: unclaimed(true) },
    {
      action: [
        "kms:DescribeKey",
        "kms:GetKeyPolicy",
        "kms:PutKeyPolicy",
        "kms:GetKeyRotationStatus",
        "kms:EnableKeyRotation",
        "kms:EnableKey",
        "kms:CancelKeyDeletion",
        "kms:ScheduleKeyDeletion",
        "kms:CreateAlias",
        "kms:DeleteAlias",
      ],
      resource: arnOf("kms", "key/*"),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
      when: { StringEquals: { "aws:ResourceTag/smart0dte:scope": "${scope}" } },
    },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
    { action: ["kms:CreateAlias", "kms:DeleteAlias"], resource: arnOf("kms", "alias/smart0dte_${scope}_*") },
  ],
  price: () => [{ sku: "kms/key", units: 1 }],
  usually: { create: 3, update: 2, destroy: 2 },
}

/** AWS gives no less than seven days to think better of it, and no more than these. */
const days = 30

/** One that is to go and has lost its name was taken down by us. */
async function listedAs(ctx: Cloud, { scope, name, keyId, alias }: OurKey): Promise<Listed<KmsKey> | undefined> {
  const { KeyMetadata } = await ctx.kms.send(new DescribeKeyCommand({ KeyId: keyId }))
  const state = KeyMetadata?.KeyState ?? ""
  if (state === "PendingDeletion" && alias === "") return undefined
  const live = { ...blank, arn: KeyMetadata?.Arn ?? "", keyId, alias, state }
  return { scope, name, live, owner: "ours", phase: "ready" }
}
