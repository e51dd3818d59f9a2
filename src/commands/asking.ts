import type { Account } from "../app/account.ts"
import type { Site, Sources } from "../app/site.ts"
import type { App } from "../app.ts"
import type { PlanRow } from "../engine/plan.ts"
import { Usage } from "../errors.ts"
import type { GlobalFlags, WishFlags } from "./flags.ts"
import type { Opened } from "./opening.ts"
import { type Planned, type PlanOptions, planDeploy } from "./planning.ts"

export interface Whole extends Planned {
  readonly site: Site
  readonly requests: PlanOptions
  /** What a saved plan said that would be done. */
  readonly promised?: readonly PlanRow[]
}

/** The plan, and what it plans for; what only a person can know is asked where nobody has said it yet. */
export async function planWhole(
  app: App,
  opened: Opened,
  account: Account,
  flags: GlobalFlags & WishFlags,
  environment: string,
  requests: PlanOptions,
  sources?: Sources,
): Promise<Whole> {
  const { settings } = opened.config
  const site = await app.site(environment, settings, account.cloud, account.sandbox ? nobody : undefined, sources)
  const planned = await planDeploy(account, site, requests)
  if (!lacksAllowed(planned, opened, account)) return { site, requests, ...planned }
  const { settings: answered } = await app.config({ ...flags, allowedCidrs: await askAllowed(app) })
  const whole = await app.site(environment, settings, account.cloud, answered.allowedCidrs, sources)
  return { site: whole, requests, ...(await planDeploy(account, whole, requests)) }
}

/** The one thing without a default, where neither the configuration nor the account knows it: who may come in. */
export const lacksAllowed = ({ plan }: Planned, { config }: Opened, { sandbox }: Account): boolean =>
  !sandbox &&
  config.settings.allowedCidrs === undefined &&
  plan.rows.some(({ step, action }) => step.key === "choice/allowed-cidrs" && action === "create")

/** An address that is set aside for documentation. */
export const nobody = ["203.0.113.10/32"]

function askAllowed({ terminal, ask }: App): Promise<string> {
  if (terminal.interactive)
    return ask.text("who may reach the load balancer? an address or range, such as 203.0.113.10")
  throw notSaid()
}

export const notSaid = () =>
  new Usage("nobody has said who may reach the load balancer", {
    hint: "give --allowed-cidrs, SMART0DTE_ALLOWED_CIDRS or allowedCidrs in smart0dte.yaml, such as 203.0.113.10/32",
  })
