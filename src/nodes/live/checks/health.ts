import type { LiveFacts } from "../facts.ts"
import { type Finding, unless } from "./check.ts"

/** That what is to trade is well before it is stopped for it. */
export const healthy = (facts: LiveFacts): Finding =>
  unless(notSo(facts, "healthy"), "look at it with: smart0dte logs; mend it first", "all services are well")

/** That what it keeps its state in answers. */
export const data = (facts: LiveFacts): Finding =>
  unless(notSo(facts, "data"), "see: smart0dte status", "database and cache answer")

const notSo = ({ nodes, systems }: LiveFacts, field: "healthy" | "data"): readonly string[] =>
  nodes.flatMap(({ id, said }) =>
    systems.flatMap(({ system }) => {
      const value = said[system]?.[field] ?? "it is not known"
      return value === "yes" ? [] : [`${system} on ${id}: ${value.replace(/^no: /, "")}`]
    }),
  )
