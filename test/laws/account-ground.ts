import { type AccountWish, account } from "../../src/blueprints/account.ts"
import { kindsOf } from "../../src/blueprints/kinds.ts"
import { type AccountItem, accountItems } from "../../src/config/account.ts"
import { type ApplyOptions, apply } from "../../src/engine/apply.ts"
import { destroy } from "../../src/engine/destroy.ts"
import { observe } from "../../src/engine/observe.ts"
import type { Ground } from "./ground.ts"
import { place } from "./wishes.ts"

const person = (title: string) => ({ name: "Ada Example", title, email: "ops@example.com", phone: "+1 202 555 0123" })

/** Every item, and everybody told. */
export const wholeAccount: AccountWish = {
  place,
  items: accountItems,
  contacts: { billing: person("Billing"), operations: person("Operations"), security: person("Security") },
  billing: { thresholds: [100, 200], actual: [50, 80, 100], forecast: [100] },
  budgetUsd: 280,
  email: ["ops@example.com"],
  sms: ["+12025550123"],
  webhook: ["https://hooks.example.com/alarms/0123456789"],
}

/** All but what AWS lets nobody have on the first day. */
export const willing: AccountWish = { ...wholeAccount, items: accountItems.filter((item) => item !== "cost-tags") }

export const withItems = (...items: readonly AccountItem[]): AccountWish => ({ ...wholeAccount, items })

export const bootstrap = (on: Ground, wish: AccountWish, options: ApplyOptions = {}, run = on.run()) =>
  apply(run, account(wish), kindsOf("account"), options)

export const lookAt = (on: Ground, wish: AccountWish) => observe(on.session, account(wish), kindsOf("account"))

export const takeBack = (on: Ground, wish: AccountWish, purge = false, run = on.run()) =>
  destroy(run, account(wish), kindsOf("account"), { purge })

/** AWS takes a day until it has seen a tag on a bill. */
export const passDay = (on: Ground) => on.sandbox.world.clock.advance(25 * 3_600_000)
