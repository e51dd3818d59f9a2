import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { importRules } from "./imports.mjs"

/**
 * The files that are made from others and committed all the same, because readers and tools want them there.
 * @returns {Promise<ReadonlyMap<string, string>>} their text by path
 */
export async function generated() {
  return new Map([
    ["build/imports.biome.json", importRules()],
    ["schema/smart0dte.schema.json", await settingsJsonSchema()],
  ])
}

async function settingsJsonSchema() {
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(new URL("..", import.meta.url)),
    entryPoints: ["src/config/json-schema.ts"],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
  })
  const { jsonSchema } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? "")}`)
  return `${JSON.stringify(jsonSchema(), undefined, 2)}\n`
}
