import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"

/**
 * The licences of all packages that went into the bundles, as they want to be handed on.
 * @param {string} root
 * @param {string[]} inputs the bundled files
 */
export async function licenceTexts(root, inputs) {
  const folders = [...new Set(inputs.flatMap(packageOf))].sort()
  const sections = await Promise.all(folders.map((folder) => section(join(root, folder))))
  return `smart0dte contains these packages. Each stands under its own licence.\n\n${sections.join("\n")}`
}

/** @param {string} input */
const packageOf = (input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []

/** @param {string} folder */
async function section(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"))
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort()
  if (files.length === 0 && !license) throw new Error(`${folder} says no licence: it cannot be distributed`)
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")))
  return [`${"=".repeat(80)}\n${name} ${version} (${license})\n`, ...texts].join("\n")
}
