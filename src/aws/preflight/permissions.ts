import { type ContextEntry, type EvaluationResult, paginateSimulatePrincipalPolicy } from "@aws-sdk/client-iam"
import { UserError } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"
import type { Grant } from "./grants.ts"
import { principalOf } from "./principal.ts"

/** What whoever asks may do of what is wanted; nothing is certain about what could not be simulated. */
export type Simulated =
  | { readonly unknown: string }
  | {
      readonly principal: string
      readonly asked: number
      /** What no policy allows. */
      readonly missing: readonly Grant[]
      /** What a policy forbids, so that allowing it would not help: the actions, each with what forbids it. */
      readonly denied: readonly string[]
    }

/** Asks IAM what it would say, in one question for each resource and condition. */
export async function simulate(ctx: Cloud, grants: readonly Grant[]): Promise<Simulated> {
  const principal = await principalOf(ctx)
  if ("unknown" in principal) return principal
  try {
    const verdictsFor = async (grant: Grant) => ({ grant, results: await verdictsOn(ctx, principal.arn, grant) })
    // Whoever may not simulate is told so once, and not for each of them.
    const [first, ...rest] = grants
    const probe = first === undefined ? [] : [await verdictsFor(first)]
    const verdicts = [...probe, ...(await Promise.all(rest.map(verdictsFor)))]
    const results = verdicts.flatMap((one) => one.results)
    return {
      principal: principal.arn,
      asked: new Set(grants.flatMap(({ actions }) => actions)).size,
      missing: verdicts.flatMap(({ grant, results: own }) => missingOf(grant, own)),
      denied: [...new Set(results.flatMap((result) => deniedOf(result) ?? []))].toSorted(),
    }
  } catch (error) {
    if (error instanceof UserError) return { unknown: `permissions cannot be simulated: ${error.message}` }
    throw error
  }
}

async function verdictsOn(ctx: Cloud, arn: string, { actions, resource, when }: Grant) {
  return everyItem(
    paginateSimulatePrincipalPolicy(
      { client: ctx.iam },
      {
        PolicySourceArn: arn,
        ActionNames: [...actions],
        ResourceArns: [sampleOf(resource)],
        ContextEntries: [...contextOf(when), requestedRegion(ctx)],
      },
    ),
    (page) => page.EvaluationResults,
  )
}

/** What is simulated is one thing, and not all of a name: a star in an ARN would be taken for a letter. */
const sampleOf = (resource: string): string =>
  resource === "*" ? resource : resource.replaceAll("*", "0a1b2c3d4e5f6a7b8")

/** A call that meets the conditions. */
const contextOf = (when: Grant["when"]): readonly ContextEntry[] =>
  Object.entries(when).flatMap(([operator, keys]) =>
    // That a key is there at all is met by what the other conditions want of it.
    (operator === "Null" ? [] : Object.entries(keys)).map(([ContextKeyName, wanted]) => ({
      ContextKeyName,
      ContextKeyType: typeof wanted === "string" ? ("string" as const) : ("stringList" as const),
      ContextKeyValues: [wanted].flat(),
    })),
  )

const requestedRegion = ({ region }: Cloud): ContextEntry => ({
  ContextKeyName: "aws:RequestedRegion",
  ContextKeyType: "string",
  ContextKeyValues: [region],
})

/** An action that AWS left out of its answer counts as missing: nobody has said that it is allowed. */
function missingOf(grant: Grant, results: readonly EvaluationResult[]): readonly Grant[] {
  const settled = new Set(
    results.flatMap((result) =>
      result.EvalDecision === "allowed" || deniedOf(result) !== undefined ? [result.EvalActionName] : [],
    ),
  )
  const actions = grant.actions.filter((action) => !settled.has(action))
  return actions.length === 0 ? [] : [{ ...grant, actions }]
}

function deniedOf({
  EvalActionName,
  EvalDecision,
  OrganizationsDecisionDetail,
  PermissionsBoundaryDecisionDetail,
}: EvaluationResult): string | undefined {
  if (EvalDecision === "allowed") return undefined
  if (OrganizationsDecisionDetail?.AllowedByOrganizations === false) return `${EvalActionName} (by the organization)`
  if (PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false)
    return `${EvalActionName} (by the permissions boundary)`
  return EvalDecision === "explicitDeny" ? `${EvalActionName} (by a policy that denies it)` : undefined
}
