import type { View } from "./wire/schema.ts"

/** An input without its secrets and without what would only be long, for the trace. */
export function summary(view: View, value: unknown): unknown {
  if (value === undefined || value === null) return value
  if (view.getMergedTraits().sensitive) return "(sensitive)"
  if (view.isBlobSchema()) return "(bytes)"
  if (view.isStructSchema()) return members(view, value)
  if (view.isListSchema() && Array.isArray(value)) return value.map((item) => summary(view.getValueSchema(), item))
  if (view.isMapSchema()) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, summary(view.getValueSchema(), item)]))
  }
  return typeof value === "string" && value.length > LONGEST ? `${value.slice(0, LONGEST)}...` : value
}

const LONGEST = 200

function members(view: View, value: unknown): object {
  const given = value as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    [...view.structIterator()].flatMap(([name, member]) =>
      given[name] === undefined ? [] : [[name, secret.test(name) ? "(sensitive)" : summary(member, given[name])]],
    ),
  )
}

/** Of these the model does not say that they are secret: the passwords of a cache's users, and its token. */
const secret = /^(Passwords|AuthToken)$/
