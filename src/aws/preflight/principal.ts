import { GetRoleCommand } from "@aws-sdk/client-iam"
import { NoAccess, NotFound } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"

/** Whose policies are to be simulated, or why nobody's can be. */
export type Principal = { readonly arn: string } | { readonly unknown: string }

/** A session has no policies of its own: it is its role that has, under an ARN with a path that sessions do not tell. */
export async function principalOf(ctx: Cloud): Promise<Principal> {
  const { arn } = ctx
  if (/:iam::\d+:user\//.test(arn)) return { arn }
  if (/:iam::\d+:root$/.test(arn)) return { unknown: "nobody can simulate the root user, who may do everything" }
  const [, RoleName] = /:sts::\d+:assumed-role\/([^/]+)\//.exec(arn) ?? []
  if (RoleName === undefined) return { unknown: `${arn} is neither a user nor a role` }
  try {
    const { Role } = await ctx.iam.send(new GetRoleCommand({ RoleName }))
    return Role?.Arn ? { arn: Role.Arn } : { unknown: `AWS tells no ARN of the role ${RoleName}` }
  } catch (error) {
    if (error instanceof NoAccess)
      return { unknown: `the role ${RoleName} may not be looked at: iam:GetRole is missing` }
    if (error instanceof NotFound) return { unknown: `the role ${RoleName} is of another account, or was deleted` }
    throw error
  }
}
