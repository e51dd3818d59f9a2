import type { LiveFacts } from "../facts.ts"
import type { NodeSaid } from "../said.ts"
import { type Finding, unless } from "./check.ts"

/** That all nodes run the same images: one of eight with older ones has ruined a firm. */
export function digest(facts: LiveFacts): Finding {
  return unless(
    differing(facts, "digest"),
    "release the system again, so that all nodes have one version",
    agreed(facts, "digest"),
  )
}

/** That all nodes are told the same. */
export function config(facts: LiveFacts): Finding {
  return unless(
    differing(facts, "config"),
    "deploy again, so that all nodes are told the same",
    agreed(facts, "config"),
  )
}

type Field = "digest" | ("config" & keyof NodeSaid)

function differing({ nodes, systems }: LiveFacts, field: Field): readonly string[] {
  return systems.flatMap(({ system }) => {
    const told = nodes.map(({ id, said }) => ({ id, value: said[system]?.[field] ?? "" }))
    const missing = told.filter(({ value }) => !/^[0-9a-f]{16,64}$/.test(value))
    if (missing.length > 0) return [`${missing.map(({ id }) => id).join(", ")}: no ${field} of ${system}`]
    const values = new Set(told.map(({ value }) => value))
    if (values.size === 1) return []
    return [`${system}: ${told.map(({ id, value }) => `${id} has ${value.slice(0, 12)}`).join(", ")}`]
  })
}

const agreed = ({ nodes: [first], systems }: LiveFacts, field: Field): string =>
  systems.map(({ system }) => `${system} ${first?.said[system]?.[field].slice(0, 12)}`).join(", ")
