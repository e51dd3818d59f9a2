import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  type DescribeSecretResponse,
  PutSecretValueCommand,
  RestoreSecretCommand,
  type SecretListEntry,
  TagResourceCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager"
import { onAnything, secretArn } from "../aws/allow.ts"
import { unlessNotFound } from "../aws/already.ts"
import type { Cloud } from "../aws/cloud.ts"
import { listed } from "../aws/listed.ts"
import { lineTag, lineTimesOf } from "../aws/secrets/line-tags.ts"
import { generated, textOf, unset } from "../aws/secrets/lines.ts"
import { secretsBelow } from "../aws/secrets/list-secrets.ts"
import { readSecret } from "../aws/secrets/read-secret.ts"
import { secretName } from "../aws/secrets/secret-names.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { birthTags, identityOf } from "../aws/tags.ts"
import type { Birth, Scope } from "../engine/types.ts"
import { AwsError, Refused } from "../errors.ts"

/** A secret as it is seen without reading it: its tags tell the names of its lines, and which are set. */
export interface Secret {
  readonly secretName: string
  readonly arn: string
  readonly description: string
  readonly lines: readonly string[]
  readonly unset: readonly string[]
}

export interface SecretWish {
  readonly scope: Scope
  /** Below the scope: `smart-0dte/keys`. */
  readonly name: string
  readonly description: string
  /** Lines that somebody is to set. */
  readonly placeholders?: readonly string[]
  /** Lines that are made by chance, once. */
  readonly generated?: readonly string[]
  /** Such lines of eight letters: some programs take no more, and would cut what is longer without a word. */
  readonly short?: readonly string[]
}

export const secret = ({ scope, name, description, placeholders = [], short = [], ...more }: SecretWish) => {
  const id = secretName(scope, name)
  const made = [...(more.generated ?? []), ...short]
  const lines = [...placeholders, ...made].toSorted()
  const fresh = (line: string) => {
    if (!made.includes(line)) return unset
    return short.includes(line) ? generated(8) : generated()
  }
  return step({
    kind: secretKind,
    name,
    scope,
    needs: {},
    spec: { secretName: id, description, lines },
    async occupant(ctx) {
      const found = await unlessNotFound(ctx.secrets.send(new DescribeSecretCommand({ SecretId: id })))
      return found && !isOurs(found, scope, name) ? liveOf(found) : undefined
    },
    async create(ctx, _, birth) {
      const now = new Date(ctx.clock.now())
      const tags = lines.map((line) => lineTag(line, made.includes(line) ? now : undefined))
      const command = new CreateSecretCommand({
        Name: id,
        Description: description,
        SecretString: textOf(Object.fromEntries(lines.map((line) => [line, fresh(line)]))),
        ClientRequestToken: birth.token,
        Tags: [...birthTags(birth), ...tags],
      })
      try {
        await ctx.secrets.send(command)
      } catch (error) {
        if (!isScheduled(error)) throw error
        await bringBack(ctx, id, birth, error)
      }
    },
    async update(ctx, live, changes) {
      if (changes.some(({ field }) => field === "description"))
        await ctx.secrets.send(new UpdateSecretCommand({ SecretId: id, Description: description }))
      if (changes.some(({ field }) => field === "lines"))
        await addLines(ctx, live, new Map(lines.map((line) => [line, fresh(line)])))
    },
  })
}

/** A destroyed one of ours is there for a week, with its values: those are as good as new ones. */
async function bringBack(ctx: Cloud, SecretId: string, { scope, key }: Birth, cause: AwsError): Promise<void> {
  const found = await ctx.secrets.send(new DescribeSecretCommand({ SecretId }))
  if (!isOurs(found, scope, key.slice(secretKind.name.length + 1)))
    throw new Refused(`the name ${SecretId} is held by a secret of somebody else's that is scheduled for deletion`, {
      hint: "wait until it is gone, or restore and rename it",
      requestId: cause.requestId,
      cause,
    })
  await ctx.secrets.send(new RestoreSecretCommand({ SecretId }))
}

const isScheduled = (error: unknown): error is AwsError =>
  error instanceof AwsError && error.code === "InvalidRequestException" && /scheduled for deletion/.test(error.message)

/** What has a value keeps it. */
async function addLines(ctx: Cloud, live: Secret, wanted: ReadonlyMap<string, string>): Promise<void> {
  const SecretId = live.secretName
  const present = await readSecret(ctx, SecretId)
  const added = [...wanted].filter(([line]) => !(line in present))
  if (added.length > 0) {
    const SecretString = textOf({ ...present, ...Object.fromEntries(added) })
    await ctx.secrets.send(new PutSecretValueCommand({ SecretId, SecretString }))
  }
  const now = new Date(ctx.clock.now())
  const untold = [...wanted].filter(([line]) => !live.lines.includes(line))
  const Tags = untold.map(([line, value]) => lineTag(line, (present[line] ?? value) === unset ? undefined : now))
  await ctx.secrets.send(new TagResourceCommand({ SecretId, Tags }))
}

export const secretKind: CloudKind<Secret> = {
  name: "secret",
  unique: "name",
  async list(ctx, scopes) {
    const secrets = await secretsBelow(
      ctx,
      scopes.map((scope) => secretName(scope, "")),
    )
    return listed("secret", secrets, (found) => ({ live: liveOf(found), phase: "ready" }))
  },
  async destroy(ctx, live, { purge }) {
    const SecretId = live.secretName
    if (purge) {
      await ctx.secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }))
      return undefined
    }
    const deletion = ctx.secrets.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: window }))
    const due = (await unlessNotFound(deletion))?.DeletionDate ?? (await dueOf(ctx, SecretId))
    if (!due) return undefined
    const until = due.toISOString().slice(0, 10)
    return { leaves: `the secret ${SecretId}, free of charge, until ${until}: a deploy before then restores it` }
  },
  fixed: ["secretName"],
  agrees: (field, live, want) =>
    field === "lines" && Array.isArray(live) && Array.isArray(want) && want.every((line) => live.includes(line)),
  blank: { secretName: "", arn: "", description: "", lines: [], unset: [] },
  allow: [
    onAnything("secretsmanager:ListSecrets"),
    {
      action: [
        "secretsmanager:CreateSecret",
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecret",
        "secretsmanager:TagResource",
        "secretsmanager:DeleteSecret",
        "secretsmanager:RestoreSecret",
      ],
      resource: secretArn,
    },
  ],
  price: () => [{ sku: "secretsmanager/secret", units: 1 }],
  usually: { create: 1, update: 1, destroy: 1 },
}

/** Days, which is as few as there can be. */
const window = 7
const day = 86_400_000

/** When one goes whose deletion was asked for before, by a call whose answer was lost. */
async function dueOf(ctx: Cloud, SecretId: string): Promise<Date | undefined> {
  const found = await unlessNotFound(ctx.secrets.send(new DescribeSecretCommand({ SecretId })))
  return found?.DeletedDate && new Date(found.DeletedDate.getTime() + window * day)
}

const isOurs = ({ Tags }: DescribeSecretResponse, scope: Scope, name: string): boolean => {
  const identity = identityOf(Tags)
  return identity?.kind === "secret" && identity.scope === scope && identity.name === name
}

type Described = Pick<SecretListEntry, "Name" | "ARN" | "Description" | "Tags">

function liveOf({ Name = "", ARN = "", Description = "", Tags }: Described): Secret {
  const times = Object.entries(lineTimesOf(Tags)).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return {
    secretName: Name,
    arn: ARN,
    description: Description,
    lines: times.map(([line]) => line),
    unset: times.flatMap(([line, since]) => (since === undefined ? [line] : [])),
  }
}
