import { GetParameterCommand, PutParameterCommand } from "@aws-sdk/client-ssm"
import type { Scope } from "../../engine/types.ts"
import { NotFound } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { parameterName } from "../names.ts"
import { type Allowed, allowedIn, textOf } from "./allowed.ts"

/** Who was let in besides whom the environment was made for, also those whose time is over. */
export const visitorsOf = (ctx: Cloud, scope: Scope): Promise<readonly Allowed[]> => chosen(ctx, scope, "visitors")

/** For whom the environment was made. */
export const residentsOf = (ctx: Cloud, scope: Scope): Promise<readonly Allowed[]> =>
  chosen(ctx, scope, "allowed-cidrs")

/** Takes off also those of whom no list speaks any more. */
export async function writeVisitors(ctx: Cloud, scope: Scope, visitors: readonly Allowed[]): Promise<void> {
  if (textOf(await visitorsOf(ctx, scope)) === textOf(visitors)) return
  const Name = parameterName(scope, "choices", "visitors")
  await ctx.ssm.send(new PutParameterCommand({ Name, Type: "String", Value: textOf(visitors), Overwrite: true }))
}

async function chosen(ctx: Cloud, scope: Scope, name: string): Promise<readonly Allowed[]> {
  try {
    const command = new GetParameterCommand({ Name: parameterName(scope, "choices", name) })
    const { Parameter } = await ctx.ssm.send(command)
    return allowedIn(Parameter?.Value ?? "")
  } catch (error) {
    if (error instanceof NotFound) return []
    throw error
  }
}
