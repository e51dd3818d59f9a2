import { Fault } from "../context.ts"

export type Fields = Readonly<Record<string, unknown>>

export function objectAt(value: unknown, what: string): Fields {
  if (value === null) return {}
  if (typeof value === "object" && value !== undefined && !Array.isArray(value)) return { ...value }
  throw new Fault(`validating: ${what} must be a mapping`, 15)
}

export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
