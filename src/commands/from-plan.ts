import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { App } from "../app.ts"
import type { Settings } from "../config.ts"
import { fingerprint } from "../engine/compare.ts"
import { wishesOf } from "../engine/wishes.ts"
import { Refused, Usage } from "../errors.ts"
import type { PlanResult } from "../report/results.ts"
import type { Whole } from "./asking.ts"
import { wishOptions } from "./flags.ts"
import type { Opened } from "./opening.ts"
import { changes, type PlanOptions, planDeploy } from "./planning.ts"
import { readKey } from "./public-key.ts"
import { requestOptions } from "./requests.ts"
import { readPlan as readSaved, type SavedPlan, writePlan } from "./saved-plan.ts"

export interface ToSave {
  readonly site: Site
  readonly settings: Settings
  readonly allowed: readonly string[] | undefined
  readonly requests: PlanOptions
  readonly plan: PlanResult
}

/** Keeps a plan so that exactly it can be deployed later, by another machine too. */
export async function savePlan(app: App, account: Account, path: string, what: ToSave): Promise<void> {
  const { site, settings, allowed, requests, plan } = what
  const publicKey = await readKey(settings.publicKey)
  await writePlan(path, {
    version: app.version,
    made: new Date().toISOString(),
    sandbox: account.sandbox,
    environment: plan.environment,
    account: plan.account,
    region: plan.region,
    settings: { ...settings, ...(publicKey !== undefined && { publicKey }) },
    ...(allowed && { allowed }),
    requests: {
      prune: requests.prune,
      renew: [...(requests.renew ?? [])],
      adopt: [...(requests.adopt ?? [])],
      replace: [...(requests.replace ?? [])],
    },
    fingerprint: fingerprintOf(site),
    monthlyUsd: plan.summary.monthlyUsd,
    rows: plan.rows.filter(changes).map(({ live: _, ...row }) => row),
  })
}

/** Reads it, and goes no further where it was made for another sort of account. */
export async function openPlan({ config }: Opened, path: string, flags: object): Promise<SavedPlan> {
  refuseBesides({ ...flags })
  const saved = await readSaved(path)
  if (saved.sandbox === config.options.sandbox) return saved
  throw new Refused(
    saved.sandbox ? `${path} is a plan for the sandbox, not for AWS` : `${path} is a plan for AWS, not for the sandbox`,
    { hint: `nothing was changed; ${saved.sandbox ? "add" : "leave out"} --sandbox, or make the plan again` },
  )
}

/** The plan of the saved settings as the account is now; whether it is still the one that was saved is seen later. */
export async function planSaved(app: App, account: Account, saved: SavedPlan): Promise<Whole> {
  refuseElsewhere(account, saved)
  const site = await app.site(saved.environment, saved.settings, account.cloud, saved.allowed)
  if (fingerprintOf(site) !== saved.fingerprint)
    throw new Refused(`smart0dte ${app.version} makes something else of these settings than ${saved.version} did`, {
      hint: "nothing was changed; deploy it with the version that made it, or make the plan again",
    })
  const { prune, renew, adopt, replace } = saved.requests
  const requests = { prune, renew: new Set(renew), adopt: new Set(adopt), replace: new Set(replace) }
  return { site, requests, promised: saved.rows, ...(await planDeploy(account, site, requests)) }
}

function refuseElsewhere({ cloud }: Account, { account, region }: SavedPlan): void {
  if (account === cloud.account && region === cloud.region) return
  throw new Refused(`the plan is for account ${account}, ${region}, and this is ${cloud.account}, ${cloud.region}`, {
    hint:
      account === cloud.account
        ? `nothing was changed; say --region ${region}`
        : "nothing was changed; use the credentials of that account, or make the plan again",
  })
}

/** What can only be said when a plan is made. */
function refuseBesides(flags: Readonly<Record<string, unknown>>): void {
  const given = [...requestOptions, ...wishOptions]
    .filter((option) => !isUnsaid(flags[option.attributeName()]))
    .map((option) => option.long)
  if (given.length > 0)
    throw new Usage(`a saved plan is deployed as it is: ${given.join(", ")} cannot be given with it`, {
      hint: "give it when the plan is made: smart0dte plan single --out FILE",
    })
}

const isUnsaid = (value: unknown) => value === undefined || value === false

const fingerprintOf = ({ blueprint }: Site) => fingerprint(wishesOf(blueprint.steps))
