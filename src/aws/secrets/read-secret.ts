import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager"
import { UserError } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { type Lines, linesOf, unset } from "./lines.ts"

/** The values of a secret: only for what hands them on at once. */
export async function readSecret(ctx: Cloud, name: string): Promise<Lines> {
  const { SecretString = "" } = await ctx.secrets.send(new GetSecretValueCommand({ SecretId: name }))
  return linesOf(SecretString)
}

export async function readLine(ctx: Cloud, name: string, line: string): Promise<string> {
  const value = (await readSecret(ctx, name))[line]
  if (value !== undefined && value !== unset) return value
  throw new UserError(`the secret ${name} has no ${line}`, {
    hint: `somebody has changed it: put the line back with \`smart0dte secrets set\`, or restore its former version`,
  })
}
