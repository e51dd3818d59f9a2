import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  paginateListAttachedRolePolicies,
  paginateListAttachedUserPolicies,
  paginateListPolicies,
  paginateListPolicyVersions,
} from "@aws-sdk/client-iam"
import { Refused } from "../../errors.ts"
import { unlessNotFound } from "../already.ts"
import type { Cloud } from "../cloud.ts"
import { nameFor, prefix, rolePath } from "../names.ts"
import { everyItem } from "../pages.ts"
import { birthTags, identityOf } from "../tags.ts"
import { attach, type Bearer, bearersOf, detach, sameBearer } from "./bearers.ts"
import type { Policy } from "./policy.ts"
import { type Change, inOrder } from "./policy-parts.ts"
import { documentOf } from "./role-policies.ts"

type Place = Pick<Cloud, "iam" | "account" | "partition" | "region">

/** Whose they are, beside every environment: nobody whom a policy holds may change it. */
export const policiesScope = "policies"

export const policiesPath = rolePath(policiesScope)

/** A document may take several policies: the first has the name alone, and the others a number behind it. */
const policyName = (environment: string, name: string, index: number): string =>
  nameFor(environment, index === 0 ? name : `${name}-${index + 1}`, 128)

/** Whether a policy is one of those that a document of that name takes: a user or a role has ten at most. */
export const isPolicyOf = (policy: string, environment: string, name: string): boolean =>
  Array.from({ length: 10 }, (_, index) => policyName(environment, name, index)).includes(policy)

/**
 * These documents as managed policies of the account; where they are already, as they are to be now. Their ARNs. They
 * are shared: whoever has the first of them has all that it takes now, and lacks nothing meanwhile.
 */
export async function makePolicies(
  ctx: Place,
  environment: string,
  name: string,
  documents: readonly Policy[],
): Promise<readonly string[]> {
  const there = await partsThere(ctx, environment, name)
  const parts = documents.map((document, index) => partFor(ctx, policyName(environment, name, index), document, there))
  const foreign = parts.find(({ seen }) => seen && !seen.ours)
  if (foreign)
    throw new Refused(`there is a policy ${foreign.arn} that somebody else made`, {
      hint: "see what it is for, and take it away or rename it; then run again",
    })
  const sharers = there.find(({ arn }) => arn === parts[0]?.arn)?.bearers ?? []
  const other = sharers.length > 0 && otherRegionIn(ctx, there)
  if (other)
    throw new Refused(`${parts[0]?.arn} is for ${other}, and ${sharers.map(inWords).join(", ")} would lose that`, {
      hint: `nothing was changed; say --region ${other}, or detach it from them first and run again`,
    })
  // What is new, and what nobody has, first: nothing leaves a policy before another one has it.
  for (const part of parts) if (!part.seen?.bearers.length) await write(ctx, part)
  for (const sharer of sharers)
    for (const { arn, seen } of parts)
      if (!seen?.bearers.some((one) => sameBearer(one, sharer))) await attach(ctx, sharer, arn)
  const settled = parts.map((part) => (part.seen?.bearers.length ? part : { ...part, is: part.becomes }))
  for (const part of inOrder(settled)) if (part.is !== part.becomes) await write(ctx, part)
  for (const { arn, bearers } of there)
    if (!parts.some((part) => part.arn === arn))
      for (const one of bearers) if (sharers.some((sharer) => sameBearer(one, sharer))) await detach(ctx, one, arn)
  return parts.map(({ arn }) => arn)
}

/** One of the policies of a document, as it is. */
interface PartSeen {
  readonly arn: string
  readonly ours: boolean
  readonly document: Policy
  readonly bearers: readonly Bearer[]
}

async function partsThere(ctx: Place, environment: string, name: string): Promise<readonly PartSeen[]> {
  const { iam } = ctx
  const pages = paginateListPolicies({ client: iam }, { Scope: "Local", PathPrefix: policiesPath })
  const meant = (await everyItem(pages, (page) => page.Policies)).filter(({ PolicyName = "" }) =>
    isPolicyOf(PolicyName, environment, name),
  )
  return Promise.all(
    meant.map(async ({ Arn: PolicyArn = "" }) => {
      const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }))
      const VersionId = Policy?.DefaultVersionId
      const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }))
      return {
        arn: PolicyArn,
        ours: identityOf(Policy?.Tags)?.scope === policiesScope,
        document: documentOf(PolicyVersion?.Document),
        bearers: await bearersOf(ctx, PolicyArn),
      }
    }),
  )
}

interface Part extends Change {
  readonly name: string
  readonly arn: string
  readonly document: Policy
  readonly seen: PartSeen | undefined
}

function partFor({ account, partition }: Place, name: string, document: Policy, there: readonly PartSeen[]): Part {
  const arn = `arn:${partition}:iam::${account}:policy${policiesPath}${name}`
  const seen = there.find((part) => part.arn === arn)
  return { name, arn, document, seen, is: seen ? statementsIn(seen.document) : [], becomes: statementsIn(document) }
}

const statementsIn = ({ Statement }: Policy): readonly string[] =>
  [Statement].flat().map((statement) => JSON.stringify(statement))

const inWords = ({ name, type }: Bearer): string => `${type} ${name}`

/** The bucket of the records says its region in its name, and no policy of ours is without it. */
function otherRegionIn({ account, region }: Place, there: readonly PartSeen[]): string | undefined {
  const text = JSON.stringify(there.flatMap(({ document, ours }) => (ours ? [document] : [])))
  const buckets = text.matchAll(new RegExp(`:${prefix}-${account}-([a-z0-9-]+)-state\\b`, "g"))
  return [...buckets].map(([, of]) => of).find((of) => of !== region)
}

/** All policies of one document, in their order; what an earlier and longer one needed besides is taken off. */
export async function attachTo(ctx: Pick<Cloud, "iam">, to: Bearer, arns: readonly string[]): Promise<void> {
  for (const arn of arns) await attach(ctx, to, arn)
  for (const arn of await outlived(ctx, to, arns)) await detach(ctx, to, arn)
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

async function write(ctx: Place, { arn: PolicyArn, document, name: PolicyName, seen }: Part): Promise<void> {
  const { iam } = ctx
  const PolicyDocument = JSON.stringify(document)
  if (seen === undefined) {
    const Tags = birthTags({ scope: policiesScope, key: `policy/${PolicyName}` })
    await iam.send(new CreatePolicyCommand({ PolicyName, Path: policiesPath, PolicyDocument, Tags }))
    return
  }
  if (JSON.stringify(seen.document) === PolicyDocument) return
  await makeRoom(ctx, PolicyArn)
  await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }))
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
