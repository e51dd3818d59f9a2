import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"

/**
 * The systems that the sandbox brings, as one file: paths such as `smart-0dte/main/docker-compose.yml` with their texts.
 * A branch's folder holds what is different there; in the file every branch is whole.
 * @param {string} root
 */
export async function samplesText(root) {
  const folder = join(root, "src/sandbox/samples")
  const systems = (await readdir(folder)).sort()
  const trees = await Promise.all(systems.map((system) => branchesOf(folder, system)))
  return `${JSON.stringify(Object.fromEntries(trees.flat()))}\n`
}

/**
 * @param {string} folder
 * @param {string} system
 */
async function branchesOf(folder, system) {
  const branches = (await readdir(join(folder, system))).sort()
  const main = await treeOf(join(folder, system, "main"))
  const trees = await Promise.all(
    branches.map(async (branch) => {
      const whole = new Map([...main, ...(await treeOf(join(folder, system, branch)))])
      return [...whole].map(([path, text]) => /** @type {const} */ ([`${system}/${branch}/${path}`, text]))
    }),
  )
  return trees.flat()
}

/**
 * @param {string} folder
 * @returns {Promise<[path: string, text: string][]>}
 */
async function treeOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return Promise.all(
    files
      .sort()
      .map(
        async (file) => /** @type {[string, string]} */ ([file.slice(folder.length + 1), await readFile(file, "utf8")]),
      ),
  )
}
