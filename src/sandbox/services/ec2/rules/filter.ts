import type { Filter } from "@aws-sdk/client-ec2"
import { type Call, Refusal } from "../../../service.ts"
import { type Entity, find, type Kind, live } from "./kind.ts"
import { tagsOf } from "./tags.ts"

type Value = string | number | boolean | undefined

/** Per filter that a Describe knows: the value or values it looks at. */
export type Fields<R> = Readonly<Record<string, (record: R, call: Call) => Value | readonly Value[]>>

/** The records that the ids name (all, when none is given) and that pass every filter. */
export const select = <R extends Entity>(
  call: Call,
  kind: Kind<R>,
  ids: readonly string[] | undefined,
  filters: readonly Filter[] | undefined,
  fields: Fields<R>,
): readonly R[] => {
  const named = ids?.length ? [...new Set(ids)].map((id) => find(call, kind, id)) : live(call, kind)
  return matching(call, named, filters, {
    ...fields,
    "tag-key": (record) => tagsOf(call, record.id).map((tag) => tag.Key),
    "tag-value": (record) => tagsOf(call, record.id).map((tag) => tag.Value),
  })
}

/** The same for things that have no tags, or no table. */
export const matching = <R extends object>(
  call: Call,
  records: readonly R[],
  filters: readonly Filter[] | undefined,
  fields: Fields<R>,
): readonly R[] =>
  (filters ?? []).reduce((left, filter) => {
    const read = reader(filter.Name ?? "", fields)
    const patterns = valuesOf(filter).map(pattern)
    return left.filter((record) => {
      const found = [read(record, call)].flat()
      return found.some((value) => value !== undefined && patterns.some((wanted) => wanted.test(String(value))))
    })
  }, records)

const reader = <R extends object>(name: string, fields: Fields<R>): Fields<R>[string] => {
  if (name.startsWith("tag:") && "tag-key" in fields) {
    const key = name.slice("tag:".length)
    return (record, call) =>
      tagsOf(call, "id" in record ? String(record.id) : "").flatMap((tag) => (tag.Key === key ? [tag.Value] : []))
  }
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (!field) throw new Refusal("InvalidParameterValue", `The filter '${name}' is invalid`)
  return field
}

const valuesOf = (filter: Filter): readonly string[] => {
  if (!filter.Values?.length) {
    throw new Refusal("InvalidParameterValue", `The filter '${filter.Name}' must have at least one value`)
  }
  if (filter.Values.length > 200) {
    throw new Refusal("FilterLimitExceeded", "The maximum number of filter values specified on a single call is 200")
  }
  return filter.Values
}

/** `*` is any run of characters, `?` none or one, and a backslash makes either literal. */
const pattern = (wanted: string): RegExp => {
  const source = wanted.replace(/\\([*?\\])|([*?])|[.+^${}()|[\]\\]/g, (whole, literal, wild) => {
    if (literal) return `\\${literal}`
    if (wild) return wild === "*" ? ".*" : ".?"
    return `\\${whole}`
  })
  return new RegExp(`^${source}$`, "s")
}
