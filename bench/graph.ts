import { siteFor } from "../src/commands/site.ts"
import { resolveConfig } from "../src/config.ts"
import { graphOf } from "../src/engine/order.ts"
import { keyOf } from "../src/engine/types.ts"

export interface GraphStep {
  readonly key: string
  readonly usual: number
  /** The needs that must be ready before it starts, and those that must only exist. */
  readonly ready: readonly string[]
  readonly begun: readonly string[]
}

type Cloud = Parameters<typeof siteFor>[2]

/** What makes up `single` as it is without any settings, and what stands on what. */
export async function graphOfSingle(
  place: Pick<Cloud, "account" | "partition" | "region">,
): Promise<readonly GraphStep[]> {
  const settings = await resolveConfig({ flags: {}, env: {} })
  // A blueprint only looks at the place.
  const { blueprint } = await siteFor("poc", settings, place as Cloud, ["203.0.113.10/32"])
  const graph = graphOf(blueprint)
  return graph.steps.map((step) => {
    const begun = (step.started ?? []).flatMap((name) => [step.needs[name]].flat()).map(keyOf)
    const needs = graph.before(step).map(keyOf)
    return {
      key: keyOf(step),
      usual: step.kind.usually.create,
      begun,
      ready: needs.filter((key) => !begun.includes(key)),
    }
  })
}
