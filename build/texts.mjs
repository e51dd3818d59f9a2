import { readFile } from "node:fs/promises"

/**
 * Imports a template as its text, as the bundles have it.
 * @type {import("vitest/config").Plugin}
 */
export const texts = {
  name: "texts",
  enforce: "pre",
  async load(id) {
    return id.endsWith(".sh") ? `export default ${JSON.stringify(await readFile(id, "utf8"))}` : undefined
  },
}
