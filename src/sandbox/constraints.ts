import file from "./constraints.json" with { type: "json" }

/** What a shape demands of its values, beyond its type. */
export interface Rules {
  readonly enum?: readonly string[]
  /** Of a number its least value, of a text or list its least length. */
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  /** The shapes below it, where they demand anything. */
  readonly members?: Readonly<Record<string, string>>
  readonly item?: string
  readonly key?: string
  readonly value?: string
}

/** One service's shapes by name, and its operations with their inputs' shape: empty where that demands nothing. */
export interface Constraints {
  readonly operations: Readonly<Record<string, string>>
  readonly shapes: Readonly<Record<string, Rules>>
}

export function constraintsOf(service: string): Constraints {
  // The file is generated; a test reads all of it by these types.
  const services: Readonly<Record<string, Constraints>> = file.services
  return services[service] ?? { operations: {}, shapes: {} }
}

/** The first rule that a value breaks, in AWS's words. Rules of what is inside it are not looked at. */
export function broken(rules: Rules, value: unknown): string | undefined {
  if (typeof value === "string") return brokenText(rules, value)
  const size = Array.isArray(value) ? value.length : value
  const what = Array.isArray(value) ? "length" : "value"
  return typeof size === "number" ? brokenRange(rules, size, what) : undefined
}

function brokenText(rules: Rules, text: string): string | undefined {
  if (rules.enum && !rules.enum.includes(text)) return `Member must satisfy enum value set: [${rules.enum.join(", ")}]`
  const range = brokenRange(rules, text.length, "length")
  if (range !== undefined || rules.pattern === undefined) return range
  return patternOf(rules.pattern).test(text)
    ? undefined
    : `Member must satisfy regular expression pattern: ${rules.pattern}`
}

function brokenRange({ max, min }: Rules, size: number, what: string): string | undefined {
  if (min !== undefined && size < min) return `Member must have ${what} greater than or equal to ${min}`
  return max !== undefined && size > max ? `Member must have ${what} less than or equal to ${max}` : undefined
}

/**
 * AWS's patterns hold for the whole text, know classes such as \p{L}, escape characters that need none, and may say
 * that capitals are no matter: for all that comes behind, which is here taken for all.
 */
export const patternOf = (pattern: string): RegExp => {
  const rest = pattern.replaceAll("(?i)", "")
  return new RegExp(`^(?:${rest.replace(/\\([!"#%&',:;<=>@_`~ ])/g, "$1")})$`, rest === pattern ? "u" : "iu")
}
