import { notThere } from "../context.ts"

/** What a file of curl's options says: where secrets belong, as everybody on a machine reads arguments. */
export interface Options {
  readonly headers: readonly string[]
  /** `name:password`. */
  readonly user?: string
}

export function optionsIn(text: string): Options {
  const lines = text.split("\n").filter((line) => line.trim() !== "")
  const pairs = lines.map((line) => {
    const [, name = "", value] = /^\s*-{0,2}(\w+)\s*[=:]?\s*"(.*)"\s*$/.exec(line) ?? []
    const known = NAMES[name]
    if (value === undefined || known === undefined) throw notThere(`this line of curl's options: ${withoutValue(line)}`)
    return [known, value.replaceAll('\\"', '"')] as const
  })
  const user = pairs.findLast(([name]) => name === "user")?.[1]
  return {
    headers: pairs.flatMap(([name, value]) => (name === "header" ? [value] : [])),
    ...(user !== undefined && { user }),
  }
}

const NAMES: Readonly<Record<string, "header" | "user">> = { header: "header", H: "header", user: "user", u: "user" }

const withoutValue = (line: string): string => line.replace(/".*"/, '"..."')
