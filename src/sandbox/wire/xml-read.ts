import { fromText } from "./scalar.ts"
import { type View, wireName } from "./schema.ts"
import type { Element } from "./xml-parse.ts"

/** The value that an XML element stands for. */
export function readXml(view: View, element: Element): unknown {
  if (view.isStructSchema()) return readStructure(view, element)
  if (view.isListSchema()) return element.children.map((child) => readXml(view.getValueSchema(), child))
  if (view.isMapSchema()) return readMap(view, element.children)
  return fromText(view, element.text)
}

function readStructure(view: View, element: Element): object {
  return Object.fromEntries(
    [...view.structIterator()].flatMap(([name, member]) => {
      const found = readMember(member, wireName(member, name), element)
      return found === undefined ? [] : [[name, found]]
    }),
  )
}

function readMember(member: View, name: string, element: Element): unknown {
  const traits = member.getMergedTraits()
  if (traits.xmlAttribute) return element.attributes[name]
  const children = element.children.filter((child) => child.name === name || child.name.split(":").at(-1) === name)
  const [first] = children
  if (!first) return undefined
  if (!traits.xmlFlattened) return readXml(member, first)
  if (member.isListSchema()) return children.map((child) => readXml(member.getValueSchema(), child))
  return member.isMapSchema() ? readMap(member, children) : readXml(member, first)
}

function readMap(view: View, entries: readonly Element[]): object {
  const keyName = view.getKeySchema().getMergedTraits().xmlName ?? "key"
  const value = view.getValueSchema()
  const valueName = value.getMergedTraits().xmlName ?? "value"
  return Object.fromEntries(
    entries.flatMap((entry) => {
      const key = entry.children.find((child) => child.name === keyName)
      const found = entry.children.find((child) => child.name === valueName)
      return key && found ? [[key.text, readXml(value, found)]] : []
    }),
  )
}
