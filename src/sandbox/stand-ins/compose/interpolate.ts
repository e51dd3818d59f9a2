import { type Context, Fault } from "../context.ts"

/** Replaces `$NAME`, `${NAME:-usual}` and the like by what the environment has; `$$` is a dollar. */
export function interpolated(on: Context, text: string): string {
  const lines = text.split("\n").map((line) => (/^\s*#/.test(line) ? line : replaced(on, line)))
  return lines.join("\n")
}

const replaced = (on: Context, line: string): string =>
  line.replace(
    PLACE,
    (whole, plain: string | undefined, name: string | undefined, how: string | undefined, word = "") => {
      if (whole === "$$") return "$"
      const variable = plain ?? name ?? ""
      const value = on.env[variable]
      const missing = value === undefined || (how?.startsWith(":") === true && value === "")
      if (how?.endsWith("+")) return missing ? "" : word
      if (!missing) return value
      if (how?.endsWith("-")) return word
      if (how?.endsWith("?")) throw new Fault(`required variable ${variable} is missing a value: ${word}`, 15)
      on.err(`level=warning msg="The \\"${variable}\\" variable is not set. Defaulting to a blank string."\n`)
      return ""
    },
  )

const PLACE = /\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-?+])([^}]*))?\})/g
