import { dateText } from "./scalar.ts"
import { timestampFormat, type View } from "./schema.ts"

export interface JsonNames {
  /** restJson may rename members; awsJson does not. */
  readonly renamed: boolean
}

/** A value as JSON carries it; members for which `inBody` is false stay out of the outermost structure. */
export function toJson(view: View, value: unknown, names: JsonNames, inBody: (member: View) => boolean = all): unknown {
  if (value === undefined || value === null) return value
  if (view.isStructSchema()) return structureToJson(view, value, names, inBody)
  if (view.isListSchema()) return listOf(value).map((item) => toJson(view.getValueSchema(), item, names) ?? null)
  if (view.isMapSchema()) return mapped(value, (item) => toJson(view.getValueSchema(), item, names) ?? null)
  if (view.isTimestampSchema()) {
    const format = timestampFormat(view, 7)
    return format === 7 ? Number(dateText(value, format)) : dateText(value, format)
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64")
  if (view.isNumericSchema() && !Number.isFinite(value)) return String(value)
  return value
}

/** The value that a JSON document stands for. */
export function fromJson(view: View, value: unknown, names: JsonNames): unknown {
  if (value === undefined || value === null) return undefined
  if (view.isStructSchema()) return structureFromJson(view, value, names)
  if (view.isListSchema()) return listOf(value).map((item) => fromJson(view.getValueSchema(), item, names) ?? null)
  if (view.isMapSchema()) return mapped(value, (item) => fromJson(view.getValueSchema(), item, names) ?? null)
  if (view.isTimestampSchema()) return new Date(typeof value === "number" ? value * 1000 : String(value))
  if (view.isBlobSchema()) return new Uint8Array(Buffer.from(String(value), "base64"))
  if (view.isNumericSchema()) return Number(value)
  if (view.isStringSchema() && typeof value !== "string") throw wrongType("a string", value)
  if (view.isBooleanSchema() && typeof value !== "boolean") throw wrongType("true or false", value)
  return value
}

function structureToJson(view: View, value: unknown, names: JsonNames, inBody: (member: View) => boolean): object {
  const members = [...view.structIterator()].filter(([, member]) => inBody(member))
  return Object.fromEntries(
    members.flatMap(([name, member]) => {
      const found = toJson(member, memberOf(value, name), names)
      return found === undefined || found === null ? [] : [[jsonName(member, name, names), found]]
    }),
  )
}

function structureFromJson(view: View, value: unknown, names: JsonNames): object {
  if (typeof value !== "object" || Array.isArray(value)) throw wrongType("an object", value)
  return Object.fromEntries(
    [...view.structIterator()].flatMap(([name, member]) => {
      const found = fromJson(member, memberOf(value, jsonName(member, name, names)), names)
      return found === undefined ? [] : [[name, found]]
    }),
  )
}

const all = () => true

const jsonName = (member: View, name: string, names: JsonNames): string =>
  (names.renamed ? member.getMergedTraits().jsonName : undefined) ?? name

const memberOf = (value: unknown, name: string): unknown => (value as Readonly<Record<string, unknown>>)[name]

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw wrongType("a list", value)
  return value
}

function mapped(value: unknown, change: (item: unknown) => unknown): object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrongType("an object", value)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]))
}

/** A SyntaxError like the one of JSON.parse: to the client both are a SerializationException. */
const wrongType = (wanted: string, value: unknown) =>
  new SyntaxError(`expected ${wanted} but found ${JSON.stringify(value)?.slice(0, 60)}`)
