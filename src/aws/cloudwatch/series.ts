import type { AnyStep } from "../../engine/types.ts"
import type { Need } from "../step.ts"

/** One dimension of a metric: a text, or what a step's thing says of itself. */
export interface DimensionWish {
  readonly name: string
  readonly of: AnyStep | undefined
  readonly value: (live: object) => string
}

/** What is measured, of what. */
export interface Series {
  readonly namespace: string
  readonly metric: string
  readonly dimensions: readonly DimensionWish[]
}

export const fixedDimension = (name: string, value: string): DimensionWish => ({
  name,
  of: undefined,
  value: () => value,
})

export const dimensionOf = <Live extends object>(
  name: string,
  of: Need<Live>,
  value: (live: Live) => string,
): DimensionWish => ({
  name,
  of,
  // It is given the live thing of this very step.
  value: value as (live: object) => string,
})

/** The steps that the dimensions are of, each once. */
export const stepsOf = (series: readonly Series[]): readonly AnyStep[] => [
  ...new Set(series.flatMap(({ dimensions }) => dimensions.flatMap(({ of }) => (of ? [of] : [])))),
]

/** The dimensions in words, in the order of their names; `lives` are those of `stepsOf`, in its order. */
export function dimensionsOf(
  { dimensions }: Series,
  steps: readonly AnyStep[],
  lives: readonly object[],
): Readonly<Record<string, string>> {
  const entries = dimensions.map(({ name, of, value }) => [name, value(of ? (lives[steps.indexOf(of)] ?? {}) : {})])
  return Object.fromEntries(entries.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)))
}
