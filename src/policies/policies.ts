import type { Place } from "../aws/cloud.ts"
import type { Policy } from "../aws/iam/policy.ts"
import { bucketNameFor, nameFor, parameterName, stateBucketName } from "../aws/names.ts"
import { findsHome } from "../aws/state/home.ts"
import { kindsOf } from "../blueprints/kinds.ts"
import type { Permission, Scope } from "../engine/types.ts"
import bootstrapper from "../templates/policies/bootstrapper.json" with { type: "json" }
import ciLive from "../templates/policies/ci-live.json" with { type: "json" }
import deployer from "../templates/policies/deployer.json" with { type: "json" }
import everyone from "../templates/policies/everyone.json" with { type: "json" }
import operator from "../templates/policies/operator.json" with { type: "json" }
import planner from "../templates/policies/planner.json" with { type: "json" }
import reader from "../templates/policies/reader.json" with { type: "json" }
import trader from "../templates/policies/trader.json" with { type: "json" }
import { render } from "../templates/render.ts"
import { type PolicyName, scopeOf } from "./names.ts"
import { packed } from "./packed.ts"
import { statementsOf } from "./statements.ts"

/** The whole of it in one document, which IAM may not take in one piece. */
export const policyFor = (name: PolicyName, place: Place, scope: Scope): Policy => {
  const of = scopeOf(name) ?? scope
  return render<Policy>({ Version, Statement: PARTS[name](of) }, valuesFor(place, of))
}

/** The same in documents each of which fits into a managed policy. */
export const documentsFor = (name: PolicyName, place: Place, scope: Scope): readonly Policy[] =>
  packed(policyFor(name, place, scope).Statement).map((Statement) => ({ Version, Statement }))

const Version = "2012-10-17"

type Part = (scope: Scope) => readonly object[]

const neededBy = (whose: Parameters<typeof kindsOf>[0]): readonly Permission[] =>
  kindsOf(whose).flatMap(({ allow }) => allow)

/** What a step needs is said by its kind; what a run needs besides, lock and former values, stands in the template. */
const makes: Part = () => [...deployer.Statement, ...statementsOf(neededBy("environment"))]

const makesAccount: Part = () => [...bootstrapper.Statement, ...statementsOf([...neededBy("account"), ...findsHome])]

const sharing: Part = () => [...reader.Statement, ...everyone.Statement]

const operates: Part = (scope) => [...sharing(scope), ...operator.Statement]

/** Looks at all that a deploy would look at, but into no secret. */
const looks: Part = () => [
  ...planner.Statement,
  ...statementsOf(
    neededBy("environment").flatMap(({ action, resource, when }) => {
      const reading = [action].flat().filter((one) => READS.test(one) && !one.endsWith(":GetSecretValue"))
      return reading.length === 0
        ? []
        : [{ action: reading, ...(resource !== undefined && { resource }), ...(when && { when }) }]
    }),
  ),
]

const READS = /:(Describe|Get|List)/

const PARTS: Readonly<Record<PolicyName, Part>> = {
  bootstrap: makesAccount,
  deployer: makes,
  operator: operates,
  trader: (scope) => [...sharing(scope), ...trader.Statement],
  "ci-plan": looks,
  "ci-deploy": makes,
  "ci-live": (scope) => [...sharing(scope), ...ciLive.Statement],
  dev: (scope) => [...makes(scope), ...operates(scope)],
  stage: (scope) => [...makes(scope), ...operates(scope)],
  prod: (scope) => [...looks(scope), ...reader.Statement],
}

const valuesFor = (place: Place, scope: Scope): Readonly<Record<string, string>> => {
  const path = parameterName(scope, "")
  return {
    account: place.account,
    partition: place.partition,
    region: place.region,
    scope,
    path,
    folder: path.slice(1),
    prefix: nameFor(scope, "").slice(0, -1),
    bucket: stateBucketName(place),
    backups: bucketNameFor(place, `${scope}-backups`),
  }
}
