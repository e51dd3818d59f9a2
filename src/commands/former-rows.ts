import type { Account } from "../app/account.ts"
import type { Cloud } from "../aws/cloud.ts"
import { differencesOf } from "../engine/compare.ts"
import { observe } from "../engine/observe.ts"
import { refOf } from "../engine/perform.ts"
import type { PlanRow } from "../engine/plan.ts"
import { type AnyStep, keyOf } from "../engine/types.ts"

/** What would be put back of these as it was before our first change, as the rows of a plan. */
export async function formerRows(
  account: Account,
  all: readonly AnyStep<Cloud>[],
  action: "update" | "leftover",
): Promise<readonly PlanRow[]> {
  const steps = all.filter((step) => step.restore)
  const kept = await Promise.all(
    steps.map(async (step) => ({ step, former: await account.former(step.scope, keyOf(step)) })),
  )
  const changed = kept.flatMap(({ step, former }) => (former ? [{ step, former }] : []))
  if (changed.length === 0) return []
  const looked = { name: "settings", scopes: [], steps: changed.map(({ step }) => step) }
  const { findings } = await observe(account.cloud, looked, [])
  return changed.flatMap(({ step, former }) => {
    const found = findings.find((finding) => finding.key === keyOf(step))?.found
    if (!found) return []
    const changes = differencesOf(found.live, { ...former }).map((one) => ({ ...one, cause: "pending" as const }))
    return [
      {
        step: refOf(step),
        action,
        changes,
        because:
          action === "leftover" ? "it is no longer wished" : "it is put back as it was before the first bootstrap",
        ...(action === "leftover" && { pruning: "puts it back" as const }),
        holdsData: false,
        fields: { ...former },
        live: { ...found.live },
        phase: found.phase,
        prices: [],
        pricesNow: [],
        usual: step.kind.usually.update ?? 2,
      },
    ]
  })
}
