import type { Place } from "../aws/cloud.ts"
import type { Policy } from "../aws/iam/policy.ts"
import { nameFor, parameterName, stateBucketName } from "../aws/names.ts"
import type { Scope } from "../engine/types.ts"
import ciLive from "../templates/policies/ci-live.json" with { type: "json" }
import everyone from "../templates/policies/everyone.json" with { type: "json" }
import operator from "../templates/policies/operator.json" with { type: "json" }
import trader from "../templates/policies/trader.json" with { type: "json" }
import { render } from "../templates/render.ts"

/**
 * Who may tell nodes what. An operator releases, halts and resumes what trades with paper. A trader goes live and
 * approves it, with a second factor only. A CI job goes live, and can approve nothing.
 */
export const policyNames = ["trader", "operator", "ci-live"] as const
export type PolicyName = (typeof policyNames)[number]

/** Whoever may do anything may halt: what all of them may stands in each. */
export function policyFor(name: PolicyName, place: Place, scope: Scope): Policy {
  const path = parameterName(scope, "")
  const values = {
    ...place,
    scope,
    path,
    folder: path.slice(1),
    prefix: nameFor(scope, "").slice(0, -1),
    bucket: stateBucketName(place),
  }
  const { Version, Statement } = everyone
  return render<Policy>({ Version, Statement: [...Statement, ...own[name].Statement] }, values)
}

const own: Readonly<Record<PolicyName, Policy>> = { trader, operator, "ci-live": ciLive }
