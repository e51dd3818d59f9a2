import type { AnyStep, Blueprint, Lives, Needs } from "./types.ts"

/** The steps that a step stands on. */
export const needsOf = (step: AnyStep): readonly AnyStep[] =>
  Object.values<AnyStep | readonly AnyStep[]>(step.needs).flat()

/** All steps that these stand on, and these: each once, after what it needs. */
export function inOrder(steps: readonly AnyStep[]): readonly AnyStep[] {
  const ordered = new Set<AnyStep>()
  const visit = (step: AnyStep) => {
    if (ordered.has(step)) return
    for (const need of needsOf(step)) visit(need)
    ordered.add(step)
  }
  for (const step of steps) visit(step)
  return [...ordered]
}

export interface Graph {
  /** Each step after what it needs. */
  readonly steps: readonly AnyStep[]
  /** What must be there before a step, `first` included. */
  before(step: AnyStep): readonly AnyStep[]
}

export function graphOf<C>(blueprint: Blueprint<C>): Graph {
  const first = blueprint.first ? inOrder([blueprint.first]) : []
  const steps = inOrder([...first, ...blueprint.steps])
  const head = blueprint.first
  const before = (step: AnyStep) =>
    head && !first.includes(step) ? [...new Set([head, ...needsOf(step)])] : needsOf(step)
  return { steps, before }
}

/** The needs of a step with, in place of each step, what `value` says of it. */
export function fillNeeds(step: AnyStep, value: (need: AnyStep) => object | undefined): Lives<Needs> {
  const filled = Object.entries<AnyStep | readonly AnyStep[]>(step.needs).map(([name, need]) => [
    name,
    isList(need) ? need.map(value) : value(need),
  ])
  return Object.fromEntries(filled) as Lives<Needs>
}

const isList = (need: AnyStep | readonly AnyStep[]): need is readonly AnyStep[] => Array.isArray(need)
