import { NormalizedSchema } from "@smithy/core/schema"
import type { $SchemaRef } from "@smithy/types"

/**
 * The SDK describes operations as plain tuples. Their layout is known in this file alone, so that a new version of the
 * SDK that lays them out anew is a change of one file.
 */
export type View = NormalizedSchema

export interface Operation {
  readonly name: string
  readonly input: View
  readonly output: View
  /** Where a REST protocol puts it; the others have none. */
  readonly http: { readonly method: string; readonly uri: string; readonly status: number } | undefined
}

export interface ErrorShape {
  readonly name: string
  readonly namespace: string
  /** What the query protocols call it, when that is not its name. */
  readonly code: string
  readonly status: number | undefined
  readonly view: View
}

const OPERATION = 9
const ERROR = -3

/** The operations among a client module's exports, by name. */
export function operationsOf(schemas: Readonly<Record<string, unknown>>): ReadonlyMap<string, Operation> {
  return new Map(tuples(schemas, OPERATION).map((tuple) => [tuple[2], operation(tuple)]))
}

/** The errors among a client module's exports, by name and by the code that the query protocols use. */
export function errorsOf(schemas: Readonly<Record<string, unknown>>): ReadonlyMap<string, ErrorShape> {
  const shapes = tuples(schemas, ERROR).map(errorShape)
  return new Map([...shapes.map((shape) => [shape.code, shape] as const), ...shapes.map((s) => [s.name, s] as const)])
}

/** The first members of a structure are its required ones; how many is the tuple's last element. */
export function requiredMembers(structure: View): readonly string[] {
  const schema: unknown = structure.getSchema()
  if (!Array.isArray(schema) || !Array.isArray(schema[4])) return []
  const names: readonly string[] = schema[4]
  return names.slice(0, typeof schema[6] === "number" ? schema[6] : 0)
}

/** How a timestamp is written: 5 as date-time, 6 as an HTTP date, 7 as seconds; 4 is whatever the protocol prefers. */
export type TimestampFormat = 5 | 6 | 7

export function timestampFormat(timestamp: View, usual: TimestampFormat): TimestampFormat {
  const schema: unknown = timestamp.getSchema()
  return schema === 5 || schema === 6 || schema === 7 ? schema : usual
}

export const isAggregate = (view: View): boolean => view.isStructSchema() || view.isListSchema() || view.isMapSchema()

/** A member's name in XML and query documents. */
export const wireName = (member: View, name: string): string => member.getMemberTraits().xmlName ?? name

type Tuple = readonly [id: number, namespace: string, name: string, traits: unknown, ...rest: unknown[]]

const tuples = (schemas: Readonly<Record<string, unknown>>, id: number): readonly Tuple[] =>
  Object.values(schemas).filter((value): value is Tuple => Array.isArray(value) && value[0] === id)

function operation(tuple: Tuple): Operation {
  const http = trait(tuple[3], "http")
  const [method, uri, status] = Array.isArray(http) ? http : []
  return {
    name: tuple[2],
    // Nothing but the tuple's own type says that these two are schemas.
    input: NormalizedSchema.of(tuple[4] as $SchemaRef),
    output: NormalizedSchema.of(tuple[5] as $SchemaRef),
    http: typeof uri === "string" ? { method: String(method), uri, status: Number(status) } : undefined,
  }
}

function errorShape(tuple: Tuple): ErrorShape {
  const query = trait(tuple[3], "awsQueryError")
  const [code, queryStatus] = Array.isArray(query) ? query : []
  const status = Number(queryStatus ?? trait(tuple[3], "httpError"))
  return {
    name: tuple[2],
    namespace: tuple[1],
    code: typeof code === "string" ? code : tuple[2],
    status: Number.isNaN(status) ? undefined : status,
    view: NormalizedSchema.of(tuple as unknown as $SchemaRef),
  }
}

const trait = (traits: unknown, name: string): unknown =>
  typeof traits === "object" && traits !== null ? (traits as Record<string, unknown>)[name] : undefined
