import type { LiveFacts, NodeFacts, SystemFacts } from "../facts.ts"
import { type Finding, lineFor, unless } from "./check.ts"

/** That nobody has halted it, here or on a node. Of what is live and halted, that it is. */
export function halted(facts: LiveFacts): Finding {
  const { doing, systems, nodes, record } = facts
  const wrong = systems.flatMap(({ system, marker }) => {
    const trading = record.systems[system]?.trading ?? "halted"
    if (doing === "resume") return trading === "halted" ? [] : [`${system} is not halted`]
    const marked = marker === "halt" ? [`the marker of ${system} says halt`] : []
    const said = [...marked, ...nodes.flatMap((node) => haltedOn(node, system, marker))]
    return trading === "active" ? said : [`${system} is halted`, ...said]
  })
  const fix = doing === "resume" ? "there is nothing to resume" : `see why, then: ${lineFor(facts, "resume")}`
  return unless(wrong, fix, doing === "resume" ? "it is halted" : "nothing is halted")
}

/** Of a marker that nobody has made, a node can only say that it cannot read it; it is made before anything else is. */
function haltedOn({ id, said }: NodeFacts, system: string, made: SystemFacts["marker"]): readonly string[] {
  const { latch = "", marker = "" } = said[system] ?? {}
  const clear = marker === "clear" || (made === "none" && marker === "unknown")
  return [
    ...(latch === "no" ? [] : [`${system} is halted on ${id}`]),
    ...(clear ? [] : [`${id} reads ${marker || "nothing"} in the marker of ${system}`]),
  ]
}

/** That it is on paper now: going live is a way from there. */
export function mode({ doing, systems, record }: LiveFacts): Finding {
  const wrong = systems.flatMap(({ system }) => {
    const now = record.systems[system]?.mode
    if (now === undefined) return [`the record does not know ${system}`]
    return (now === "live") === (doing === "resume") ? [] : [`${system} is in ${now}`]
  })
  const fix =
    doing === "resume" ? "name those that are live with --system" : "name those that are not live with --system"
  const modes = systems.map(({ system }) => `${system} in ${record.systems[system]?.mode}`)
  return unless(wrong, fix, modes.join(", "))
}
