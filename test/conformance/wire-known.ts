import { isAggregate, type View } from "../../src/sandbox/wire/schema.ts"

/** What of a value this version of the SDK has members for: botocore's models may be newer. */
export function known(view: View, value: unknown): unknown {
  if (!isAggregate(view) || typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map((item) => known(view.getValueSchema(), item))
  if (view.isMapSchema()) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, known(view.getValueSchema(), item)]))
  }
  const members = new Map(view.structIterator())
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      const member = members.get(name)
      return member ? [[name, known(member, item)]] : []
    }),
  )
}
