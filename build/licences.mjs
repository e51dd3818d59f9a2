import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"

/**
 * The licences of all packages that went into the bundles, as they want to be handed on; each text once.
 * @param {string} root
 * @param {string[]} inputs the bundled files
 */
export async function licenceTexts(root, inputs) {
  const folders = [...new Set(inputs.flatMap(packageOf))].sort()
  const licences = await Promise.all(folders.map((folder) => licenceOf(join(root, folder))))
  const names = new Map(licences.map(({ text }) => [text, /** @type {string[]} */ ([])]))
  for (const { name, text } of licences) names.get(text)?.push(name)
  const sections = [...names].map(([text, under]) => `${rule}\n${under.join("\n")}\n${rule}\n\n${text.trim()}\n`)
  return `smart0dte contains these packages, each under its own licence.\n\n${sections.join("\n")}`
}

const rule = "=".repeat(80)

/** @param {string} input */
const packageOf = (input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []

/** @param {string} folder */
async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"))
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort()
  if (files.length === 0 && !license) throw new Error(`${folder} says no licence: it cannot be distributed`)
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")))
  return {
    name: `${name} ${version} (${license})`,
    text:
      texts.join("\n") ||
      "These bring no text of their own. That of the licence named with them stands elsewhere in this file.\n",
  }
}
