import { type Fields, fieldsOf, textsOf } from "../services/policy-document.ts"
import { notServed } from "../services/unserved.ts"
import { filledIn, like, likeArn } from "./patterns.ts"

/** What conditions may ask for. A key that the request does not have is undefined; a list has several values. */
export type Context = Readonly<Record<string, string | readonly string[] | undefined>>

/** Whether all of a statement's conditions hold. */
export const meets = (condition: Fields, context: Context): boolean =>
  Object.entries(condition).every(([operator, tests]) =>
    Object.entries(fieldsOf(tests) ?? {}).every(([key, wanted]) =>
      holds(operator, textsOf(texts(wanted)), valuesAt(context, key), context),
    ),
  )

/** Policies may write numbers and truths without quotes. */
const texts = (wanted: unknown): unknown =>
  Array.isArray(wanted) ? wanted.map(texts) : typeof wanted === "string" ? wanted : String(wanted)

/** A key that nobody thought of is refused: whether it is there decides, and a guess would be a pass by chance. */
const valuesAt = (context: Context, key: string): readonly string[] | undefined => {
  const known = Object.keys(context).find((name) => name.toLowerCase() === key.toLowerCase())
  if (known === undefined && !/(Resource|Request|Principal)Tag\//i.test(key)) {
    throw notServed(`the condition key ${key} of a policy`)
  }
  const value = known === undefined ? undefined : context[known]
  return typeof value === "string" ? [value] : value
}

type Values = readonly string[] | undefined

const holds = (name: string, wanted: readonly string[], values: Values, context: Context): boolean => {
  const [, quantifier, operator = "", ifExists] = OPERATOR.exec(name) ?? []
  if (operator === "Null") return wanted.includes(String(values === undefined))
  const test = TESTS[operator]
  if (!test) throw notServed(`the condition operator ${name} of a policy`)
  if (values === undefined && ifExists) return true
  const patterns = wanted.flatMap((pattern) => filledIn(pattern, context) ?? [])
  const one = (value: string) => patterns.some((pattern) => test.fits(pattern, value)) !== (test.not ?? false)
  // Where nothing is there, every value of it fits: that is why such a test alone is no guard.
  if (quantifier === "ForAllValues:") return (values ?? []).every(one)
  // What is not there is not equal to anything, either; but of its values none is.
  if (values === undefined) return quantifier === undefined && (test.not ?? false)
  if (quantifier === undefined && values.length > 1) throw notServed(`${name} for a key of several values`)
  return values.some(one)
}

const OPERATOR = /^(ForAllValues:|ForAnyValue:)?(\w+?)(IfExists)?$/

interface Test {
  fits(wanted: string, value: string): boolean
  /** Holds where none of what is wanted fits. */
  readonly not?: boolean
}

const same: Test["fits"] = (wanted, value) => wanted === value
const sameLetters: Test["fits"] = (wanted, value) => wanted.toLowerCase() === value.toLowerCase()
const number =
  (holdsFor: (value: number, wanted: number) => boolean): Test["fits"] =>
  (wanted, value) =>
    holdsFor(Number(value), Number(wanted))
const date =
  (holdsFor: (value: number, wanted: number) => boolean): Test["fits"] =>
  (wanted, value) =>
    holdsFor(Date.parse(value), Date.parse(wanted))

const TESTS: Readonly<Record<string, Test>> = {
  ArnEquals: { fits: likeArn },
  ArnLike: { fits: likeArn },
  ArnNotEquals: { fits: likeArn, not: true },
  ArnNotLike: { fits: likeArn, not: true },
  Bool: { fits: sameLetters },
  DateGreaterThan: { fits: date((value, wanted) => value > wanted) },
  DateLessThan: { fits: date((value, wanted) => value < wanted) },
  NumericEquals: { fits: number((value, wanted) => value === wanted) },
  NumericGreaterThan: { fits: number((value, wanted) => value > wanted) },
  NumericLessThan: { fits: number((value, wanted) => value < wanted) },
  NumericLessThanEquals: { fits: number((value, wanted) => value <= wanted) },
  StringEquals: { fits: same },
  StringEqualsIgnoreCase: { fits: sameLetters },
  StringLike: { fits: like },
  StringNotEquals: { fits: same, not: true },
  StringNotLike: { fits: like, not: true },
}
