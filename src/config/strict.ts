import * as z from "zod/mini"
import { closest } from "./closest.ts"

export const named = (pattern: RegExp, expected: string) => z.string(expected).check(z.regex(pattern, expected))

/** Says which keys there are, where one is wrong. */
export const strict = <Shape extends z.core.$ZodShape>(shape: Shape) => {
  const keys = Object.keys(shape)
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return `expected keys such as ${keys[0]}, each with a value`
      const meant = closest(issue.keys[0] ?? "", keys)
      return meant === undefined ? `expected one of ${keys.join(", ")}` : `did you mean ${meant}?`
    },
  })
}

export const portNumber = (expected: string) => z.int(expected).check(z.gte(1, expected), z.lte(65535, expected))
