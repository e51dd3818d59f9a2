import type { Call } from "../../service.ts"
import type { Tag } from "../tags.ts"
import { bear } from "./birth.ts"
import { random } from "./password.ts"
import { allSecrets, dropSecret, type SecretRecord } from "./records.ts"

interface ManagedWish {
  /** The service that owns it, such as `rds`: the name begins with it. */
  readonly owner: string
  /** What follows the owner in the name, such as `db-` and an id. */
  readonly name: string
  readonly description: string
  readonly key?: string | undefined
  readonly tags: readonly Tag[]
  readonly username: string
}

/** A secret that another service of AWS keeps for its own thing, such as RDS for a database's master. */
export const makeManagedSecret = (call: Call, wish: ManagedWish): SecretRecord =>
  bear(call, {
    name: `${wish.owner}!${wish.name}`,
    description: wish.description,
    key: wish.key,
    tags: wish.tags,
    owner: wish.owner,
    value: JSON.stringify({
      username: wish.username,
      password: random({ PasswordLength: 28, ExcludePunctuation: true }),
    }),
    token: call.id("version").padEnd(32, "0"),
  })

/** The owner needs no recovery window. */
export const dropManagedSecret = (call: Call, arn: string): void => {
  const record = allSecrets(call).find(({ ARN }) => ARN === arn)
  if (record) dropSecret(call, record.Name)
}
