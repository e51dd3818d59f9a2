import { stringify } from "yaml"
import { jsonSchema } from "./json-schema.ts"
import type { Settings } from "./settings.ts"

/** A configuration file that says of each key what it is for; what is as usual stands there as a comment. */
export function commentedFile(settings: Settings, usual: Settings, heading: string): string {
  const parts = Object.entries(descriptions()).map(([key, description]) => {
    // Every key of the schema is one of the settings.
    const [value, otherwise] = [settings[key as keyof Settings], usual[key as keyof Settings]]
    const isUsual = JSON.stringify(value) === JSON.stringify(otherwise)
    const lines = isUsual ? commented(key, otherwise) : stringify({ [key]: value })
    return `${folded(description)
      .map((line) => `# ${line}\n`)
      .join("")}${lines}`
  })
  return [`# ${heading}\n`, ...parts].join("\n")
}

function descriptions(): Readonly<Record<string, string>> {
  // The published schema is an object with a property for each key.
  const { properties } = jsonSchema() as { readonly properties: Record<string, { readonly description?: string }> }
  return Object.fromEntries(Object.entries(properties).map(([key, { description = "" }]) => [key, description]))
}

function commented(key: string, value: unknown): string {
  const text = value === undefined ? `${key}:\n` : stringify({ [key]: value })
  return text.replace(/^(?=.)/gm, "# ")
}

function folded(text: string): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(" ")) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length > 98) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
