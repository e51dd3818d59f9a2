import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { App } from "../app.ts"
import { graphOf } from "../engine/order.ts"
import { secondsLeft } from "../engine/path.ts"
import type { PlanRow } from "../engine/plan.ts"
import { keyOf } from "../engine/types.ts"
import { UserError } from "../errors.ts"
import type { DoctorCheck } from "../report/results/doctor.ts"
import { nobody } from "./asking.ts"
import { checkAccount, checkClock, checkCredentials, checkFreePlan, checkRegion } from "./doctor-account.ts"
import { checkPermissions, checkQuotas } from "./doctor-plan.ts"
import type { Opened } from "./opening.ts"
import { changes, planDeploy } from "./planning.ts"

export interface Examined {
  readonly checks: readonly DoctorCheck[]
  readonly missing?: readonly string[]
  readonly policy?: object | undefined
}

/** Everything that a deploy of these settings would stand on, asked all at once. */
export async function examineAccount(app: App, { config }: Opened, account: Account): Promise<Examined> {
  const { settings } = config
  const site = await app.site(settings.env ?? "poc", settings, account.cloud, nobody)
  const { plan, rows, seconds } = await planned(account, site)
  const [permissions, ...checks] = await Promise.all([
    checkPermissions(account, site),
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
  }
}

/** Half a plan says nothing of quotas or of time. */
async function planned(account: Account, site: Site) {
  const name = "plan"
  const nothing = { rows: undefined, seconds: undefined }
  try {
    const { plan, unread } = await planDeploy(account, site, { prune: false })
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
    return { plan: check, rows: plan.rows, seconds: secondsOf(site, plan.rows) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const check: DoctorCheck = { name, state: "unknown", text: error.message, fix: error.hint }
    return { plan: check, ...nothing }
  }
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
