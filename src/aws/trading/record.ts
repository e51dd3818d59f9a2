import type { Scope } from "../../engine/types.ts"
import { UserError } from "../../errors.ts"

/** How one system trades. */
export interface Trading {
  readonly mode: "development" | "testing" | "live"
  readonly trading: "active" | "halted"
  /** The only instance that may trade for it. */
  readonly trader: string
  /** When mode or trading became what they are. */
  readonly since: string
  /** Of the images that were proved when it went live; empty before that. */
  readonly digest: string
  /** The limits that were confirmed then, as `dailyLoss/position/openPositions`. */
  readonly limits: string
  /** The broker's account that was confirmed then. */
  readonly account: string
}

/** What decides how each system of an environment trades. Nodes read it themselves, and obey nothing else. */
export interface TradingRecord {
  readonly schema: 1
  readonly scope: Scope
  /** Grows by one with each write. */
  readonly epoch: number
  readonly at: string
  /** The ARN of whoever wrote it. */
  readonly by: string
  /** The run that wrote it, by which it knows its own write when an answer was lost. */
  readonly run: string
  readonly systems: Readonly<Record<string, Trading>>
}

/** In the state bucket. Apart from the record of what is deployed: a deploy and a switch never collide. */
export const tradingKey = (scope: Scope): string => `trading/${scope}/record`

/** Lines of `key=value`, as the settings of nodes are: their scripts read it without any other tool. */
export function tradingText(record: TradingRecord): string {
  const { schema, scope, epoch, at, by, run, systems } = record
  const head = Object.entries({ schema, scope, epoch, at, by, run })
  const names = Object.keys(systems).toSorted()
  const body = names.flatMap((name) => fields.map((field) => [`${name}.${field}`, systems[name]?.[field] ?? ""]))
  return [...head, ...body].map(([key, value]) => lineOf(`${key}`, `${value}`)).join("")
}

/** Whoever cannot read it whole trades nothing by it. Nodes read it by the same rules. */
export function tradingOf(scope: Scope, text: string): TradingRecord {
  const values = valuesIn(text)
  const epoch = values?.get("epoch") ?? ""
  const known = values?.get("schema") === "1" && values.get("scope") === scope && /^[1-9]\d{0,9}$/.test(epoch)
  if (!values || !known) throw unreadable(scope, text)
  const names = [...values.keys()].flatMap((key) => (key.endsWith(".mode") ? [key.slice(0, -".mode".length)] : []))
  const said = (key: string): string => values.get(key) ?? ""
  return {
    schema: 1,
    scope,
    epoch: Number(epoch),
    at: said("at"),
    by: said("by"),
    run: said("run"),
    systems: Object.fromEntries(
      names.map((name) => [name, systemOf(scope, text, (field) => said(`${name}.${field}`))]),
    ),
  }
}

/** Nothing where a line is none of ours, or a key is there twice and so would say two things. */
function valuesIn(text: string): ReadonlyMap<string, string> | undefined {
  const lines = text.replace(/\n$/, "").split("\n")
  if (text.length > longest || !lines.every((line) => /^[A-Za-z0-9.-]+=[\x20-\x7e]*$/.test(line))) return undefined
  const values = new Map(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]))
  return values.size === lines.length ? values : undefined
}

const longest = 16_384

/** The systems that trade with real money now. */
export const liveSystems = ({ systems }: Pick<TradingRecord, "systems">): readonly string[] =>
  Object.keys(systems).filter((name) => systems[name]?.mode === "live" && systems[name]?.trading === "active")

const fields = ["mode", "trading", "trader", "since", "digest", "limits", "account"] as const

function systemOf(scope: Scope, text: string, said: (field: keyof Trading) => string): Trading {
  const mode = modes.find((one) => one === said("mode"))
  const trading = states.find((one) => one === said("trading"))
  if (!mode || !trading) throw unreadable(scope, text)
  const rest = { trader: said("trader"), since: said("since"), digest: said("digest") }
  return { mode, trading, ...rest, limits: said("limits"), account: said("account") }
}

const modes = ["development", "testing", "live"] as const
const states = ["active", "halted"] as const

function lineOf(key: string, value: string): string {
  // A second line would be a second word on how to trade.
  if (!/^[A-Za-z0-9.-]+$/.test(key) || !/^[\x20-\x7e]*$/.test(value))
    throw new UserError(`${JSON.stringify(key)} cannot be ${JSON.stringify(value)} in the trading record`, {
      hint: "it takes printable letters of ASCII in one line; nothing was changed",
    })
  return `${key}=${value}\n`
}

const unreadable = (scope: Scope, text: string): UserError =>
  new UserError(`the trading record of ${scope} cannot be read: ${JSON.stringify(text.slice(0, 60))}`, {
    hint: `no node starts to trade by it; the state bucket keeps the earlier versions of ${tradingKey(scope)}`,
  })
