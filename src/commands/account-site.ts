import type { Site } from "../app/site.ts"
import type { Cloud, Place } from "../aws/cloud.ts"
import { stateObjects } from "../aws/state/objects.ts"
import { readRecord } from "../aws/state/record.ts"
import type { Told } from "../blueprints/account.ts"
import { type AccountItem, itemsOf } from "../config/account.ts"
import type { Settings } from "../config.ts"
import type { PlanRow } from "../engine/plan.ts"
import { type AnyStep, type Blueprint, keyOf, type Wishes } from "../engine/types.ts"
import { Refused } from "../errors.ts"
import { priceOf, totalOf } from "../prices.ts"
import type { Outputs } from "../report/results.ts"
import { everyItem } from "./items.ts"
import { account as scope } from "./target.ts"
import { wishedPrices } from "./wished-prices.ts"

/** What the settings make of the account itself. */
export async function accountSite(settings: Settings, cloud: Cloud): Promise<Site> {
  const [{ account }, { kindsOf }, { single }, { stateBucket }, { spendingKinds, spendingWish }] = await Promise.all([
    import("../blueprints/account.ts"),
    import("../blueprints/kinds.ts"),
    import("../blueprints/single.ts"),
    import("../steps/bucket.ts"),
    import("./spending-wish.ts"),
  ])
  await refuseAwayFromHome(cloud)
  const { bootstrap, billing, email, sms, webhook } = settings
  const place = { account: cloud.account, partition: cloud.partition, region: cloud.region }
  const items = itemsOf(bootstrap)
  const partly = bootstrap.only !== undefined
  const last = (await readRecord(stateObjects(cloud, cloud.s3), scope))?.wishes ?? {}
  const plannedUsd = budgetFor(totalOf(wishedPrices(single({ ...settings, place, publicKey: undefined }))).usd)
  const told = { email, sms, webhook }
  const wish = { place, ...(await spendingWish(cloud, { place, items, billing, told, plannedUsd, last })) }
  // What is not looked after in this run is no leftover, and is wished as it was.
  const named = new Set(items.flatMap((item) => spendingKinds[item] ?? []))
  const kinds = kindsOf("account").filter(({ name }) => !partly || named.has(name))
  const others = partly ? withoutKinds(last, named) : undefined
  const blueprint = account({ ...wish, items, contacts: bootstrap.contacts, others })
  const everything = account({ ...wish, ...everyItem })
  return {
    environment: scope,
    blueprint: { ...blueprint, unwished: partly ? [] : otherThan(blueprint, everything) },
    kinds,
    groundwork: { name: "state", scopes: [], steps: [stateBucket(place)] },
    stays: staysOf(items),
    notIncluded: items.flatMap((item) => byUse[item] ?? []),
    notes: [
      ...estimateNotes(items),
      ...notesOf({ bootstrap, ...wish }, items, place),
      ...(await alertNotes(items, cloud)),
      ...(await rootNotes(cloud)),
    ],
    kept: async () => [],
    outputs: outputsOf,
  }
}

const withoutKinds = (wishes: Wishes, kinds: ReadonlySet<string>): Wishes =>
  Object.fromEntries(Object.entries(wishes).filter(([key]) => !kinds.has(key.slice(0, key.indexOf("/")))))

/** What an earlier run may have wished, and this one does not. */
function otherThan({ steps }: Blueprint<Cloud>, everything: Blueprint<Cloud>): readonly AnyStep<Cloud>[] {
  const wished = new Set(steps.map(keyOf))
  return everything.steps.filter((step) => !wished.has(keyOf(step)))
}

/** Most of it is the whole account's: another region would fight over it, and take for former what this one has set. */
async function refuseAwayFromHome(cloud: Cloud): Promise<void> {
  const { homeElsewhere } = await import("../aws/state/home.ts")
  const home = await homeElsewhere(cloud)
  if (home === undefined) return
  throw new Refused(`the account was bootstrapped from ${home}, and not from ${cloud.region}`, {
    hint: `most of what it has is the whole account's: say --region ${home}, or take it back there first with: smart0dte bootstrap destroy --region ${home}`,
  })
}

/** A seventh more than what is planned, in whole dollars: traffic, logs and the account itself cost something as well. */
const budgetFor = (plannedUsd: number): number => Math.max(1, Math.ceil(1.15 * plannedUsd))

const staysOf = (items: readonly AccountItem[]) => [
  "bucket/state: the locks and records of this account, less than 0.01 USD a month",
  ...(items.includes("service-linked-roles")
    ? ["service-linked roles: services of AWS work by them wherever they are used, 0.00 USD"]
    : []),
]

/** What is paid by use, and in no total. */
const byUse: { readonly [Item in AccountItem]?: string } = {
  trail: "what the trail writes (0.023 USD per GB and month in S3; the first trail itself is free)",
  "cost-tags": "each look at the cost allocation tags (0.01 USD, as a request to Cost Explorer)",
  "trail-key": "what is asked of the key (0.03 USD per 10,000 requests, the first 20,000 of a month free)",
  "change-alarms":
    "what the alarms on changes look at (0.50 USD per GB of events in CloudWatch Logs, and 0.30 USD a month for each metric, for the hours in which it counted something)",
}

/** What is paid by use as well, and in the total as an estimate. */
const estimates: { readonly [Item in AccountItem]?: string } = {
  config: "config/items",
  guardduty: "guardduty/events",
  "security-hub": "securityhub/checks",
}

const estimateNotes = (items: readonly AccountItem[]) =>
  items.flatMap((item) => {
    const price = priceOf(estimates[item] ?? "")
    return price
      ? [`${item} is paid by use, and in the total with ${price.usd.toFixed(2)} USD a month: ${price.what}`]
      : []
  })

function notesOf(
  { bootstrap, email, sms, webhook }: Pick<Settings, "bootstrap"> & Told,
  items: readonly AccountItem[],
  place: Place,
) {
  const lacking = ["billing", "operations", "security"].filter((role) => !Object.hasOwn(bootstrap.contacts, role))
  const silent = [email, sms, webhook].every((list) => list.length === 0)
  return [
    ...(items.includes("contacts") && lacking.length > 0
      ? [`no contact for ${lacking.join(", ")}: say who it is in smart0dte.yaml, as bootstrap: { contacts: ... }`]
      : []),
    ...(silent && items.some((item) => item === "budget" || item === "spending-alarms")
      ? ["nobody is told of spending: say who is, as email: in smart0dte.yaml, or with billing setup --email"]
      : []),
    ...(place.region === "us-east-1" || !items.includes("spending-alarms")
      ? []
      : ["the alarms on spending stand in us-east-1: AWS publishes there alone what an account spends"]),
  ]
}

/** Alarms that can never ring must not pass for a guard. */
async function alertNotes(items: readonly AccountItem[], cloud: Cloud): Promise<readonly string[]> {
  if (!items.includes("spending-alarms")) return []
  const { howToPublish, publishesSpending } = await import("../aws/cloudwatch/billing-alerts.ts")
  return (await publishesSpending(cloud)) ? [] : [howToPublish]
}

/** No call mends these, so they are shown to whoever can. */
async function rootNotes(cloud: Cloud): Promise<readonly string[]> {
  const { accountSummary, rootFindings } = await import("../aws/iam/root.ts")
  return rootFindings(await accountSummary(cloud)).map(({ what, steps }) => `${what}; to mend it: ${steps.join("; ")}`)
}

function outputsOf(rows: readonly PlanRow[]): Outputs {
  const live = (key: string, field: string) => {
    const value = rows.find(({ step }) => step.key === key)?.live?.[field]
    return typeof value === "string" && value !== "" ? value : undefined
  }
  const known = { spendingTopic: live("spending-topic/alarms", "arn"), budget: live("budget/month", "budgetName") }
  return Object.fromEntries(
    Object.entries(known).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
