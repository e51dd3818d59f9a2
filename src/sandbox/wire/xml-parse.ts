export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly text: string
}

/** Reads the small XML documents that S3 clients send: elements, attributes, text, CDATA, comments; no DTD. */
export function parseXml(source: string): Element {
  const root = open("", {})
  const stack = [root]
  const token = new RegExp(TOKEN, "y")
  while (token.lastIndex < source.length) {
    const at = token.lastIndex
    const found = token.exec(source)?.groups
    const top = stack.at(-1)
    if (!found || !top) throw new SyntaxError(`malformed XML at character ${at}`)
    if (found.cdata !== undefined) top.text += found.cdata
    else if (found.text !== undefined) top.text += unescapeXml(found.text)
    else if (found.close !== undefined) close(stack, found.close)
    else if (found.open !== undefined) {
      const child = open(found.open, attributesOf(found.attributes ?? ""))
      top.children.push(child)
      if (!found.empty) stack.push(child)
    }
  }
  const [only, ...others] = root.children
  if (!only || others.length > 0 || stack.length !== 1) throw new SyntaxError("malformed XML: not one whole element")
  return only
}

interface Growing {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Growing[]
  text: string
}

const NAME = "[\\w:.-]+"
const TOKEN = [
  "<!\\[CDATA\\[(?<cdata>[\\s\\S]*?)\\]\\]>",
  "<!--[\\s\\S]*?-->",
  "<\\?[\\s\\S]*?\\?>",
  `</(?<close>${NAME})\\s*>`,
  `<(?<open>${NAME})(?<attributes>(?:\\s+${NAME}\\s*=\\s*(?:"[^"]*"|'[^']*'))*)\\s*(?<empty>/?)>`,
  "(?<text>[^<]+)",
].join("|")

const open = (name: string, attributes: Readonly<Record<string, string>>): Growing => ({
  name,
  attributes,
  children: [],
  text: "",
})

function close(stack: Growing[], name: string): void {
  const closed = stack.pop()
  if (closed?.name !== name) throw new SyntaxError(`malformed XML: </${name}> closes <${closed?.name ?? ""}>`)
}

const attributesOf = (source: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...source.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name, double, single]) => [
      name,
      unescapeXml(double ?? single ?? ""),
    ]),
  )

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" }

const unescapeXml = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, named) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    return decimal ? String.fromCodePoint(Number(decimal)) : (ENTITIES[named] ?? whole)
  })
