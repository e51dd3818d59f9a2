import { Option } from "@commander-js/extra-typings"
import { type AccountItem, accountItems, offeredItems, problemOf, usualItems } from "../config/account.ts"
import type { Config, Settings } from "../config.ts"
import { Usage } from "../errors.ts"

/** Which items of the account are meant, for once other than the configuration says. */
export interface ItemFlags {
  readonly only?: readonly AccountItem[]
  readonly with?: readonly AccountItem[]
  readonly without?: readonly AccountItem[]
  /** USD. */
  readonly thresholds?: readonly number[]
  readonly budget?: number
}

export const itemOptions: readonly Option[] = [
  new Option("--only <items>", "nothing but these; the rest is left as it is").argParser(read),
  new Option("--with <items>", `also: ${offeredItems.join(", ")}`).argParser(read),
  new Option("--without <items>", `leave out of what is usual: ${usualItems.join(", ")}`).argParser(read),
]

/** What is said for once is laid over what the file says. */
export function withItems(given: Config, flags: ItemFlags): Config {
  const config = withBilling(given, flags)
  const { only, with: more = [], without = [] } = flags
  if (only === undefined && more.length === 0 && without.length === 0) return config
  const { bootstrap } = config.settings
  const chosen = {
    ...bootstrap,
    ...(only && { only: [...only] }),
    with: [...bootstrap.with.filter((item) => !without.includes(item)), ...more],
    without: [...bootstrap.without.filter((item) => !more.includes(item)), ...without],
  }
  const problem = problemOf(chosen)
  if (problem !== undefined) throw new Usage(problem, { hint: "say which with --only, --with and --without" })
  return { ...config, settings: { ...config.settings, bootstrap: chosen } }
}

function withBilling(config: Config, { thresholds, budget }: ItemFlags): Config {
  if (thresholds === undefined && budget === undefined) return config
  const { billing } = config.settings
  const said = { ...billing, ...(thresholds && { thresholds: [...thresholds] }), ...(budget && { budget }) }
  return { ...config, settings: { ...config.settings, billing: said } }
}

/** Whatever was given once is taken back, though nobody wishes it now. */
export function withEveryItem(settings: Settings): Settings {
  const { contacts } = everyItem
  return { ...settings, bootstrap: { with: [...offeredItems], without: [], contacts } }
}

/** Never written anywhere: it stands for whoever is taken off. */
const anybody = { name: "-", title: "-", email: "nobody@example.com", phone: "0" }

/** All that can be wished, to be taken back. */
export const everyItem = {
  items: accountItems,
  contacts: { billing: anybody, operations: anybody, security: anybody },
}

function read(text: string, before: readonly AccountItem[] = []): readonly AccountItem[] {
  const items = text.split(",").map((word) => {
    const found = accountItems.find((item) => item === word.trim())
    if (found) return found
    throw new Usage(`there is no item ${JSON.stringify(word)} of an account`, {
      hint: `the items are ${accountItems.join(", ")}`,
    })
  })
  return [...before, ...items]
}
