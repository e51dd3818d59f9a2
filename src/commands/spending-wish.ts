import { readBudget } from "../aws/budgets/spent.ts"
import type { Cloud, Place } from "../aws/cloud.ts"
import { flatName } from "../aws/names.ts"
import { type Endpoint, endpointName } from "../aws/sns/endpoint.ts"
import { subscribersOf } from "../aws/sns/subscribers.ts"
import { alarmTopic, topicArnFor } from "../aws/sns/topic-names.ts"
import { spendingPlace, spendingScope } from "../aws/spending.ts"
import type { Told } from "../blueprints/account.ts"
import { type BillingWish, billingOf } from "../blueprints/billing.ts"
import { type AccountItem, usualBilling } from "../config/account.ts"
import type { BillingConfig } from "../config/settings.ts"
import { fingerprint } from "../engine/compare.ts"
import type { Wishes } from "../engine/types.ts"
import { wishesOf } from "../engine/wishes.ts"
import { spendingAlarmKind } from "../steps/alarm.ts"
import { spendingSubscriptionKind, subscriptionKind } from "../steps/subscription.ts"
import { account as scope } from "./target.ts"

/** What was said of the spending, by flags, variables or the file; and what the last run wished. */
export interface Said {
  readonly place: Place
  readonly items: readonly AccountItem[]
  readonly billing: BillingConfig
  readonly told: Told
  /** The budget where nobody has said one, and none is there. */
  readonly plannedUsd: number
  readonly last: Wishes
}

export interface SpendingWish extends BillingWish {
  readonly toldOfChanges: Told
  readonly unasked: ReadonlySet<string>
}

/**
 * Of what nobody speaks now, what the last run wished is wished still, and what is there besides stays: a run that was
 * told nothing undoes nothing that another one was told.
 */
export async function spendingWish(cloud: Cloud, said: Said): Promise<SpendingWish> {
  const { place, items, last, told } = said
  const alarms = items.includes("spending-alarms")
  const budget = items.includes("budget")
  const home = spendingPlace(place)
  const spending = {
    kind: spendingSubscriptionKind.name,
    client: () => cloud.spendingTopics,
    home,
    scope: spendingScope,
  }
  const changes = { kind: subscriptionKind.name, client: () => cloud.sns, home: place, scope }
  const [thresholds, limits, ofSpending, ofChanges] = await Promise.all([
    alarms ? thresholdsOf(cloud, said) : { amounts: usualBilling.thresholds, besides: [] },
    budget ? limitsOf(cloud, said) : { usd: said.plannedUsd, ...usualBilling },
    alarms || budget ? toldBy(spending, told, last) : { told, besides: [] },
    items.includes("change-alarms") ? toldBy(changes, told, last) : { told, besides: [] },
  ])
  const { usd, actual, forecast } = limits
  return {
    billing: { thresholds: thresholds.amounts, actual, forecast },
    budgetUsd: usd,
    ...ofSpending.told,
    toldOfChanges: ofChanges.told,
    unasked: new Set([...thresholds.besides, ...ofSpending.besides, ...ofChanges.besides]),
  }
}

/** The kinds whose things each item is made of: only by these is anything of it left over. */
export const spendingKinds: { readonly [Item in AccountItem]?: readonly string[] } = {
  "spending-alarms": ["spending-topic", "spending-subscription", "spending-alarm"],
  budget: ["spending-topic", "spending-subscription", "budget"],
}

/** The names that a kind is wished under where nobody has said any, and the keys of those that are merely there. */
function kept(kind: string, live: readonly string[], last: Wishes) {
  const wished = Object.keys(last).flatMap((key) => (key.startsWith(`${kind}/`) ? [key.slice(kind.length + 1)] : []))
  const others = live.filter((name) => !wished.includes(name))
  const besides = wished.length === 0 ? [] : others.map((name) => `${kind}/${name}`)
  return { names: [...new Set([...wished, ...others])], besides }
}

async function thresholdsOf(cloud: Cloud, { billing: { thresholds }, last }: Said) {
  if (thresholds) return { amounts: thresholds, besides: [] }
  const live = (await spendingAlarmKind.list?.(cloud, [scope])) ?? []
  // By its name: the amount itself somebody may have changed.
  const amountIn = (name: string) => Number(/^(\d+)-usd$/.exec(name)?.[1] ?? 0)
  const own = live.map(({ name }) => name).filter((name) => amountIn(name) > 0)
  const { names, besides } = kept(spendingAlarmKind.name, own, last)
  const amounts = names.map(amountIn).toSorted((a, b) => a - b)
  return amounts.length > 0 ? { amounts, besides } : { amounts: usualBilling.thresholds, besides: [] }
}

async function limitsOf(cloud: Cloud, { place, billing, plannedUsd, last }: Said) {
  const { budget, actual, forecast } = billing
  const shares =
    actual || forecast
      ? { actual: actual ?? usualBilling.actual, forecast: forecast ?? usualBilling.forecast }
      : undefined
  if (budget !== undefined && shares) return { ...shares, usd: budget }
  const live = await readBudget(cloud, flatName(scope, "month"))
  const known = last["budget/month"]
  const usual = usualPrints(place, plannedUsd)
  // The record has fingerprints alone. Where it has that of the default, what differs was changed by hand: drift.
  const usd = live && live.usd > 0 && known?.usd !== usual?.usd ? live.usd : plannedUsd
  const seen = live && live.notices.length > 0 && known?.notices !== usual?.notices ? live.notices : undefined
  const percent = (of: "actual" | "forecast") =>
    seen?.flatMap((notice) => (notice.of === of ? [notice.percent] : [])) ?? usualBilling[of]
  return { usd: budget ?? usd, ...(shares ?? { actual: percent("actual"), forecast: percent("forecast") }) }
}

/** What the record says of a budget for which nobody has said anything. */
function usualPrints(place: Place, budgetUsd: number) {
  const nobody = { email: [], sms: [], webhook: [] }
  const given = { ...nobody, place, scope, budgetUsd, billing: usualBilling, alarms: false, budget: true }
  return wishesOf(billingOf(given))["budget/month"]
}

interface Topic {
  /** Of its subscriptions. */
  readonly kind: string
  client(): Cloud["sns"]
  readonly home: Place
  readonly scope: string
}

/** Whoever names anybody has named all who are to be told. */
async function toldBy({ kind, client, home, scope: of }: Topic, said: Told, last: Wishes) {
  if ([said.email, said.sms, said.webhook].some((list) => list.length > 0)) return { told: said, besides: [] }
  const subscribers = await subscribersOf(client(), topicArnFor(home, of, alarmTopic))
  const live = new Map(
    subscribers.flatMap(({ protocol, address }): [string, Endpoint][] =>
      isOurs(protocol) ? [[endpointName(protocol, address), { protocol, address }]] : [],
    ),
  )
  const { names, besides } = kept(kind, [...live.keys()], last)
  const endpoints = names.flatMap((name) => live.get(name) ?? remembered(name, last[`${kind}/${name}`]))
  const by = (protocol: Endpoint["protocol"]) =>
    endpoints.flatMap((one) => (one.protocol === protocol ? [one.address] : []))
  return { told: { email: by("email"), sms: by("sms"), webhook: by("https") }, besides }
}

const isOurs = (protocol: string): protocol is Endpoint["protocol"] => ["email", "sms", "https"].includes(protocol)

/** Who is not there any more, where his name says the whole address: of a webhook nobody keeps that. */
function remembered(name: string, wished: Wishes[string] | undefined): readonly Endpoint[] {
  const [protocol = "", address = ""] = name.split(/\/(.*)/s)
  const isWhole = isOurs(protocol) && protocol !== "https" && wished?.endpoint === fingerprint(address)
  return isWhole ? [{ protocol, address }] : []
}
