import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { Grant } from "../aws/preflight/grants.ts"
import { graphOf } from "../engine/order.ts"
import type { PlanRow } from "../engine/plan.ts"
import type { DoctorCheck } from "../report/results/doctor.ts"

export interface Permissions {
  readonly check: DoctorCheck
  readonly missing: readonly string[]
  readonly policy: object | undefined
}

/** Whether whoever asks may make, change and destroy what these settings are made of. */
export async function checkPermissions(
  { cloud }: Account,
  site: Site,
  /** What it turned out already that nobody allows. */
  refused: readonly string[],
): Promise<Permissions> {
  const name = "permissions"
  const [{ simulate }, { grantsOf, policyGranting }] = await Promise.all([
    import("../aws/preflight/permissions.ts"),
    import("../aws/preflight/grants.ts"),
  ])
  const steps = [...graphOf(site.blueprint).steps, ...site.groundwork.steps]
  const allow = [...new Set(steps.map((step) => step.kind))].flatMap((kind) => kind.allow)
  const wanted = grantsOf(allow, cloud, site.environment)
  const found = await simulate(cloud, wanted)
  if ("unknown" in found) {
    const policy = refused.length === 0 ? undefined : policyGranting(narrowed(wanted, refused))
    return { check: { name, state: "unknown", text: found.unknown }, missing: refused, policy }
  }
  const { asked, denied, principal } = found
  const simulated = new Set(found.missing.flatMap((grant) => grant.actions))
  const missing = [
    ...found.missing,
    ...narrowed(
      wanted,
      refused.filter((action) => !simulated.has(action)),
    ),
  ]
  const actions = [...new Set(missing.flatMap((grant) => grant.actions))].toSorted()
  const policy = missing.length === 0 ? undefined : policyGranting(missing)
  if (denied.length + actions.length === 0) {
    const text = `${principal} may do all ${asked} actions; a session's own policy and resource policies are not simulated`
    return { check: { name, state: "ok", text }, missing: actions, policy }
  }
  const parts = [
    ...(actions.length > 0 ? [`${actions.length} of ${asked} actions are allowed by no policy`] : []),
    ...(denied.length > 0 ? [`${denied.length} are forbidden: ${denied.join(", ")}`] : []),
  ]
  const fixes = [
    ...(actions.length > 0 ? ["give it the policy below"] : []),
    ...(denied.length > 0 ? ["ask who keeps what forbids them: no other policy outweighs it"] : []),
  ]
  const text = `${principal}: ${parts.join("; ")}`
  return { check: { name, state: "failed", text, fix: fixes.join("; ") }, missing: actions, policy }
}

/** What is to be allowed so that these are; on everything where no grant says on what. */
function narrowed(grants: readonly Grant[], actions: readonly string[]): readonly Grant[] {
  const kept = grants
    .map((grant) => ({ ...grant, actions: grant.actions.filter((action) => actions.includes(action)) }))
    .filter((grant) => grant.actions.length > 0)
  const others = actions.filter((action) => !kept.some((grant) => grant.actions.includes(action)))
  return [...kept, ...(others.length > 0 ? [{ actions: others, resource: "*", when: {} }] : [])]
}

/** One line for all that suffices, and one for each that does not. */
export async function checkQuotas({ cloud }: Account, rows: readonly PlanRow[] | undefined): Promise<DoctorCheck[]> {
  const name = "quotas"
  if (rows === undefined) return [{ name, state: "unknown", text: "without a plan nobody knows what is needed" }]
  const { isEnough, quotasFor } = await import("../aws/preflight/quotas.ts")
  const seen = await quotasFor(cloud, rows)
  const known = seen.flatMap((quota) => ("value" in quota.seen ? [{ ...quota, ...quota.seen }] : []))
  const short = known.filter((quota) => !isEnough(quota))
  const lacking = short.map(
    ({ what, needs, used, value, service, code }): DoctorCheck => ({
      name: `quota of ${what}`,
      state: "failed",
      text: `${needs} more are needed, and ${used} of ${value} are used`,
      fix: `ask for more (an increase takes minutes to days): aws service-quotas request-service-quota-increase --region ${cloud.region} --service-code ${service} --quota-code ${code} --desired-value ${used + needs}`,
    }),
  )
  const unread = seen.flatMap(({ what, seen: one }): readonly DoctorCheck[] =>
    "unknown" in one ? [{ name: `quota of ${what}`, state: "unknown", text: one.unknown }] : [],
  )
  const enough = known.filter(isEnough).map(({ what }) => what)
  const text = seen.length === 0 ? "the plan needs nothing that has one" : `enough of ${enough.join(", ")}`
  const ok: readonly DoctorCheck[] = seen.length === 0 || enough.length > 0 ? [{ name, state: "ok", text }] : []
  return [...ok, ...lacking, ...unread]
}
