import {
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from "@aws-sdk/client-iam"
import { alreadyGone } from "../already.ts"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"
import type { Policy } from "./policy.ts"

/** What a role may do: policies that others keep, by ARN, and its own, by name. */
export interface RolePolicies {
  readonly attached: readonly string[]
  readonly inline: Readonly<Record<string, Policy>>
}

export async function policiesOf(ctx: Cloud, RoleName: string): Promise<RolePolicies> {
  const [attached, names] = await Promise.all([attachedTo(ctx, RoleName), namesOf(ctx, RoleName)])
  const documents = await Promise.all(
    names.map(async (PolicyName): Promise<[string, Policy]> => {
      const { PolicyDocument } = await ctx.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))
      return [PolicyName, documentOf(PolicyDocument)]
    }),
  )
  return { attached, inline: Object.fromEntries(documents) }
}

/** Makes these the role's own policies, and the only ones: what somebody added or attached goes. */
export async function setPolicies(
  ctx: Cloud,
  RoleName: string,
  live: RolePolicies,
  inline: RolePolicies["inline"],
): Promise<void> {
  for (const [PolicyName, policy] of Object.entries(inline))
    await ctx.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: JSON.stringify(policy) }))
  const extra = Object.keys(live.inline).filter((name) => !(name in inline))
  await dropPolicies(ctx, RoleName, { attached: live.attached, inline: extra })
}

/** A role that has policies cannot be deleted. */
export async function dropAllPolicies(ctx: Cloud, RoleName: string): Promise<void> {
  const [attached, inline] = await Promise.all([attachedTo(ctx, RoleName), namesOf(ctx, RoleName)])
  await dropPolicies(ctx, RoleName, { attached, inline })
}

/** IAM gives documents back as they were sent, percent-encoded. */
export const documentOf = (encoded: string | undefined): Policy =>
  // A document of a foreign shape is one that differs.
  JSON.parse(decodeURIComponent(encoded ?? "{}")) as Policy

async function dropPolicies(
  ctx: Cloud,
  RoleName: string,
  { attached, inline }: { readonly attached: readonly string[]; readonly inline: readonly string[] },
): Promise<void> {
  for (const PolicyArn of attached)
    await alreadyGone(ctx.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })))
  for (const PolicyName of inline)
    await alreadyGone(ctx.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })))
}

async function attachedTo(ctx: Cloud, RoleName: string): Promise<readonly string[]> {
  const pages = paginateListAttachedRolePolicies({ client: ctx.iam }, { RoleName })
  const policies = await everyItem(pages, (page) => page.AttachedPolicies)
  return policies.map(({ PolicyArn = "" }) => PolicyArn).toSorted()
}

async function namesOf(ctx: Cloud, RoleName: string): Promise<readonly string[]> {
  return everyItem(paginateListRolePolicies({ client: ctx.iam }, { RoleName }), (page) => page.PolicyNames)
}
