import { dirname } from "node:path"
import { type Document, isMap, isNode, isScalar, LineCounter, type Node, type Pair, parseDocument } from "yaml"
import { Usage } from "../errors.ts"
import type { Given } from "./given.ts"

export interface ConfigFile {
  /** As the user knows it: it stands in front of every complaint, and relative paths in the file start from its folder. */
  readonly path: string
  readonly text: string
}

/** The file's keys and values, each knowing its line and column. */
export const fromFile = (file: ConfigFile): readonly Given[] => {
  const lines = new LineCounter()
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${file.path}:${line}:${col}`
  }
  const document = parseDocument(file.text, { lineCounter: lines, stringKeys: true, prettyErrors: false })
  const broken = document.errors[0] ?? document.warnings[0]
  if (broken !== undefined) throw notYaml(at(broken.pos[0]), broken.message)
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) return []
  if (!isMap<Node, Node | null>(document.contents)) {
    throw notYaml(at(offsetOf(document.contents)), "expected keys with values, such as region: us-east-1")
  }
  return document.contents.items.map((pair) => givenBy(pair, { file, document, at }))
}

const notYaml = (place: string, reason: string): Usage =>
  new Usage(`${place}: ${reason.slice(0, 1).toLowerCase()}${reason.slice(1)}`, {
    hint: "correct the YAML and run again",
  })

interface Reading {
  readonly file: ConfigFile
  readonly document: Document
  at(offset: number): string
}

const givenBy = ({ key, value }: Pair<Node, Node | null>, { file, document, at }: Reading): Given => {
  const source = (node: Node | null): string => {
    const text = node?.range ? file.text.slice(node.range[0], node.range[1]) : ""
    return text.trim().replace(/\s+/g, " ").slice(0, 80) || "empty"
  }
  return {
    key: isScalar(key) ? String(key.value) : source(key),
    value: plain(value, document, at),
    name: at(offsetOf(key)),
    folder: dirname(file.path),
    ...(isScalar(value) && typeof value.value === "number" && { written: source(value) }),
    locate: (path) => {
      const inner = path.length > 0 && value !== null && "getIn" in value ? value.getIn(path, true) : undefined
      const node = isNode(inner) ? inner : value
      return { name: at(offsetOf(node ?? key)), shown: source(node) }
    },
  }
}

/** An alias is followed only here, so that one without its anchor is found late. */
function plain(node: Node | null, document: Document, at: Reading["at"]): unknown {
  try {
    return node?.toJS(document) ?? null
  } catch (error) {
    throw notYaml(at(node ? offsetOf(node) : 0), error instanceof Error ? error.message : String(error))
  }
}

const offsetOf = (node: Node): number => node.range?.[0] ?? 0
