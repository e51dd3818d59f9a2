import type { Service } from "../../../src/sandbox/service.ts"
import { operationsOf, type View } from "../../../src/sandbox/wire/schema.ts"

/**
 * The members of an operation's input at which it did not look while it went through: what a caller said there was
 * dropped without a word. `run` performs the operation with the input that it is given.
 */
export const unheeded = (
  service: Service,
  operation: string,
  input: object,
  run: (watched: object) => unknown,
): readonly string[] => {
  const view = operationsOf(service.schemas).get(operation)?.input
  if (!view) throw new Error(`${operation} has no schema`)
  const seen = new Set<string>()
  run(watched(input, "", seen))
  return membersOf(view, input, "").filter(
    (path) => !seen.has(path) && !seen.has(`${path.slice(0, path.lastIndexOf("."))}.*`),
  )
}

/** What the sandbox lets through of an operation: so many at once, and so many a second after that. */
export const limitOf = ({ limits }: Service, operation: string): readonly number[] | undefined => {
  const [, ...limit] = limits.find(([pattern]) => pattern.test(operation)) ?? []
  return limit.length > 0 ? limit : undefined
}

/** Notes the path of every member that is read; `.*` where all of a structure are taken over. */
const watched = <T extends object>(value: T, path: string, seen: Set<string>): T =>
  new Proxy(value, {
    get: (target, key) => {
      const at = Array.isArray(target) ? path : `${path}.${String(key)}`
      seen.add(at)
      const inner: unknown = Reflect.get(target, key)
      return isPlain(inner) ? watched(inner, at, seen) : inner
    },
    ownKeys: (target) => {
      if (!Array.isArray(target)) seen.add(`${path}.*`)
      return Reflect.ownKeys(target)
    },
  })

/** Structures below the first level count only where the input has them. */
const membersOf = (view: View, value: unknown, path: string): readonly string[] => {
  if (view.isListSchema() && Array.isArray(value)) {
    return [...new Set(value.flatMap((item) => membersOf(view.getValueSchema(), item, path)))]
  }
  if (!view.isStructSchema() || !isPlain(value)) return []
  const given: Readonly<Record<string, unknown>> = { ...value }
  return [...view.structIterator()].flatMap(([name, member]) => [
    `${path}.${name}`,
    ...membersOf(member, given[name], `${path}.${name}`),
  ])
}

const isPlain = (value: unknown): value is object =>
  Array.isArray(value) || (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype)
