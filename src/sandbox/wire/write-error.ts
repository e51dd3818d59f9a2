import type { Dialect } from "./dialect.ts"
import type { Answer } from "./http.ts"
import type { ErrorShape } from "./schema.ts"
import { escapeXml, tag } from "./xml.ts"

/** What goes wrong, in no protocol yet. */
export interface Wrong {
  readonly code: string
  readonly message: string
  readonly status: number | undefined
  /** Further members of the service's error, e.g. the bucket's name. */
  readonly details: Readonly<Record<string, string>>
}

export function writeError(dialect: Dialect, wrong: Wrong, requestId: string, jsonType: string): Answer {
  const shape = dialect.errors.get(wrong.code)
  const status = wrong.status ?? (dialect.protocol === "awsJson" ? undefined : shape?.status) ?? 400
  const code = dialect.protocol.endsWith("Query") ? (shape?.code ?? wrong.code) : wrong.code
  switch (dialect.protocol) {
    case "ec2Query":
      return { status, headers: XML, body: ec2(code, wrong.message, requestId) }
    case "awsQuery":
      return { status, headers: XML, body: query(dialect, code, wrong, status, requestId) }
    case "restXml":
      return { status, headers: XML, body: restXml(code, wrong, requestId) }
    default:
      return {
        status,
        headers: { "content-type": jsonType, "x-amzn-errortype": code, ...formerName(dialect, shape, code) },
        body: json(dialect, code, wrong),
      }
  }
}

/** A service that once spoke the query protocol says what its errors were called then: clients go by that. */
const formerName = (dialect: Dialect, shape: ErrorShape | undefined, code: string): Readonly<Record<string, string>> =>
  dialect.protocol === "awsJson" && dialect.xmlns !== ""
    ? { "x-amzn-query-error": `${shape?.code ?? code};Sender` }
    : {}

const XML = { "content-type": "application/xml" }
const DECLARATION = `<?xml version="1.0" encoding="UTF-8"?>\n`

const ec2 = (code: string, message: string, requestId: string): string => {
  const error = tag("Error", tag("Code", escapeXml(code)) + tag("Message", escapeXml(message)))
  return DECLARATION + tag("Response", tag("Errors", error) + tag("RequestID", requestId))
}

function query(dialect: Dialect, code: string, wrong: Wrong, status: number, requestId: string): string {
  const side = tag("Type", status < 500 ? "Sender" : "Receiver")
  const error = tag("Error", side + codeAndMessage(code, wrong))
  return tag("ErrorResponse", error + tag("RequestId", requestId), dialect.xmlns)
}

const restXml = (code: string, wrong: Wrong, requestId: string): string =>
  DECLARATION + tag("Error", codeAndMessage(code, wrong) + tag("RequestId", requestId))

const codeAndMessage = (code: string, wrong: Wrong): string =>
  tag("Code", escapeXml(code)) +
  tag("Message", escapeXml(wrong.message)) +
  Object.entries(wrong.details)
    .map(([name, value]) => tag(name, escapeXml(value)))
    .join("")

// Error shapes spell the message either way, and a client reads the spelling of its own model.
const json = (dialect: Dialect, code: string, wrong: Wrong): string => {
  const shape = dialect.errors.get(code)
  const type = shape ? `${shape.namespace}#${shape.name}` : code
  return JSON.stringify({ __type: type, message: wrong.message, Message: wrong.message, ...wrong.details })
}
