import {
  DeleteOpenIDConnectProviderCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  GetPolicyCommand,
  GetRoleCommand,
  ListEntitiesForPolicyCommand,
  paginateListPolicies,
  paginateListPolicyVersions,
  paginateListRoles,
} from "@aws-sdk/client-iam"
import { alreadyGone, unlessNotFound } from "../already.ts"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"
import { identityOf } from "../tags.ts"
import { ciPowers, ciRoleNames, ciScope, ownProvider } from "./ci-roles.ts"
import { isPolicyOf, policiesPath, policiesScope } from "./managed-policies.ts"
import { dropAllPolicies } from "./role-policies.ts"

/** What `ci-role` has made for an environment, as far as it is there. */
export interface CiRolesSeen {
  readonly roles: readonly string[]
  /** By ARN. */
  readonly policies: readonly string[]
  /** By ARN, where it is ours and no other role trusts it. */
  readonly provider: string | undefined
  /** What would be of no more use here, and why it stays. */
  readonly stays: readonly string[]
}

export async function ciRolesOf(ctx: Cloud, environment: string): Promise<CiRolesSeen> {
  const { iam } = ctx
  const names = ciRoleNames(environment)
  const found = await Promise.all(
    names.map(async (RoleName) => (await unlessNotFound(iam.send(new GetRoleCommand({ RoleName }))))?.Role),
  )
  const roles = names.filter((_, index) => identityOf(found[index]?.Tags)?.scope === ciScope)
  const foreign = names.filter((name, index) => found[index] !== undefined && !roles.includes(name))
  const [policies, provider] = await Promise.all([policiesFor(ctx, environment, roles), providerFor(ctx, roles)])
  return {
    roles,
    policies: policies.free,
    provider: provider.free,
    stays: [
      ...foreign.map((name) => `role ${name}: somebody else made it`),
      ...policies.used.map(({ arn, by }) => `policy ${arn}: ${by.join(", ")} has it, too`),
      ...provider.used,
    ],
  }
}

/** Does it again while AWS says that something still stands on it. */
export type Patiently = (attempt: () => Promise<void>) => Promise<void>

/** What lets somebody in goes first. Broken off, the next run goes on. */
export async function dropCiRoles(ctx: Cloud, patiently: Patiently, seen: CiRolesSeen): Promise<void> {
  const { iam } = ctx
  for (const RoleName of seen.roles) {
    // A role without policies may nothing: from here on its sessions are of no use.
    await alreadyGone(dropAllPolicies(ctx, RoleName))
    await alreadyGone(iam.send(new DeleteRoleCommand({ RoleName })))
  }
  for (const PolicyArn of seen.policies) {
    const versions = paginateListPolicyVersions({ client: iam }, { PolicyArn })
    for (const { IsDefaultVersion, VersionId } of await everyItem(versions, (page) => page.Versions))
      if (!IsDefaultVersion) await alreadyGone(iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId })))
    // IAM hears some seconds late of what was detached.
    await patiently(() => alreadyGone(iam.send(new DeletePolicyCommand({ PolicyArn }))))
  }
  const { provider: OpenIDConnectProviderArn } = seen
  if (OpenIDConnectProviderArn !== undefined)
    await alreadyGone(iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })))
}

/** Somebody may have given one of them to a user or a role of his own, too. */
async function policiesFor({ iam }: Cloud, environment: string, roles: readonly string[]) {
  const pages = paginateListPolicies({ client: iam }, { Scope: "Local", PathPrefix: policiesPath })
  const meant = (await everyItem(pages, (page) => page.Policies)).filter(({ PolicyName = "" }) =>
    ciPowers.some((power) => isPolicyOf(PolicyName, environment, `ci-${power}`)),
  )
  const seen = await Promise.all(
    meant.map(async ({ Arn: arn = "" }) => {
      const [tagged, uses] = await Promise.all([
        unlessNotFound(iam.send(new GetPolicyCommand({ PolicyArn: arn }))),
        unlessNotFound(iam.send(new ListEntitiesForPolicyCommand({ PolicyArn: arn }))),
      ])
      const others = (uses?.PolicyRoles ?? []).flatMap(({ RoleName = "" }) =>
        roles.includes(RoleName) ? [] : RoleName,
      )
      const by = [
        ...others.map((name) => `role ${name}`),
        ...(uses?.PolicyUsers ?? []).map(({ UserName }) => `user ${UserName}`),
        ...(uses?.PolicyGroups ?? []).map(({ GroupName }) => `group ${GroupName}`),
      ]
      return { arn, by, ours: identityOf(tagged?.Policy?.Tags)?.scope === policiesScope }
    }),
  )
  const ours = seen.filter((one) => one.ours)
  return {
    free: ours.filter(({ by }) => by.length === 0).map(({ arn }) => arn),
    used: ours.filter(({ by }) => by.length > 0),
  }
}

/** Roles of other environments and of other programs come in by the same provider: an account has but one. */
async function providerFor(ctx: Cloud, roles: readonly string[]) {
  const provider = await ownProvider(ctx)
  if (provider === undefined) return { free: undefined, used: [] }
  const all = await everyItem(paginateListRoles({ client: ctx.iam }, {}), (page) => page.Roles)
  const trusting = all.filter(({ AssumeRolePolicyDocument = "" }) =>
    decodeURIComponent(AssumeRolePolicyDocument).includes(provider),
  )
  const others = trusting.flatMap(({ RoleName = "" }) => (roles.includes(RoleName) ? [] : RoleName))
  if (others.length === 0) return { free: provider, used: [] }
  return { free: undefined, used: [`provider ${provider}: ${others.join(", ")} trusts it, too`] }
}
