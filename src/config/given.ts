import { readText } from "./text.ts"

/** A value that somebody gave, before it is known to be good. */
export interface Given {
  readonly key: string
  readonly value: unknown
  /** How its author knows it: a flag, a variable, or a place in the file. */
  readonly name: string
  /** Where the value stands, and how it is written there; `path` leads into a list. */
  locate(path: readonly PropertyKey[]): { readonly name: string; readonly shown: string }
  /** The file's folder, which relative paths in it start from. */
  readonly folder?: string
  /** A number as it was written: an account may begin with 0. */
  readonly written?: string
}

export type Environment = Readonly<Record<string, string | undefined>>
/** By the settings' own keys, as the command line gave them. */
export type Flags = Readonly<Record<string, unknown>>

export const fromFlags = (flags: Flags, keys: readonly string[]): readonly Given[] =>
  keys.flatMap((key) => (flags[key] === undefined ? [] : [given(key, flags[key], flagOf(key))]))

/** An empty variable is one that is not set: that is how shells and CI systems take a variable away. */
export const fromVariables = (env: Environment, keys: readonly string[]): readonly Given[] =>
  keys.flatMap((key) => (env[variableOf(key)] ? [given(key, env[variableOf(key)], variableOf(key))] : []))

export const flagOf = (key: string): string => `--${words(key).join("-")}`

export const variableOf = (key: string): string => `SMART0DTE_${words(key).join("_").toUpperCase()}`

const words = (key: string): readonly string[] => key.split(/(?=[A-Z])/).map((word) => word.toLowerCase())

const given = (key: string, text: unknown, name: string): Given => {
  const value = readText(key, text)
  return { key, value, name, locate: (path) => ({ name, shown: JSON.stringify(elementOf(value, path)) }) }
}

const elementOf = (value: unknown, [index]: readonly PropertyKey[]): unknown =>
  Array.isArray(value) && typeof index === "number" ? value[index] : value
