import { siteFor } from "../src/commands/site.ts"
import { resolveConfig } from "../src/config.ts"
import { inOrder, needsOf } from "../src/engine/order.ts"
import { keyOf } from "../src/engine/types.ts"

export interface GraphStep {
  readonly key: string
  readonly kind: string
  /** What it is given something of: by our own order alone, such as that the record is first, nothing stands on anything. */
  readonly needs: readonly string[]
}

type Cloud = Parameters<typeof siteFor>[2]

/** What makes up `single` as it is without any settings, and what stands on what. */
export async function graphOfSingle(
  place: Pick<Cloud, "account" | "partition" | "region">,
): Promise<readonly GraphStep[]> {
  const settings = await resolveConfig({ flags: {}, env: {} })
  // A blueprint only looks at the place.
  const { blueprint } = await siteFor("poc", settings, place as Cloud, ["203.0.113.10/32"])
  return inOrder(blueprint.steps).map((step) => ({
    key: keyOf(step),
    kind: step.kind.name,
    needs: needsOf(step).map(keyOf),
  }))
}
