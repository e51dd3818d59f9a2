import { toText } from "./scalar.ts"
import { type View, wireName } from "./schema.ts"

/** An XML element with the value in it, or nothing for a value that is not there. */
export function element(view: View, value: unknown, name: string): string {
  if (value === undefined || value === null) return ""
  if (view.isStructSchema()) {
    const { attributes, body } = membersXml(view, value)
    return tag(name, body, namespaceOf(view) + attributes)
  }
  if (view.isListSchema()) return list(view, value, name)
  if (view.isMapSchema()) return map(view, value, name)
  return tag(name, escapeXml(toText(view, value, 5)), namespaceOf(view))
}

/** A structure's members: the attributes of its element, and what stands in it. */
export function membersXml(
  view: View,
  value: unknown,
  inBody: (member: View) => boolean = () => true,
): { readonly attributes: string; readonly body: string } {
  const members = [...view.structIterator()].filter(([, member]) => inBody(member))
  const found = members.flatMap(([name, member]) => {
    const item = (value as Readonly<Record<string, unknown>>)[name]
    return item === undefined || item === null ? [] : [{ name: wireName(member, name), member, item }]
  })
  const isAttribute = (member: View) => member.getMergedTraits().xmlAttribute === 1
  return {
    attributes: found
      .filter(({ member }) => isAttribute(member))
      .map(({ name, item }) => ` ${name}="${escapeXml(String(item))}"`)
      .join(""),
    body: found
      .filter(({ member }) => !isAttribute(member))
      .map(({ name, member, item }) => element(member, item, name))
      .join(""),
  }
}

export const tag = (name: string, body: string, attributes = ""): string => `<${name}${attributes}>${body}</${name}>`

// A carriage return would be read back as a line feed, and control characters are not XML at all.
export const escapeXml = (text: string): string =>
  text
    .replace(/[&<>"'\r]/g, (character) => `&#${character.charCodeAt(0)};`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")

function list(view: View, value: unknown, name: string): string {
  const item = view.getValueSchema()
  const items = value as readonly unknown[]
  if (view.getMergedTraits().xmlFlattened) return items.map((each) => element(item, each, name)).join("")
  const itemName = item.getMergedTraits().xmlName ?? "member"
  return tag(name, items.map((each) => element(item, each, itemName)).join(""), namespaceOf(view))
}

function map(view: View, value: unknown, name: string): string {
  const item = view.getValueSchema()
  const keyName = view.getKeySchema().getMergedTraits().xmlName ?? "key"
  const valueName = item.getMergedTraits().xmlName ?? "value"
  const flattened = view.getMergedTraits().xmlFlattened === 1
  const entries = Object.entries(value as object)
    .filter(([, each]) => each !== undefined && each !== null)
    .map(([key, each]) =>
      tag(flattened ? name : "entry", tag(keyName, escapeXml(key)) + element(item, each, valueName)),
    )
    .join("")
  return flattened ? entries : tag(name, entries, namespaceOf(view))
}

function namespaceOf(view: View): string {
  const declared: unknown = view.getMergedTraits().xmlNamespace
  if (!Array.isArray(declared)) return ""
  const [prefix, uri] = declared
  return ` xmlns${prefix ? `:${prefix}` : ""}="${escapeXml(String(uri))}"`
}
