import type { LiveFacts } from "../facts.ts"
import { type Finding, lineFor, unless } from "./check.ts"

/** That what is to trade is well before it is stopped for it. */
export const healthy = (facts: LiveFacts): Finding =>
  unless(
    notSo(facts, "healthy"),
    `mend it first; look at it with: ${lineFor(facts, `logs ${facts.systems[0]?.system}`)}`,
    "all services are well",
  )

/** That what it keeps its state in answers. */
export const data = (facts: LiveFacts): Finding =>
  unless(notSo(facts, "data"), `see: ${lineFor(facts, "status")}`, "database and cache answer")

const notSo = ({ nodes, systems }: LiveFacts, field: "healthy" | "data"): readonly string[] =>
  nodes.flatMap(({ id, said }) =>
    systems.flatMap(({ system }) => {
      const value = said[system]?.[field] ?? "it is not known"
      return value === "yes" ? [] : [`${system} on ${id}: ${value.replace(/^no: /, "")}`]
    }),
  )
