import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { budgetProblems } from "./budgets.mjs"
import { bundle } from "./bundle.mjs"
import { helpText } from "./help.mjs"
import { licenceTexts } from "./licences.mjs"
import { samplesText } from "./samples.mjs"

/** Each is a program of its own, whose files bear its name. */
const entries = {
  main: "src/main.ts",
  sandbox: "src/sandbox/daemon.ts",
  "session-manager-plugin": "src/sandbox/stand-ins/session/start.ts",
}

/**
 * Makes what is distributed. Files are exchanged one by one, so that a command that runs meanwhile finds what it loads.
 * @returns {Promise<ReadonlyMap<string, string>>} the files by name
 */
export async function buildDist() {
  const root = fileURLToPath(new URL("..", import.meta.url))
  const dist = join(root, "dist")
  await mkdir(dist, { recursive: true })
  const bundles = await Promise.all(Object.entries(entries).map(([name, entry]) => bundle(root, entry, name)))
  const code = new Map(bundles.flatMap(({ files }) => [...files]))
  await putAll(dist, code)
  const texts = new Map([
    [
      "LICENSES.txt",
      await licenceTexts(
        root,
        bundles.flatMap(({ inputs }) => inputs),
      ),
    ],
    ["help.txt", await helpText(join(dist, "main.cjs"))],
    ["samples.json", await samplesText(root)],
  ])
  await putAll(dist, texts)
  const files = new Map([...code, ...texts])
  await removeOthers(dist, files)
  const problems = budgetProblems(files)
  if (problems.length > 0) throw new Error(`what was built is too large:\n${problems.join("\n")}`)
  return files
}

/**
 * @param {string} dist
 * @param {ReadonlyMap<string, string>} files
 */
async function putAll(dist, files) {
  const put = async (/** @type {string} */ name, /** @type {string} */ text) => {
    const draft = join(dist, `.${name}.${process.pid}`)
    await writeFile(draft, text)
    await rename(draft, join(dist, name))
  }
  await Promise.all([...files].map(([name, text]) => put(name, text)))
}

/**
 * @param {string} dist
 * @param {ReadonlyMap<string, string>} files
 */
async function removeOthers(dist, files) {
  const others = (await readdir(dist)).filter((name) => !name.startsWith(".") && !files.has(name))
  await Promise.all(others.map((name) => rm(join(dist, name), { recursive: true, force: true })))
}
