import { inBody, placeOf } from "./bindings.ts"
import type { Arrived } from "./http.ts"
import { fromJson } from "./json.ts"
import { fromText } from "./scalar.ts"
import type { View } from "./schema.ts"
import { parseXml } from "./xml-parse.ts"
import { readXml } from "./xml-read.ts"

export type Document = "xml" | "json"

/** Gathers an operation's input from the path, the query, the headers and the body. */
export function readRest(
  input: View,
  request: Arrived,
  labels: Readonly<Record<string, string>>,
  document: Document,
): object {
  if (!input.isStructSchema()) return {}
  const members = [...input.structIterator()]
  const outside = members.flatMap(([name, member]) => {
    const found = readMember(name, member, request, labels, document)
    return found === undefined ? [] : [[name, found] as const]
  })
  const hasBody = request.body.length > 0 && members.some(([, member]) => inBody(member))
  return { ...(hasBody ? readDocument(input, request.body, document) : {}), ...Object.fromEntries(outside) }
}

function readMember(
  name: string,
  member: View,
  request: Arrived,
  labels: Readonly<Record<string, string>>,
  document: Document,
): unknown {
  const place = placeOf(member)
  switch (place.in) {
    case "label":
      return labels[name] === undefined ? undefined : fromText(member, labels[name])
    case "header":
      return request.headers[place.name] === undefined
        ? undefined
        : fromHeader(member, request.headers[place.name] ?? "")
    case "header-prefix":
      return prefixed(request.headers, place.name)
    case "query":
      return request.query.has(place.name) ? fromQuery(member, request.query.getAll(place.name)) : undefined
    case "query-rest":
      return Object.fromEntries(request.query)
    case "payload":
      return readPayload(member, request.body, document)
    default:
      return undefined
  }
}

function fromHeader(member: View, text: string): unknown {
  if (member.isListSchema()) return splitHeader(text).map((item) => fromText(member.getValueSchema(), item))
  if (member.getMergedTraits().mediaType === "application/json") return Buffer.from(text, "base64").toString()
  return fromText(member, text)
}

/** Items stand between commas; one that has a comma or a quotation mark in it stands in quotation marks. */
const splitHeader = (text: string): readonly string[] =>
  [...text.matchAll(/\s*(?:"((?:[^"\\]|\\.)*)"|([^,]*))\s*(?:,|$)/g)]
    .slice(0, -1)
    .map(([, quoted, bare]) => quoted?.replace(/\\(.)/g, "$1") ?? bare?.trim() ?? "")

function prefixed(headers: Readonly<Record<string, string>>, prefix: string): object | undefined {
  const own = Object.entries(headers).filter(([name]) => name.startsWith(prefix))
  return own.length === 0
    ? undefined
    : Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]))
}

const fromQuery = (member: View, texts: readonly string[]): unknown =>
  member.isListSchema()
    ? texts.map((text) => fromText(member.getValueSchema(), text))
    : fromText(member, texts[0] ?? "")

function readPayload(member: View, body: Uint8Array, document: Document): unknown {
  if (member.isBlobSchema()) return body
  if (member.isStringSchema()) return Buffer.from(body).toString()
  return body.length > 0 ? readDocument(member, body, document) : undefined
}

function readDocument(view: View, body: Uint8Array, document: Document): object {
  const text = Buffer.from(body).toString()
  // Both readers answer an object, for the view is a structure's.
  return (
    document === "json" ? fromJson(view, JSON.parse(text), { renamed: true }) : readXml(view, parseXml(text))
  ) as object
}
