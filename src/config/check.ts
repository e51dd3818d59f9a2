import * as z from "zod/mini"
import { Usage } from "../errors.ts"
import { closest } from "./closest.ts"
import type { Given } from "./given.ts"

/** The last value given for each key. All must be good, also those that another overrides. */
export const checkAll = <Schema extends z.ZodMiniObject>(schema: Schema, all: readonly Given[]): z.output<Schema> => {
  const problems = all.flatMap((given) => problemsOf(schema, given))
  if (problems.length > 0) throw refusalOf(problems)
  return schema.parse(Object.fromEntries(all.map((given) => [given.key, valueFor(schema.shape[given.key], given)])))
}

interface Problem {
  readonly wrong: string
  readonly expected: string
}

const problemsOf = (schema: z.ZodMiniObject, given: Given): readonly Problem[] => {
  const { key } = given
  const field = Object.hasOwn(schema.shape, key) ? schema.shape[key] : undefined
  const keys = Object.keys(schema.shape)
  if (field === undefined) {
    const meant = closest(key, keys)
    const expected = meant === undefined ? `expected one of ${keys.join(", ")}` : `did you mean ${meant}?`
    return [{ wrong: `${given.name}: there is no key ${JSON.stringify(key)}`, expected }]
  }
  const { error } = z.safeParse(field, valueFor(field, given))
  return (error?.issues ?? []).map((issue) => problemOf(given, issue))
}

/** A number stands for its own text where text is wanted, such as an account written without quotes. */
const valueFor = (field: z.core.$ZodType | undefined, { value, written }: Given): unknown =>
  field !== undefined && written !== undefined && z.safeParse(field, written).success ? written : value

const problemOf = (given: Given, issue: z.core.$ZodIssue): Problem => {
  const path = issue.code === "unrecognized_keys" ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path
  const { name, shown } = given.locate(path)
  const meant = issue.code === "invalid_value" ? closest(String(given.value), issue.values.map(String)) : undefined
  const place = name.includes(":") ? `${name}: ${keyOf(given, path)}` : name
  return {
    wrong: `${place} is ${masked(shown)}`,
    expected: meant === undefined ? issue.message : `${issue.message}; did you mean ${meant}?`,
  }
}

/** Whoever puts a password into an address is told so without it. */
const masked = (shown: string): string => shown.replaceAll(/\/\/[^/\s"']*@/g, "//***@")

/** As it is written, the keys above it before it. */
const keyOf = ({ key }: Given, path: readonly PropertyKey[]): string =>
  [key, ...path.filter((part) => typeof part === "string")].join(".")

const refusalOf = (problems: readonly Problem[]): Usage => {
  const [first, second] = problems
  if (first !== undefined && second === undefined) return new Usage(first.wrong, { hint: first.expected })
  const lines = problems.map(({ wrong, expected }) => `${wrong}: ${expected}`)
  return new Usage(lines.join("\n"), { hint: `correct all ${problems.length} and run again` })
}
