import { TagUserCommand, UntagUserCommand } from "@aws-sdk/client-iam"
import { Refused } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { createKey, deleteKey, type KeySeen, keysOf, type NewKeys } from "./access-keys.ts"
import { findUser } from "./users.ts"

/** What a run wanted with a user's keys that may have been broken off. */
export interface KeyIntent {
  /** The keys that were there before the new one. */
  readonly before: readonly string[]
  /** Whether somebody has read the new one, who may use it. */
  readonly shown: boolean
}

const tag = "smart0dte:new-key"

export async function intentOf(ctx: Pick<Cloud, "iam">, name: string): Promise<KeyIntent | undefined> {
  const value = (await findUser(ctx, name))?.tags.find(({ Key }) => Key === tag)?.Value
  if (value === undefined) return undefined
  const [state, ...before] = value.split("+")
  return { before, shown: state === "shown" }
}

/**
 * A key more. AWS tells its secret once, so a key whose answer was lost is of use to nobody: what stood before it is
 * noted first, and the next run takes such a key away instead of leaving it.
 */
export async function makeKey(ctx: Pick<Cloud, "iam">, name: string): Promise<NewKeys> {
  const intent = await intentOf(ctx, name)
  const keys = await keysOf(ctx, name)
  const lost = intent ? keys.filter(({ id }) => !intent.before.includes(id)) : []
  for (const key of lost) await dropLost(ctx, name, key, intent?.shown ?? false)
  const kept = keys.filter((key) => !lost.includes(key)).map(({ id }) => id)
  if (kept.length > 1)
    throw new Refused(`${name} has two keys already: ${kept.join(", ")}; IAM gives a user no third one`, {
      hint: `see which one is used with smart0dte iam list, then: aws iam delete-access-key --user-name ${name} --access-key-id ID`,
    })
  await note(ctx, name, { before: kept, shown: false })
  return createKey(ctx, name)
}

export async function noteShown(ctx: Pick<Cloud, "iam">, name: string, before: readonly string[]): Promise<void> {
  await note(ctx, name, { before, shown: true })
}

export async function forgetIntent({ iam }: Pick<Cloud, "iam">, name: string): Promise<void> {
  await iam.send(new UntagUserCommand({ UserName: name, TagKeys: [tag] }))
}

/** To ask who it is counts as a use, and is all that a key may have done of which nobody had the secret. */
async function dropLost(ctx: Pick<Cloud, "iam">, name: string, key: KeySeen, shown: boolean): Promise<void> {
  if (shown || (key.used !== undefined && key.used.service !== "sts"))
    throw new Refused(`${name} was given the key ${key.id}, which ${shown ? "was shown" : "is being used"}`, {
      hint: `once everything uses it: smart0dte iam rotate-key ${name} --retire; if nobody has its secret: aws iam delete-access-key --user-name ${name} --access-key-id ${key.id}, and run again`,
    })
  await deleteKey(ctx, name, key.id)
}

async function note({ iam }: Pick<Cloud, "iam">, name: string, { before, shown }: KeyIntent): Promise<void> {
  const Value = [shown ? "shown" : "making", ...before].join("+")
  await iam.send(new TagUserCommand({ UserName: name, Tags: [{ Key: tag, Value }] }))
}
