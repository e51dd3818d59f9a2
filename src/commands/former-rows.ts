import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import { differencesOf } from "../engine/compare.ts"
import { observe } from "../engine/observe.ts"
import { graphOf } from "../engine/order.ts"
import { refOf } from "../engine/perform.ts"
import type { PlanRow } from "../engine/plan.ts"
import { keyOf } from "../engine/types.ts"

/** What a destroy would put back as it was before our first change, as the rows of a plan. */
export async function formerRows(account: Account, { blueprint }: Site): Promise<readonly PlanRow[]> {
  const steps = graphOf(blueprint).steps.filter((step) => step.restore && blueprint.scopes.includes(step.scope))
  const kept = await Promise.all(
    steps.map(async (step) => ({ step, former: await account.former(step.scope, keyOf(step)) })),
  )
  const changed = kept.flatMap(({ step, former }) => (former ? [{ step, former }] : []))
  if (changed.length === 0) return []
  const { findings } = await observe(account.cloud, { name: "settings", scopes: [], steps }, [])
  return changed.flatMap(({ step, former }) => {
    const found = findings.find((finding) => finding.key === keyOf(step))?.found
    if (!found) return []
    const changes = differencesOf(found.live, { ...former }).map((one) => ({ ...one, cause: "pending" as const }))
    return [
      {
        step: refOf(step),
        action: "update" as const,
        changes,
        because: "it is put back as it was before the first bootstrap",
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
