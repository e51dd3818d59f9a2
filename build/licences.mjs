import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"

/**
 * The licences of all packages that went into the bundles, as they want to be handed on: each text once, and above it
 * the packages under it with whose they are.
 * @param {string} root
 * @param {string[]} inputs the bundled files
 */
export async function licenceTexts(root, inputs) {
  const folders = [...new Set(inputs.flatMap(packageOf))].sort()
  const licences = await Promise.all(folders.map((folder) => licenceOf(join(root, folder))))
  const sections = new Map(licences.map(({ key, text }) => [key, { text, heads: /** @type {string[]} */ ([]) }]))
  for (const { key, head } of licences) sections.get(key)?.heads.push(head)
  const pages = [...sections.values()].map(({ heads, text }) => [rule, ...heads, rule, "", text, ""].join("\n"))
  return ["smart0dte contains these packages, each under its own licence.", "", ...pages].join("\n")
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
  const lines = texts.join("\n").trim().split(/\r?\n/)
  const owners = lines.filter(isOwner).map((line) => `    ${line.trim()}`)
  const text = lines.filter((line) => !isOwner(line)).join("\n") || withoutText
  return {
    head: [`${name} ${version} (${license})`, ...owners].join("\n"),
    text,
    // The same licence is laid out differently here and there.
    key: text.replace(/\W+/g, " ").toLowerCase(),
  }
}

/** @param {string} line */
const isOwner = (line) => /^\s*Copyright \W*(\(c\)|©|\d{4})/i.test(line)

const withoutText = "These bring no text of their own. That of the licence named with them is in this file."
