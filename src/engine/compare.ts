import { createHash } from "node:crypto"
import type { AnyKind, AnyStep, Lives, Needs, Unwished } from "./types.ts"

export interface Difference {
  readonly field: string
  readonly live: unknown
  readonly want: unknown
}

/** What a step wants, now that its needs are known (or stood in for). */
export function wantedOf(step: AnyStep, lives: Lives<Needs>): Readonly<Record<string, unknown>> {
  return { ...step.spec, ...step.links?.(lives) }
}

/** The same of a thing that is there, without what is to go: what is wished of it comes first. */
export function wantedWithout(
  step: AnyStep,
  lives: Lives<Needs>,
  live: object,
  unwished: readonly Unwished[],
): Readonly<Record<string, unknown>> {
  return { ...step.without?.(live, unwished), ...wantedOf(step, lives) }
}

export function differencesOf(
  live: object,
  want: Readonly<Record<string, unknown>>,
  agrees: AnyKind["agrees"] = () => false,
): readonly Difference[] {
  const has: Readonly<Record<string, unknown>> = { ...live }
  return Object.keys(want)
    .filter((field) => canonical(has[field]) !== canonical(want[field]) && !agrees(field, has[field], want[field]))
    .map((field) => ({ field, live: has[field], want: want[field] }))
}

/** The same text for equal values, whatever the order of their keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (isPlain(inner) ? sortedByKey(inner) : inner)) ?? "undefined"
}

export function fingerprint(value: unknown): string {
  return createHash("sha256").update(canonical(value)).digest("hex").slice(0, 12)
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const sortedByKey = (value: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
