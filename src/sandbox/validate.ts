import { missingParameter } from "./refusals.ts"
import type { Refusal } from "./service.ts"
import type { Dialect } from "./wire/dialect.ts"
import { requiredMembers, type View } from "./wire/schema.ts"

/** The first thing in an input that the service refuses before it looks at any resource. */
export const validate = (dialect: Dialect, view: View, input: object): Refusal | undefined =>
  missing(dialect, view, input, "")

function missing(dialect: Dialect, view: View, value: unknown, path: string): Refusal | undefined {
  if (value === undefined || value === null) return undefined
  if (view.isListSchema() && Array.isArray(value)) {
    return firstOf(
      value.map((item, index) => () => missing(dialect, view.getValueSchema(), item, `${path}.${index + 1}`)),
    )
  }
  if (!view.isStructSchema()) return undefined
  const given = value as Readonly<Record<string, unknown>>
  const absent = requiredMembers(view).find((name) => given[name] === undefined)
  const below = (name: string) => (path === "" ? name : `${path}.${name}`)
  if (absent !== undefined) return missingParameter(dialect, below(absent))
  return firstOf(
    [...view.structIterator()].map(
      ([name, member]) =>
        () =>
          missing(dialect, member, given[name], below(name)),
    ),
  )
}

function firstOf(checks: readonly (() => Refusal | undefined)[]): Refusal | undefined {
  for (const check of checks) {
    const refusal = check()
    if (refusal) return refusal
  }
  return undefined
}
