import type { TradingRecord } from "../../aws/trading/record.ts"
import type { Options } from "../../market/calendar.ts"
import type { Limits } from "../variables.ts"
import type { NodeSaid } from "./said.ts"

/** All that decides whether a system may go live, gathered before anything is judged: each check looks at nothing else. */
export interface LiveFacts {
  /** Going live from paper, or on with what is live and halted. */
  readonly doing: "live" | "resume"
  /** Only asks what would be so: what a person does later is not missed yet. */
  readonly dryRun: boolean
  readonly scope: string
  /** By AWS's clock, in milliseconds since 1970. */
  readonly now: number
  readonly caller: Caller
  readonly confirmation: Confirmation
  readonly approval: Approval
  readonly record: TradingRecord
  readonly nodes: readonly NodeFacts[]
  readonly systems: readonly SystemFacts[]
  readonly gateway: GatewayFacts
  /** Lines of the secret with the live account's credentials that nobody has set; nothing where there is no such secret. */
  readonly credentials: readonly string[] | undefined
  /** Who is told of alarms. */
  readonly subscriptions: readonly { readonly endpoint: string; readonly confirmed: boolean }[]
  /** Why the ledger cannot be written; nothing where it can. */
  readonly ledger: string | undefined
  readonly front: FrontFacts
  readonly backup: BackupFacts
}

export interface Caller {
  readonly arn: string
  readonly account: string
  /** The only account that the configuration lets be changed. */
  readonly wanted: string | undefined
  readonly sandbox: boolean
}

export interface Confirmation {
  /** Whether there is a terminal at which the screen is seen and the answer typed. */
  readonly terminal: boolean
  readonly token: TokenFacts | undefined
}

/** A token that was given, and whether it is for this very thing. */
export interface TokenFacts {
  readonly given: string
  readonly known: boolean
  readonly made: string
  /** After that it is worth nothing. */
  readonly until: string
  /** By whom and when it was used. */
  readonly used: string | undefined
  /** What it binds that is otherwise now, such as `digest`. */
  readonly differs: readonly string[]
}

export interface Approval {
  readonly wanted: "required" | "optional"
  /** Of the token that was given. */
  readonly by: string | undefined
}

export interface NodeFacts {
  readonly id: string
  /** Whether Systems Manager hears it. */
  readonly online: boolean
  /** By system; nothing where it did not say. */
  readonly said: Readonly<Record<string, NodeSaid | undefined>>
  /** Why it did not. */
  readonly why?: string | undefined
}

export interface SystemFacts {
  readonly system: string
  readonly options: Options
  /** Those that nodes are told for live; nothing where one is no number. */
  readonly limits: Limits | undefined
  /** The second way to halt it, as it stands in the state bucket; `none` before anybody has ever made one. */
  readonly marker: "halt" | "clear" | "none"
  /** What the configuration at hand says, where it says anything. */
  readonly configured: Partial<Limits> | undefined
  /** Keys without a value: of those who sell data, and whatever else the configuration names. */
  readonly unset: readonly string[]
  /** Since when the digest that runs is there, in milliseconds; nothing where nobody knows. */
  readonly runsSince: number | undefined
}

export interface GatewayFacts {
  /** What nodes are told; empty where none is. */
  readonly image: string
  readonly account: string
  /** Whether another person has to approve it, as it was deployed. */
  readonly approval: Approval["wanted"]
  /** What the configuration at hand says, where it says anything. */
  readonly configured: string | undefined
}

export interface FrontFacts {
  /** Groups and ranges that let in the whole world, each in words. */
  readonly open: readonly string[]
  /** Doors at which nothing is encrypted, each in words. */
  readonly cleartext: readonly string[]
}

export interface BackupFacts {
  /** The latest moment to which the database can be brought back. */
  readonly restorable: number | undefined
  /** When its newest snapshot was made that is ready. */
  readonly snapshot: number | undefined
}
