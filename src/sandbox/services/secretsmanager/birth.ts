import { type Call, Refusal } from "../../service.ts"
import type { Tag } from "../tags.ts"
import { allSecrets, checkName, type SecretRecord, saveSecret, secretNamed, wrong } from "./records.ts"

interface Wanted {
  readonly name: string
  readonly description?: string | undefined
  readonly key?: string | undefined
  readonly tags: readonly Tag[]
  readonly owner?: string | undefined
  /** The first version's, which a secret may do without. */
  readonly value?: string | undefined
  readonly token: string
}

/** A new secret, unless its name is taken. */
export const bear = (call: Call, wanted: Wanted): SecretRecord => {
  const there = secretNamed(call, checkName(wanted.name))
  if (there?.deletion) {
    throw wrong("You can't create this secret because a secret with this name is already scheduled for deletion.")
  }
  if (there) {
    throw new Refusal(
      "ResourceExistsException",
      `The operation failed because the secret ${there.Name} already exists.`,
    )
  }
  const limit = call.quota("Secrets", 500_000)
  if (allSecrets(call).length >= limit) {
    throw new Refusal("LimitExceededException", `You have reached the quota of ${limit} secrets for this account.`)
  }
  const { value, token } = wanted
  return saveSecret(call, {
    Name: wanted.name,
    ARN: arnOf(call, wanted.name),
    Description: wanted.description,
    KmsKeyId: wanted.key,
    Tags: wanted.tags,
    OwningService: wanted.owner,
    created: call.now,
    changed: call.now,
    versions:
      value === undefined ? [] : [{ VersionId: token, created: call.now, SecretString: value, stages: ["AWSCURRENT"] }],
  })
}

/** A later secret of the same name has other letters at its end. */
const arnOf = (call: Call, name: string): string =>
  `arn:${call.partition}:secretsmanager:${call.region}:${call.account}:secret:${name}-${call.id("secret").slice(-6)}`
