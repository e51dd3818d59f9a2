import { inBody, placeOf } from "./bindings.ts"
import type { Answer } from "./http.ts"
import { toJson } from "./json.ts"
import type { Document } from "./rest-read.ts"
import { toText } from "./scalar.ts"
import type { View } from "./schema.ts"
import { element, membersXml, tag } from "./xml.ts"

/** Spreads an output over status, headers and body. */
export function writeRest(
  output: View,
  value: Readonly<Record<string, unknown>>,
  status: number,
  document: Document,
  xmlns: string,
): Answer {
  if (!output.isStructSchema()) return { status, headers: {}, body: "" }
  const present = [...output.structIterator()].flatMap(([name, member]) => {
    const item = value[name]
    return item === undefined || item === null ? [] : [{ member, item }]
  })
  const said = present.find(({ member }) => placeOf(member).in === "status")
  const body = bodyOf(output, value, document, xmlns)
  return {
    status: said ? Number(said.item) : status,
    headers: {
      ...(body.type === undefined ? {} : { "content-type": body.type }),
      ...Object.fromEntries(present.flatMap(({ member, item }) => headersOf(member, item))),
    },
    body: body.content,
  }
}

interface Body {
  readonly content: string | Uint8Array
  readonly type: string | undefined
}

function bodyOf(output: View, value: Readonly<Record<string, unknown>>, document: Document, xmlns: string): Body {
  const members = [...output.structIterator()]
  const payload = members.find(([, member]) => placeOf(member).in === "payload")
  if (payload) return payloadOf(payload[1], value[payload[0]], document)
  if (!members.some(([, member]) => inBody(member))) return { content: "", type: undefined }
  if (document === "json") return json(toJson(output, value, { renamed: true }, inBody))
  const { attributes, body } = membersXml(output, value, inBody)
  const name = output.getOwnTraits().xmlName ?? output.getName() ?? ""
  return xml(tag(name, body, `${xmlns}${attributes}`))
}

function payloadOf(member: View, value: unknown, document: Document): Body {
  if (value === undefined || value === null) return { content: "", type: undefined }
  if (value instanceof Uint8Array) return { content: value, type: undefined }
  if (member.isBlobSchema() || member.isStringSchema()) return { content: String(value), type: undefined }
  if (document === "json") return json(toJson(member, value, { renamed: true }))
  return xml(element(member, value, member.getMergedTraits().xmlName ?? member.getName() ?? ""))
}

const json = (content: unknown): Body => ({ content: JSON.stringify(content), type: "application/json" })

const xml = (content: string): Body => ({
  content: `<?xml version="1.0" encoding="UTF-8"?>\n${content}`,
  type: "application/xml",
})

function headersOf(member: View, item: unknown): readonly (readonly [string, string])[] {
  const place = placeOf(member)
  if (place.in === "header") return [[place.name, headerText(member, item)]]
  if (place.in !== "header-prefix") return []
  return Object.entries(item as object).map(([name, text]) => [place.name + name, String(text)])
}

function headerText(member: View, item: unknown): string {
  if (Array.isArray(item)) return item.map((each) => quoted(toText(member.getValueSchema(), each, 6))).join(", ")
  if (member.getMergedTraits().mediaType === "application/json") return Buffer.from(String(item)).toString("base64")
  return toText(member, item, 6)
}

const quoted = (text: string): string => (/[",]/.test(text) ? `"${text.replace(/["\\]/g, "\\$&")}"` : text)
