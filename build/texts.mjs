import { readFile } from "node:fs/promises"

/** What templates that are no JSON end with. */
export const textEndings = [".sh", ".sql", ".yaml", ".env", ".py", ".service", ".timer"]

/**
 * Imports a template as its text, as the bundles have it.
 * @type {import("vitest/config").Plugin}
 */
export const texts = {
  name: "texts",
  enforce: "pre",
  async load(id) {
    return textEndings.some((ending) => id.endsWith(ending))
      ? `export default ${JSON.stringify(await readFile(id, "utf8"))}`
      : undefined
  },
}
