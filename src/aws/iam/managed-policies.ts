import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  paginateListAttachedRolePolicies,
  paginateListAttachedUserPolicies,
  paginateListPolicyVersions,
} from "@aws-sdk/client-iam"
import { Refused } from "../../errors.ts"
import { alreadyGone, unlessNotFound } from "../already.ts"
import type { Cloud } from "../cloud.ts"
import { nameFor, rolePath } from "../names.ts"
import { everyItem } from "../pages.ts"
import { birthTags, identityOf } from "../tags.ts"
import type { Policy } from "./policy.ts"
import { documentOf } from "./role-policies.ts"

type Place = Pick<Cloud, "iam" | "account" | "partition">

/** Whose they are, beside every environment: nobody whom a policy holds may change it. */
export const policiesScope = "policies"

export const policiesPath = rolePath(policiesScope)

/** A document may take several policies: the first has the name alone, and the others a number behind it. */
const policyName = (environment: string, name: string, index: number): string =>
  nameFor(environment, index === 0 ? name : `${name}-${index + 1}`, 128)

/** Whether a policy is one of those that a document of that name takes: a user or a role has ten at most. */
export const isPolicyOf = (policy: string, environment: string, name: string): boolean =>
  Array.from({ length: 10 }, (_, index) => policyName(environment, name, index)).includes(policy)

/** These documents as managed policies of the account; where they are already, as they are to be now. Their ARNs. */
export async function makePolicies(
  ctx: Place,
  environment: string,
  name: string,
  documents: readonly Policy[],
): Promise<readonly string[]> {
  const arns: string[] = []
  for (const [index, document] of documents.entries())
    arns.push(await makePolicy(ctx, policyName(environment, name, index), document))
  return arns
}

interface Bearer {
  readonly type: "user" | "role"
  readonly name: string
}

/** All policies of one document, in their order; what an earlier and longer one needed besides is taken off. */
export async function attachTo(ctx: Pick<Cloud, "iam">, to: Bearer, arns: readonly string[]): Promise<void> {
  const { iam } = ctx
  const { name: UserName, name: RoleName } = to
  for (const PolicyArn of arns)
    await (to.type === "user"
      ? iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }))
      : iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })))
  for (const PolicyArn of await outlived(ctx, to, arns))
    await alreadyGone(
      to.type === "user"
        ? iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn }))
        : iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })),
    )
}

async function outlived({ iam }: Pick<Cloud, "iam">, to: Bearer, arns: readonly string[]): Promise<readonly string[]> {
  const { name: UserName, name: RoleName } = to
  const attached =
    to.type === "user"
      ? await everyItem(
          paginateListAttachedUserPolicies({ client: iam }, { UserName }),
          (page) => page.AttachedPolicies,
        )
      : await everyItem(
          paginateListAttachedRolePolicies({ client: iam }, { RoleName }),
          (page) => page.AttachedPolicies,
        )
  const further = new Set(Array.from({ length: 10 }, (_, index) => `${arns[0]}-${index + 1}`))
  return attached.flatMap(({ PolicyArn = "" }) =>
    further.has(PolicyArn) && !arns.includes(PolicyArn) ? PolicyArn : [],
  )
}

export async function hasRole({ iam }: Pick<Cloud, "iam">, RoleName: string): Promise<boolean> {
  return (await unlessNotFound(iam.send(new GetRoleCommand({ RoleName })))) !== undefined
}

async function makePolicy(ctx: Place, PolicyName: string, document: Policy): Promise<string> {
  const { account, iam, partition } = ctx
  const PolicyArn = `arn:${partition}:iam::${account}:policy${policiesPath}${PolicyName}`
  const there = (await unlessNotFound(iam.send(new GetPolicyCommand({ PolicyArn }))))?.Policy
  const PolicyDocument = JSON.stringify(document)
  if (there === undefined) {
    const Tags = birthTags({ scope: policiesScope, key: `policy/${PolicyName}` })
    await iam.send(new CreatePolicyCommand({ PolicyName, Path: policiesPath, PolicyDocument, Tags }))
    return PolicyArn
  }
  if (identityOf(there.Tags)?.scope !== policiesScope)
    throw new Refused(`there is a policy ${PolicyArn} that somebody else made`, {
      hint: "see what it is for, and take it away or rename it; then run again",
    })
  const VersionId = there.DefaultVersionId
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }))
  if (JSON.stringify(documentOf(PolicyVersion?.Document)) === PolicyDocument) return PolicyArn
  await makeRoom(ctx, PolicyArn)
  await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }))
  return PolicyArn
}

/** IAM keeps five versions of a policy, and takes no sixth. */
async function makeRoom({ iam }: Pick<Cloud, "iam">, PolicyArn: string): Promise<void> {
  const versions = await everyItem(paginateListPolicyVersions({ client: iam }, { PolicyArn }), (page) => page.Versions)
  const [oldest] = versions
    .filter(({ IsDefaultVersion }) => !IsDefaultVersion)
    .toSorted((a, b) => (a.CreateDate?.getTime() ?? 0) - (b.CreateDate?.getTime() ?? 0))
  if (versions.length >= 5 && oldest)
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: oldest.VersionId }))
}
