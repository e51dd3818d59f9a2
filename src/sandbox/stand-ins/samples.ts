import { createHash } from "node:crypto"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join, relative } from "node:path"

/** Files of a tree, by their path. */
export type Tree = Readonly<Record<string, string>>

/** The trees of a sample system, by branch. */
export type Branches = ReadonlyMap<string, Tree>

/**
 * What the sandbox has in place of a system's repository. The samples are a folder `SYSTEM/BRANCH/...`, or, where the
 * package has been built, one file that holds them. Beside `main` a branch has only the files in which it differs.
 */
export function branchesOf(samples: string, system: string): Branches {
  const files = samples.endsWith(".json") ? JSON.parse(readFileSync(samples, "utf8")) : readTree(samples)
  const trees = new Map<string, Record<string, string>>()
  for (const [path, text] of Object.entries<string>(files)) {
    const [owner, branch = "", ...rest] = path.split("/")
    if (owner !== system || rest.length === 0) continue
    const tree = trees.get(branch) ?? {}
    tree[rest.join("/")] = text
    trees.set(branch, tree)
  }
  const main = trees.get("main") ?? {}
  return new Map([...trees].map(([branch, tree]) => [branch, { ...main, ...tree }]))
}

/** Forty digits that follow from the content alone. */
export function commitOf(tree: Tree): string {
  const hash = createHash("sha1")
  for (const path of Object.keys(tree).sort()) hash.update(`${path}\0${tree[path]}\0`)
  return hash.digest("hex")
}

function readTree(folder: string): Tree {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name))
  const files = names.filter((name) => statSync(name).isFile())
  return Object.fromEntries(files.map((name) => [relative(folder, name), readFileSync(name, "utf8")]))
}
