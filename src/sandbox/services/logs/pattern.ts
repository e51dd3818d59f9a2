import { invalid } from "./records.ts"

/** Whether a line of a log fits a metric filter. */
export type Fits = (message: string) => boolean

/** Understands patterns on JSON, such as `{ ($.a = "b*") && ($.c NOT EXISTS) }`, and words that must all be there. */
export const fitsPattern = (pattern: string): Fits => {
  const inner = /^\s*\{(.*)\}\s*$/s.exec(pattern)?.[1]
  if (inner === undefined) return wordsIn(pattern)
  const tokens = tokensOf(inner)
  const holds = either(tokens)
  if (tokens.length > 0) throw bad(pattern)
  return (message) => {
    const event = jsonOf(message)
    return event !== undefined && holds(event)
  }
}

type Holds = (event: object) => boolean

/** Consumes tokens from the front: what is left when it returns was not part of it. */
const either = (tokens: string[]): Holds => {
  const first = both(tokens)
  if (tokens[0] !== "||") return first
  tokens.shift()
  const rest = either(tokens)
  return (event) => first(event) || rest(event)
}

const both = (tokens: string[]): Holds => {
  const first = one(tokens)
  if (tokens[0] !== "&&") return first
  tokens.shift()
  const rest = both(tokens)
  return (event) => first(event) && rest(event)
}

const one = (tokens: string[]): Holds => {
  const token = tokens.shift()
  if (token === "(") {
    const inside = either(tokens)
    if (tokens.shift() !== ")") throw bad("a bracket that is not closed")
    return inside
  }
  if (token === undefined || !token.startsWith("$.")) throw bad(token ?? "nothing")
  const path = token.slice(2).split(".")
  const operator = tokens.shift() ?? ""
  if (operator === "NOT EXISTS") return (event) => valueAt(event, path) === undefined
  if (operator === "EXISTS") return (event) => valueAt(event, path) !== undefined
  const wanted = tokens.shift()
  if (!/^!?=$/.test(operator) || wanted === undefined || /^[()&|$]/.test(wanted)) throw bad(`${token} ${operator}`)
  const like = likeness(wanted.replace(/^"(.*)"$/, "$1"))
  return (event) => {
    const value = valueAt(event, path)
    // What is not there is not unequal, either: such a line does not fit.
    if (value === undefined) return false
    return like.test(String(value)) === (operator === "=")
  }
}

const tokensOf = (text: string): string[] => {
  const known = /\s*("[^"]*"|\$\.[\w.]+|NOT EXISTS|EXISTS|&&|\|\||!=|=|\(|\)|[\w.*-]+)\s*/gy
  const tokens = [...text.matchAll(known)].map(([, token = ""]) => token)
  if (text.replaceAll(/\s/g, "").length !== tokens.join("").replaceAll(/\s/g, "").length) throw bad(text)
  return tokens
}

const likeness = (wanted: string): RegExp =>
  new RegExp(`^${wanted.replace(/[.+?^$()|[\]\\{}]/g, "\\$&").replaceAll("*", ".*")}$`, "s")

const valueAt = (event: object, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null && key in at ? Reflect.get(at, key) : undefined),
    event,
  )

const jsonOf = (message: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(message)
    return typeof value === "object" && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** What more the language has is refused: a filter that the sandbox takes for another would count by chance. */
const wordsIn = (pattern: string): Fits => {
  if (/[{}[\]?*%]|(^|\s)-/.test(pattern)) throw bad(pattern)
  const words = [...pattern.matchAll(/"([^"]*)"|(\S+)/g)].map(([, phrase, word]) => phrase ?? word ?? "")
  return (message) => words.every((word) => message.includes(word))
}

const bad = (what: string) => invalid(`Invalid metric filter pattern: ${what}`)
