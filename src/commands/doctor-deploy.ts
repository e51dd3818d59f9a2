import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { App } from "../app.ts"
import type { Settings } from "../config.ts"
import { graphOf } from "../engine/order.ts"
import { secondsLeft } from "../engine/path.ts"
import type { PlanRow } from "../engine/plan.ts"
import { keyOf } from "../engine/types.ts"
import { NoAccess, Usage, UserError } from "../errors.ts"
import type { DoctorCheck } from "../report/results/doctor.ts"
import { nobody } from "./asking.ts"
import { checkAccount, checkClock, checkCredentials, checkFreePlan, checkRegion } from "./doctor-account.ts"
import { checkPermissions, checkQuotas, type Permissions } from "./doctor-plan.ts"
import type { Opened } from "./opening.ts"
import { changes, planDeploy } from "./planning.ts"

export interface Examined {
  readonly checks: readonly DoctorCheck[]
  /** Where only what a deploy is made of shows that the settings are wrong. */
  readonly configuration?: DoctorCheck | undefined
  readonly missing?: readonly string[]
  readonly policy?: object | undefined
}

/** Everything that a deploy of these settings would stand on, asked all at once. */
export async function examineAccount(app: App, { config }: Opened, account: Account): Promise<Examined> {
  const { settings } = config
  const { site, configuration } = await siteOf(app, settings, account)
  const { plan, rows, seconds, refused } = site ? await planned(account, site) : withoutSite
  const [permissions, ...checks] = await Promise.all([
    site ? checkPermissions(account, site, refused) : unsimulated,
    checkCredentials(account, seconds),
    checkAccount(account, settings),
    checkRegion(account, settings),
    checkClock(account),
    checkFreePlan(account, settings),
    checkQuotas(account, rows),
  ])
  const [credentials, ...others] = checks.flat()
  return {
    checks: [...(credentials ? [credentials] : []), ...others, permissions.check, plan],
    missing: permissions.missing,
    policy: permissions.policy,
    configuration,
  }
}

/** What is wrong with a setting is one finding, and no reason to look at nothing else. */
async function siteOf(app: App, settings: Settings, { cloud }: Account) {
  try {
    return { site: await app.site(settings.env ?? "poc", settings, cloud, nobody), configuration: undefined }
  } catch (error) {
    if (!(error instanceof Usage)) throw error
    const check: DoctorCheck = { name: "configuration", state: "failed", text: error.message, fix: error.hint }
    return { site: undefined, configuration: check }
  }
}

const unseen = (name: string): DoctorCheck => ({
  name,
  state: "unknown",
  text: "it cannot be looked at before the configuration is mended",
})

const unsimulated: Permissions = { check: unseen("permissions"), missing: [], policy: undefined }

const nothing = { rows: undefined, seconds: undefined, refused: [] }

const withoutSite = { plan: unseen("plan"), ...nothing }

/** Half a plan says nothing of quotas or of time. */
async function planned(account: Account, site: Site) {
  const name = "plan"
  try {
    const { plan, unread, errors } = await planDeploy(account, site, { prune: false })
    const closed = errors.filter((error) => error instanceof NoAccess)
    if (closed.length > 0) return unreadable(closed)
    if (unread !== undefined) throw unread
    const blocked = plan.rows.filter(({ action }) => action === "blocked")
    const [first] = blocked
    if (first !== undefined) {
      const text = `${blocked.map(({ step }) => step.key).join(", ")} would stop a deploy: ${first.because ?? ""}`
      const check: DoctorCheck = { name, state: "failed", text, fix: "smart0dte plan single shows all of it" }
      return { plan: check, ...nothing }
    }
    const count = plan.rows.filter(changes).length
    const check: DoctorCheck = { name, state: "ok", text: count === 0 ? "nothing to do" : `${count} steps to do` }
    return { ...nothing, plan: check, rows: plan.rows, seconds: secondsOf(site, plan.rows) }
  } catch (error) {
    if (error instanceof NoAccess) return unreadable([error])
    if (!(error instanceof UserError)) throw error
    const check: DoctorCheck = { name, state: "unknown", text: error.message, fix: error.hint }
    return { plan: check, ...nothing }
  }
}

/** A deploy begins with the same look at what is there, and would end with it. */
function unreadable(errors: readonly NoAccess[]) {
  const refused = [...new Set(errors.flatMap(({ action }) => action ?? []))].toSorted()
  const [first] = errors
  const others = refused.length > 1 ? `; it takes ${refused.length} permissions that are missing` : ""
  const fix = refused.length > 0 ? "give whoever deploys the policy below" : first?.hint
  const plan: DoctorCheck = { name: "plan", state: "failed", text: `${first?.message}${others}`, fix }
  return { ...nothing, plan, refused }
}

/** What the run usually takes, along its longest chain. */
function secondsOf({ blueprint }: Site, rows: readonly PlanRow[]): number {
  const { steps, before } = graphOf(blueprint)
  const usual = new Map(rows.filter(changes).map((row) => [row.step.key, row.usual]))
  return secondsLeft(
    steps.map((step) => ({
      id: keyOf(step),
      step: { key: keyOf(step), kind: step.kind.name, name: step.name, scope: step.scope },
      verb: "create",
      usual: usual.get(keyOf(step)) ?? 0,
      after: before(step).map(keyOf),
    })),
    new Set(),
  )
}
