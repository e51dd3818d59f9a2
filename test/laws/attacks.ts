import type { Session } from "../../src/aws/clients.ts"
import { type SingleWish, single } from "../../src/blueprints/single.ts"
import { wantedOf } from "../../src/engine/compare.ts"
import type { Observation } from "../../src/engine/observation.ts"
import { fillNeeds, graphOf } from "../../src/engine/order.ts"
import { type AnyStep, keyOf } from "../../src/engine/types.ts"
import { tampers } from "./tampers/index.ts"
import { nodeTampers } from "./tampers/nodes.ts"
import type { Row } from "./tampers/table.ts"

/** One way to change one field of one step. */
export interface Attack extends Row<never> {
  readonly key: string
  readonly field: string
}

export const stepsOf = (wish: SingleWish): readonly AnyStep[] => graphOf(single(wish)).steps

/**
 * All but what the node does and is told: what is changed of one thing there shows in all that stands on it, so it is
 * tampered with one thing at a time, by a test of its own beside those of the node.
 */
export const stepsOffNode = (wish: SingleWish): readonly AnyStep[] =>
  stepsOf(wish).filter(({ kind }) => !nodeTampers.some((table) => table.kind === kind.name))

export const attacksOn = (step: AnyStep): readonly Attack[] => {
  const rows = tampers.find(({ kind }) => kind === step.kind.name)?.rows ?? {}
  return fieldsWanted(step).flatMap((field) => (rows[field] ?? []).map((row) => ({ ...row, key: keyOf(step), field })))
}

export const fieldsWanted = (step: AnyStep): readonly string[] => {
  const blanks = fillNeeds(step, (need) => need.kind.blank)
  return Object.keys(wantedOf(step, blanks))
}

/** Carries out a round on what was found, and says what a look has to find of it. */
export async function carryOut(
  outsider: Session,
  { findings }: Pick<Observation, "findings">,
  round: readonly Attack[],
  seenOf: (attack: Attack, live: never) => readonly string[] = seenAfter,
): Promise<readonly string[]> {
  const expected: string[] = []
  for (const attack of round) {
    const { also = [], cause = "drift", does, key } = attack
    // The row is of the very kind whose thing this is.
    const live = findings.find((finding) => finding.key === key)?.found?.live as never
    await does(outsider, live)
    const fields = seenOf(attack, live).map((field) => `${field} (${cause})`)
    expected.push(`${key} differs: ${fields.join(", ")}`, ...also)
  }
  return expected.toSorted()
}

/** Which fields differ, where the thing was like this before. */
export const seenAfter = ({ field, seen }: Attack, live: never): readonly string[] => seen?.(live) ?? [field]

/** The n-th attack on every step at once: they are on different things, so each must be seen by itself. */
export function roundsOf(columns: readonly (readonly Attack[])[]): readonly (readonly Attack[])[] {
  const longest = Math.max(...columns.map(({ length }) => length))
  return Array.from({ length: longest }, (_, n) => columns.flatMap((column) => column.slice(n, n + 1)))
}
