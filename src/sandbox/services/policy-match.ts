import { type Fields, fieldsOf, textsOf } from "./policy-document.ts"
import { notServed } from "./unserved.ts"

/** What conditions may ask for; undefined where the request does not have it. */
export type Context = Readonly<Record<string, string | undefined>>

/** Whether all of a statement's conditions hold. */
export const meets = (condition: Fields, context: Context): boolean =>
  Object.entries(condition).every(([operator, tests]) =>
    Object.entries(fieldsOf(tests) ?? {}).every(([key, values]) =>
      holds(operator, textsOf(values), valueAt(context, key)),
    ),
  )

/** `*` stands for any letters, `?` for one. */
export const like = (pattern: string, text: string): boolean => {
  if (pattern.includes("${")) throw notServed(`the variable of a policy in ${pattern}`)
  const source = pattern
    .replace(/[.+^$()|[\]\\{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".")
  return new RegExp(`^${source}$`, "s").test(text)
}

/** A key that nobody thought of is refused: whether it is there decides, and a guess would be a pass by chance. */
const valueAt = (context: Context, key: string): string | undefined => {
  const known = Object.keys(context).find((name) => name.toLowerCase() === key.toLowerCase())
  if (known === undefined && !key.includes("ResourceTag/")) throw notServed(`the condition key ${key} of a policy`)
  return known === undefined ? undefined : context[known]
}

const holds = (operator: string, wanted: readonly string[], value: string | undefined): boolean => {
  const test = TESTS[operator]
  if (!test) throw notServed(`the condition operator ${operator} of a policy`)
  return test(wanted, value)
}

type Test = (wanted: readonly string[], value: string | undefined) => boolean

const equals: Test = (wanted, value) => value !== undefined && wanted.includes(value)
const fits: Test = (wanted, value) => value !== undefined && wanted.some((pattern) => like(pattern, value))

/** What is not there is not equal to anything, either. */
const TESTS: Readonly<Record<string, Test>> = {
  ArnEquals: fits,
  ArnLike: fits,
  Bool: equals,
  StringEquals: equals,
  StringLike: fits,
  StringNotEquals: (wanted, value) => !equals(wanted, value),
  StringNotLike: (wanted, value) => !fits(wanted, value),
}
