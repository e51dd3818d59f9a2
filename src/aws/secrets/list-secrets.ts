import { paginateListSecrets } from "@aws-sdk/client-secrets-manager"
import type { Scope } from "../../engine/types.ts"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"
import { lineTimesOf } from "./line-tags.ts"
import { secretName } from "./secret-names.ts"

export interface SecretLine {
  /** Of the secret below its scope: `smart-0dte/keys`. */
  readonly secret: string
  readonly line: string
  readonly unset: boolean
  /** When it was set or made. */
  readonly since?: Date
}

/** Every line of every secret of the scope: names and ages, never a value. */
export async function listSecrets(ctx: Cloud, scope: Scope): Promise<readonly SecretLine[]> {
  const start = secretName(scope, "")
  const secrets = await secretsBelow(ctx, [start])
  return secrets.flatMap(({ Name = "", Tags = [] }) =>
    Object.entries(lineTimesOf(Tags))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([line, since]) => ({
        secret: Name.slice(start.length),
        line,
        unset: since === undefined,
        ...(since !== undefined && { since: new Date(since) }),
      })),
  )
}

/** Those whose names begin so, without what is on its way out. */
export const secretsBelow = (ctx: Cloud, Values: string[]) =>
  everyItem(
    paginateListSecrets({ client: ctx.secrets }, { Filters: [{ Key: "name", Values }] }),
    (page) => page.SecretList,
  )
