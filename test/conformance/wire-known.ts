import { isAggregate, type View } from "../../src/sandbox/wire/schema.ts"

/**
 * What of a value this version of the SDK has members for: botocore's models may be newer. And of the type that it has
 * there: a few are a number to one of them and a text to the other, which is the same on the wire.
 */
export function known(view: View, value: unknown): unknown {
  if (typeof value === "string" && view.isNumericSchema()) return Number(value)
  if (typeof value === "number" && view.isStringSchema()) return String(value)
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
