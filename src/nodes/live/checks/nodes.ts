import type { LiveFacts, NodeFacts } from "../facts.ts"
import { type Finding, failed, lineFor, unless } from "./check.ts"

/** That every node is heard, says how each system stands on it, and has read the record that there is. */
export function nodes(facts: LiveFacts): Finding {
  const { nodes: all, systems, record, scope } = facts
  if (all.length === 0) return failed(`${scope} has no node`, "deploy it first")
  const wrong = all.flatMap((node) => {
    if (!node.online) return [`${node.id} is not online`]
    return systems.flatMap(({ system }) => wrongOn(node, system, record.epoch))
  })
  return unless(
    wrong,
    `a node that is dead has to be replaced first; see: ${lineFor(facts, "status")}`,
    `${all.length} online`,
  )
}

function wrongOn({ id, said, why }: NodeFacts, system: string, epoch: number): readonly string[] {
  const one = said[system]
  if (!one) return [`${id} does not say how ${system} stands${why === undefined ? "" : `: ${why}`}`]
  if (one.node !== id || one.system !== system) return [`${id} answers for ${one.system} of ${one.node}`]
  if (one.epoch !== String(epoch)) return [`${id} knows epoch ${one.epoch || "none"} of the record, which is ${epoch}`]
  return []
}

/** That there is one that trades for each system, which knows it, and nobody else has a gateway. */
export function trader(facts: LiveFacts): Finding {
  const { nodes: all, systems, record } = facts
  const wrong = systems.flatMap(({ system }) => {
    const named = record.systems[system]?.trader ?? ""
    if (!all.some(({ id }) => id === named)) return [`the record names ${named || "nobody"} for ${system}`]
    return all.flatMap(({ id, said }) => {
      const one = said[system]
      if (id === named) return one?.trader === "yes" ? [] : [`${id} does not take itself for the trader of ${system}`]
      if (one?.trader !== "no") return [`${id} may take itself for the trader of ${system}`]
      return one.gateway === "none" ? [] : [`${id} is no trader of ${system}, and reaches the gateway ${one.gateway}`]
    })
  })
  return unless(wrong, `deploy writes down who trades; see: ${lineFor(facts, "mode")}`, "one for each system")
}

/** In seconds: orders, fills and what a session is are told by the clock. */
const most = 1

/** That the nodes' clocks are right. */
export function clock(facts: LiveFacts): Finding {
  const { nodes: all, systems } = facts
  const told = all.map(({ id, said }) => ({ id, off: offsetOf(said[systems[0]?.system ?? ""]?.clock ?? "") }))
  const wrong = told
    .filter(({ off }) => !(Math.abs(off) <= most))
    .map(({ id, off }) => (Number.isNaN(off) ? `${id} does not say how its clock is` : `${id} is ${off} s off`))
  return unless(wrong, `see with chronyc tracking, in: ${lineFor(facts, "shell")}`, "within a second")
}

/** An empty text would be taken for zero. */
const offsetOf = (text: string): number => (/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN)
