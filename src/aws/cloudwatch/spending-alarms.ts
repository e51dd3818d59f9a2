import { paginateDescribeAlarms, type StateValue } from "@aws-sdk/client-cloudwatch"
import type { Cloud } from "../cloud.ts"
import { flatName } from "../names.ts"
import { everyItem } from "../pages.ts"
import { spendingScope } from "../spending.ts"

export interface SpendingAlarm {
  readonly usd: number
  readonly state: "ok" | "exceeded" | "no data"
}

/** The alarms on what the account spends, the lowest first. */
export async function spendingAlarms({ spending }: Pick<Cloud, "spending">): Promise<readonly SpendingAlarm[]> {
  const pages = paginateDescribeAlarms({ client: spending }, { AlarmNamePrefix: flatName(spendingScope, "") })
  const found = await everyItem(pages, (page) => page.MetricAlarms)
  return found
    .map(({ Threshold: usd = 0, StateValue: state }) => ({ usd, state: stateOf(state) }))
    .toSorted((a, b) => a.usd - b.usd)
}

function stateOf(state: StateValue | undefined): SpendingAlarm["state"] {
  if (state === "ALARM") return "exceeded"
  return state === "OK" ? "ok" : "no data"
}
