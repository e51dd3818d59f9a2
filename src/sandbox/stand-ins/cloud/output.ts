import { notThere } from "../context.ts"
import { flag, type Parsed } from "../flags.ts"

/** An answer as --query and --output ask for it. */
export function printed(answer: unknown, parsed: Parsed): string {
  const query = flag(parsed, "--query")
  const found = query === undefined ? answer : select(answer, query)
  const output = flag(parsed, "--output") ?? "json"
  if (output === "text") return `${textOf(found)}\n`
  if (output === "json") return `${JSON.stringify(found ?? null, undefined, 4)}\n`
  throw notThere(`aws --output ${output}`)
}

/** Of JMESPath only names behind one another, with `[]` and `[0]` for lists, and a list of such paths at the end. */
function select(value: unknown, query: string): unknown {
  const [, before, list] = /^(.*?)\.?\[([A-Za-z]+(?:\s*,\s*[A-Za-z]+)+)\]$/.exec(query) ?? []
  if (list !== undefined) {
    const of = (item: unknown) => list.split(",").map((name) => member(item, name.trim()))
    const found = before ? select(value, before) : value
    return Array.isArray(found) ? found.map(of) : of(found)
  }
  return steps(query).reduce<unknown>((found, step) => {
    if (step === "[]" || step === "[*]") return Array.isArray(found) ? found : undefined
    if (step.startsWith("[")) return Array.isArray(found) ? found.at(Number(step.slice(1, -1))) : undefined
    return Array.isArray(found) ? found.map((item) => member(item, step)) : member(found, step)
  }, value)
}

function steps(query: string): readonly string[] {
  const found = [...query.matchAll(/\.?([A-Za-z]\w*)|(\[(?:\*|-?\d+)?\])/g)].map(([, name, list]) => name ?? list ?? "")
  if (!/^(?:\.?[A-Za-z]\w*|\[(?:\*|-?\d+)?\])+$/.test(query)) throw notThere(`aws --query ${query}`)
  return found
}

const member = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined

/** Rows of lists, and what is not there as None. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return "None"
  if (!Array.isArray(value))
    return typeof value === "object" ? Object.values(value).map(textOf).join("\t") : String(value)
  const nested = value.some((item) => Array.isArray(item))
  return value.map(textOf).join(nested ? "\n" : "\t")
}
