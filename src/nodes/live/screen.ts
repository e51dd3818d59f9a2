import type { LiveFacts } from "./facts.ts"
import { amountText, limitsIn, limitsText, totalLoss } from "./limits.ts"
import type { Confirmed } from "./wish.ts"

/** What is confirmed of each system: as its nodes say it, which agree where the checks have passed. */
export function confirmedOf({
  nodes,
  systems,
  gateway,
}: Pick<LiveFacts, "nodes" | "systems" | "gateway">): Readonly<Record<string, Confirmed>> {
  return Object.fromEntries(
    systems.map(({ system, limits }) => {
      const said = nodes[0]?.said[system]
      const told = limits === undefined ? "" : limitsText(limits)
      return [
        system,
        { digest: said?.digest ?? "", config: said?.config ?? "", limits: told, account: gateway.account },
      ]
    }),
  )
}

/** The most that may be lost in a day by what is confirmed. */
export const lossOf = (confirmed: Readonly<Record<string, Confirmed>>): number =>
  totalLoss(Object.values(confirmed).flatMap(({ limits }) => limitsIn(limits) ?? []))

export interface Typing {
  readonly question: string
  /** What has to be typed, letter for letter. */
  readonly answer: string
}

/** What somebody types below the screen; where the very same was confirmed a few sessions ago, the name is enough. */
export function typingsFor(scope: string, loss: number, knownAlready: boolean): readonly Typing[] {
  const name = { question: `type ${scope}, the environment, to confirm`, answer: scope }
  const amount = amountText(loss)
  const most = { question: "type the dollars that may be lost in a day, as they stand above", answer: amount }
  return knownAlready ? [name] : [name, most]
}
