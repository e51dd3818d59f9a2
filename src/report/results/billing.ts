/** What an account spends, and who is told when that is much. */
export interface BillingResult {
  readonly type: "billing"
  readonly account: string
  readonly budget: BillingBudget | undefined
  readonly alarms: readonly BillingAlarm[]
  /** Whether AWS publishes what the alarms look at. */
  readonly publishes: boolean
  readonly told: readonly BillingTold[]
  /** What somebody has to do before all of it works, in words. */
  readonly notes: readonly string[]
  readonly next: readonly string[]
}

export interface BillingBudget {
  readonly usd: number
  readonly spentUsd: number
  readonly forecastUsd: number | undefined
  readonly notices: readonly {
    readonly of: "actual" | "forecast"
    readonly percent: number
    readonly exceeded: boolean
  }[]
}

export interface BillingAlarm {
  readonly usd: number
  readonly state: "ok" | "exceeded" | "no data"
}

export interface BillingTold {
  readonly protocol: string
  readonly endpoint: string
  readonly confirmed: boolean
}
