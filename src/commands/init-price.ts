import type { Settings } from "../config.ts"
import { wantedOf } from "../engine/compare.ts"
import { fillNeeds, graphOf } from "../engine/order.ts"
import type { AnyStep } from "../engine/types.ts"
import { totalOf } from "../prices.ts"
import { nobody } from "./asking.ts"

/** What settings cost a month, reckoned once for each settings: of many questions most answers lead to what is known already. */
export function pricing(): (settings: Settings) => Promise<number> {
  const known = new Map<string, Promise<number>>()
  return (settings) => {
    const key = JSON.stringify(settings)
    const price = known.get(key) ?? monthlyFor(settings)
    known.set(key, price)
    return price
  }
}

/** What an environment of these settings costs a month, without asking any account. */
export async function monthlyFor(settings: Settings): Promise<number> {
  const { single } = await import("../blueprints/single.ts")
  const place = { account: "000000000000", partition: "aws", region: settings.region }
  // Which key it is costs nothing, and its file need not be there yet.
  const wish = { ...settings, publicKey: undefined, place, allowedCidrs: settings.allowedCidrs ?? nobody }
  const { steps } = graphOf(single(wish))
  const known = new Map<AnyStep, Readonly<Record<string, unknown>>>()
  for (const step of steps)
    known.set(step, {
      ...step.kind.blank,
      ...wantedOf(
        step,
        fillNeeds(step, (need) => known.get(need)),
      ),
    })
  return totalOf(steps.flatMap((step) => step.kind.price?.(known.get(step) ?? {}) ?? [])).usd
}
