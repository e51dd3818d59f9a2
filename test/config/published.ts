import { readFileSync } from "node:fs"
import { Ajv2020 } from "ajv/dist/2020.js"
import { parse } from "yaml"

const schema: object = JSON.parse(readFileSync(new URL("../../schema/smart0dte.schema.json", import.meta.url), "utf8"))

/** What an editor that knows the published schema would underline in the text of a configuration. */
export function problemsIn(text: string): readonly string[] {
  const fits = new Ajv2020({ allErrors: true }).compile(schema)
  // An empty document has no keys, as an empty object has none.
  return fits(parse(text) ?? {})
    ? []
    : (fits.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
