import { PutSecretValueCommand, TagResourceCommand } from "@aws-sdk/client-secrets-manager"
import type { Scope } from "../../engine/types.ts"
import { NotFound, UserError } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { lineTag } from "./line-tags.ts"
import { checkLine, textOf, unset } from "./lines.ts"
import { readSecret } from "./read-secret.ts"
import { secretName } from "./secret-names.ts"

export interface SetWish {
  readonly scope: Scope
  readonly system: string
  /** Such as POLYGON_API_KEY. */
  readonly line: string
  readonly value: string
}

/** Puts one value among a system's keys. Whoever calls it holds the scope's lock: two at once would lose one. */
export async function setSecret(ctx: Cloud, { scope, system, line, value }: SetWish): Promise<void> {
  checkLine(line, value)
  const SecretId = secretName(scope, `${system}/keys`)
  const lines = await present(ctx, SecretId, system)
  await ctx.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: textOf({ ...lines, [line]: value }) }))
  const since = value === unset ? undefined : new Date(ctx.clock.now())
  await ctx.secrets.send(new TagResourceCommand({ SecretId, Tags: [lineTag(line, since)] }))
}

async function present(ctx: Cloud, name: string, system: string) {
  try {
    return await readSecret(ctx, name)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    throw new UserError(`there are no keys of ${system} yet: the secret ${name} is not there`, {
      hint: "deploy first, then set them",
      cause: error,
    })
  }
}
