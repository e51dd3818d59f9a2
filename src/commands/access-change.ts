import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { App } from "../app.ts"
import type { Cloud } from "../aws/cloud.ts"
import type { Allowed } from "../aws/ec2/allowed.ts"
import { apply } from "../engine/apply.ts"
import { graphOf } from "../engine/order.ts"
import type { Outcome } from "../engine/perform.ts"
import type { Run } from "../engine/run.ts"
import { type AnyStep, keyOf } from "../engine/types.ts"
import { Refused, UserError } from "../errors.ts"
import { locked } from "./locked.ts"
import { commandLine } from "./next.ts"
import type { Opened } from "./opening.ts"

export interface Access {
  /** For whom the environment was made. */
  readonly residents: readonly Allowed[]
  /** Who was let in besides, also those whose time is over. */
  readonly visitors: readonly Allowed[]
  /** By the account's clock. */
  readonly now: number
}

export async function readAccess({ cloud }: Account, { environment }: Site): Promise<Access> {
  const { residentsOf, visitorsOf } = await import("../aws/ec2/visitors.ts")
  const [residents, visitors] = await Promise.all([residentsOf(cloud, environment), visitorsOf(cloud, environment)])
  return { residents, visitors, now: cloud.clock.now() }
}

/**
 * Makes of those who are there, as they are once nobody else changes them, those who are to be. They are written down
 * first, so that every later run says the same, and then let in. Whose time is over goes by the way.
 */
export async function changeVisitors(
  app: App,
  opened: Opened,
  account: Account,
  site: Site,
  change: (access: Access) => readonly Allowed[],
): Promise<Access> {
  const group = groupOf(account, site)
  const [{ visitors }, { isOver, textOf }, { writeVisitors }] = await Promise.all([
    import("../steps/choice.ts"),
    import("../aws/ec2/allowed.ts"),
    import("../aws/ec2/visitors.ts"),
  ])
  const title = `access ${site.environment}`
  const done: { access?: Access } = {}
  const { outcome, lost } = await locked(app, { opened, account, site, title }, async (run) => {
    const access = await readAccess(account, site)
    const wanted = change(access).filter((one) => !isOver(one, access.now))
    done.access = { ...access, visitors: wanted }
    const written = await applyOnly(run, site, visitors({ scope: site.environment, value: textOf(wanted) }))
    if (!isWhole(written)) return written
    await writeVisitors(run.ctx, site.environment, wanted)
    return applyOnly(run, site, group)
  })
  if (lost !== undefined) throw lost
  if (outcome.failed[0]) throw outcome.failed[0].error
  if (isWhole(outcome) && done.access) return done.access
  throw new UserError(`${title} was stopped`, { hint: "run the same command again" })
}

/** Without a load balancer there is nothing that anybody could be let into. */
export function groupOf(account: Account, { environment, blueprint }: Site): AnyStep<Cloud> {
  const group = graphOf(blueprint).steps.find((step) => keyOf(step) === "security-group/load-balancer")
  if (group) return group
  throw new UserError(`${environment} has no load balancer that anybody could reach`, {
    hint: `the systems are reached through a tunnel: ${commandLine(account, "open smart-0dte")}`,
  })
}

const isWhole = ({ failed, skipped }: Outcome) => failed.length + skipped.length === 0

/** This step as it is wished, on the others as they are: what else is to be done is not done by the way. */
const applyOnly = (run: Run<Cloud>, { kinds }: Site, step: AnyStep<Cloud>) =>
  apply(run, { name: "access", scopes: [], steps: [step] }, kinds, {
    agreed({ findings }) {
      const others = findings.filter((finding) => finding.step !== step && finding.state !== "same")
      if (others.length === 0) return
      throw new Refused(`more is to be done than that: ${others.map(({ key }) => key).join(", ")}`, {
        hint: "nobody was let in; see it with: smart0dte plan single, and deploy it first",
      })
    },
  })
