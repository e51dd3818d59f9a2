import { notServed } from "../services/unserved.ts"
import type { Context } from "./conditions.ts"

/** `*` stands for any letters, `?` for one. */
export const like = (pattern: string, text: string): boolean => {
  if (pattern.includes("${")) throw notServed(`the variable of a policy in ${pattern}`)
  const source = pattern
    .replace(/[.+^$()|[\]\\{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".")
  return new RegExp(`^${source}$`, "s").test(text)
}

/**
 * Part by part: what stands for any letters does not reach over a colon, but in the last part. What a pattern leaves
 * out at its end may be anything.
 */
export const likeArn = (pattern: string, arn: string): boolean => {
  const parts = partsOf(arn)
  const wanted = partsOf(pattern)
  return pattern === "*" || (parts.length === PARTS && parts.every((part, index) => like(wanted[index] ?? "*", part)))
}

const PARTS = 6

const partsOf = (arn: string): readonly string[] => {
  const parts = arn.split(":")
  return parts.length < PARTS ? parts : [...parts.slice(0, PARTS - 1), parts.slice(PARTS - 1).join(":")]
}

/** The variables of a pattern, such as the user's name, put in. Undefined where the request has no such value. */
export const filledIn = (pattern: string, context: Context): string | undefined => {
  const missing: string[] = []
  const filled = pattern.replace(VARIABLE, (_, name: string) => {
    const key = Object.keys(context).find((known) => known.toLowerCase() === name.toLowerCase())
    const value = key === undefined ? undefined : context[key]
    if (key === undefined && !/Tag\//.test(name)) throw notServed(`the variable ${name} of a policy`)
    if (typeof value !== "string") missing.push(name)
    return typeof value === "string" ? value : ""
  })
  return missing.length > 0 ? undefined : filled
}

const VARIABLE = /\$\{([\w:/.-]+)\}/g
