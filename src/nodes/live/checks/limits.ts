import type { Limits } from "../../variables.ts"
import type { LiveFacts, SystemFacts } from "../facts.ts"
import { limitsIn, limitsText } from "../limits.ts"
import { type Finding, unless } from "./check.ts"

/** That there are limits, that they are numbers, and that the processes themselves have these. */
export function limits({ systems, nodes }: LiveFacts): Finding {
  const wrong = systems.flatMap((one) => {
    const own = wrongIn(one)
    if (own !== undefined || !one.limits) return [own ?? `${one.system} is told no limits`]
    const text = limitsText(one.limits)
    return nodes.flatMap(({ id, said }) => {
      const has = said[one.system]?.limits ?? ""
      return same(limitsIn(has), one.limits) ? [] : [`${one.system} on ${id} has ${has || "none"}, and not ${text}`]
    })
  })
  const right = systems.map(({ system, limits: told }) => `${system} ${told ? limitsText(told) : ""}`).join(", ")
  return unless(wrong, "set systems.<name>.limits in smart0dte.yaml, and deploy", right)
}

/** Of what was deployed and what is at hand, nobody knows which was meant. */
function wrongIn({ system, limits: told, configured = {} }: SystemFacts): string | undefined {
  if (!told || !limitsIn(limitsText(told))) return `${system} is told no limits, or none that are finite`
  const other = fields.find((field) => configured[field] !== undefined && configured[field] !== told[field])
  if (other === undefined) return undefined
  return `${system} is told ${other} ${told[other]}, and the configuration says ${configured[other]}`
}

const fields = ["dailyLoss", "position", "openPositions"] as const satisfies readonly (keyof Limits)[]

const same = (one: Limits | undefined, other: Limits | undefined): boolean =>
  one !== undefined && other !== undefined && limitsText(one) === limitsText(other)
