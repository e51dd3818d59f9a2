import { createHash } from "node:crypto"
import { nodeFiles } from "../templates/node/index.ts"

/** The node's own files, by name, under a hash that stands for all of them. */
export interface NodeFiles {
  readonly sha: string
  readonly texts: Readonly<Record<string, string>>
}

/** With the manifest that a node checks them by before it runs anything. */
export function filesOfNodes(texts: Readonly<Record<string, string>> = nodeFiles): NodeFiles {
  const manifest = Object.keys(texts)
    .toSorted()
    .map((name) => `${sha256(texts[name] ?? "")}  ${name}\n`)
    .join("")
  return { sha: sha256(manifest), texts: { ...texts, manifest } }
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex")
