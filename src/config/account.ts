import * as z from "zod/mini"
import { named, strict } from "./strict.ts"

/** What an account is given unless somebody refuses it: nothing of it costs more than cents. */
export const usualItems = [
  "trail",
  "analyzer",
  "public-access-block",
  "ebs-encryption",
  "password-policy",
  "contacts",
  "cost-tags",
  "service-linked-roles",
  "spending-alarms",
  "budget",
] as const

/** What it is given on request: each costs something by use. */
export const offeredItems = ["trail-key", "change-alarms", "config", "guardduty", "security-hub"] as const

export const accountItems = [...usualItems, ...offeredItems] as const

export type AccountItem = (typeof accountItems)[number]

/** What is nothing without another. */
const standsOn: { readonly [Item in AccountItem]?: AccountItem } = {
  "trail-key": "trail",
  "change-alarms": "trail",
  "security-hub": "config",
}

const listed = `expected a list of ${accountItems.join(", ")}`
const items = z.array(z.enum(accountItems, `expected one of ${accountItems.join(", ")}`), listed)

const line = (expected: string, most: number) => named(new RegExp(`^[^\\p{Cc}]{1,${most}}$`, "u"), expected)

const contact = strict({
  name: line("expected a name of up to 64 letters", 64),
  title: line("expected a title of up to 50 letters", 50),
  email: named(/^[\w+=.#|!&-]+@[\w.-]+\.[\w]+$/, "expected an e-mail address such as billing@example.com"),
  phone: named(/^[\s0-9()+-]{1,25}$/, 'expected a telephone number in quotes, such as "+1 202 555 0123"'),
})

const contacts = strict({
  billing: z.optional(contact),
  operations: z.optional(contact),
  security: z.optional(contact),
}).check(z.describe("Whom AWS writes to besides the owner: name, title, email and phone of each."))

/** What `bootstrap` gives the account. */
export const bootstrapSchema = strict({
  only: z.optional(items).check(z.describe("Nothing but these; all the rest is left as it is.")),
  with: z._default(items, []).check(z.describe("What is given on request, besides what is usual.")),
  without: z._default(items, []).check(z.describe("What is usual, and not wanted here.")),
  contacts: z._default(contacts, {}),
}).check(({ value, issues }) => {
  const message = problemOf(value)
  if (message !== undefined) issues.push({ code: "custom", message, input: value })
})

const usd = "expected a whole number of USD from 1 up"
const dollars = z.int(usd).check(z.gte(1, usd), z.lte(1_000_000, usd))
const share = "expected a percentage from 1 to 1000"
const percent = z.int(share).check(z.gte(1, share), z.lte(1000, share))
const fewShares = (expected: string) => z.array(percent, expected).check(z.maxLength(5, expected))

/** At which spending somebody is told where nobody has said it, and nothing is there yet. */
export const usualBilling = { thresholds: [100, 200, 300], actual: [50, 80, 100], forecast: [100] } as const

/** At which spending somebody is told. What is left out here has no default: what is there of it stays. */
export const billingSchema = strict({
  thresholds: z
    .optional(
      z
        .array(dollars, "expected a list of amounts in USD")
        .check(z.minLength(1, "expected at least one amount"), z.maxLength(20, "expected at most 20 amounts")),
    )
    .check(
      z.describe(
        "An alarm rings when the month has cost more than so many USD. Left out, those that are there stay, and where there is none, it is 100, 200 and 300.",
      ),
    ),
  budget: z
    .optional(dollars)
    .check(
      z.describe(
        "The month's budget in USD. Left out, the one that is there stays, and where there is none, it is 1.15 times the plan.",
      ),
    ),
  actual: z
    .optional(fewShares("expected up to five percentages"))
    .check(
      z.describe(
        "The budget tells when so many percent of it are spent. Left out together with forecast, what is there stays, and else it is 50, 80 and 100.",
      ),
    ),
  forecast: z
    .optional(fewShares("expected up to five percentages"))
    .check(
      z.describe(
        "The budget tells when so many percent of it are to be expected by the month's end. Left out together with actual, what is there stays, and else it is 100.",
      ),
    ),
}).check(({ value: { actual = usualBilling.actual, forecast = usualBilling.forecast }, issues }) => {
  const message = `expected at most five percentages in actual and forecast together: a budget tells of no more`
  if (new Set(actual).size + new Set(forecast).size > 5)
    issues.push({ code: "custom", message, path: ["forecast"], input: forecast })
})

export type BootstrapConfig = Readonly<z.output<typeof bootstrapSchema>>
export type BillingConfig = Readonly<z.output<typeof billingSchema>>
export type ContactRole = keyof z.output<typeof contacts>

type Choice = Pick<BootstrapConfig, "with" | "without"> & { readonly only?: BootstrapConfig["only"] }

/** The items that are wanted, in the order of the list. */
export function itemsOf({ only, with: more, without }: Choice): readonly AccountItem[] {
  const wanted = new Set<AccountItem>(only ?? [...usualItems, ...more])
  for (const item of without) wanted.delete(item)
  return accountItems.filter((item) => wanted.has(item))
}

/** What cannot be wanted so, in words. */
export function problemOf(choice: Choice): string | undefined {
  const wanted = itemsOf(choice)
  if (wanted.length === 0) return "expected at least one item: nothing is left of the account's"
  const lone = wanted.find((item) => standsOn[item] !== undefined && !wanted.includes(standsOn[item]))
  return lone === undefined ? undefined : `${lone} stands on ${standsOn[lone]}: add that, or leave it out`
}
