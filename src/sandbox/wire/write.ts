import type { Dialect } from "./dialect.ts"
import type { Answer } from "./http.ts"
import { toJson } from "./json.ts"
import { writeRest } from "./rest-write.ts"
import type { Operation } from "./schema.ts"
import { escapeXml, membersXml, tag } from "./xml.ts"

/** Puts a handler's output on the wire as the service's own protocol has it. */
export function writeAnswer(
  dialect: Dialect,
  operation: Operation,
  value: Readonly<Record<string, unknown>>,
  requestId: string,
  jsonType: string,
): Answer {
  switch (dialect.protocol) {
    case "ec2Query":
      return ec2(dialect, operation, value, requestId)
    case "awsQuery":
      return query(dialect, operation, value, requestId)
    case "awsJson": {
      const body = operation.output.isUnitSchema() ? {} : toJson(operation.output, value, { renamed: false })
      return { status: 200, headers: { "content-type": jsonType }, body: JSON.stringify(body) }
    }
    default:
      return rest(dialect, operation, value)
  }
}

function ec2(dialect: Dialect, operation: Operation, value: object, requestId: string): Answer {
  const members = operation.output.isUnitSchema() ? tag("return", "true") : membersXml(operation.output, value).body
  const body = tag(`${operation.name}Response`, tag("requestId", requestId) + members, dialect.xmlns)
  return { status: 200, headers: XML, body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}` }
}

function query(dialect: Dialect, operation: Operation, value: object, requestId: string): Answer {
  const members = operation.output.isUnitSchema()
    ? ""
    : tag(`${operation.name}Result`, membersXml(operation.output, value).body)
  const metadata = tag("ResponseMetadata", tag("RequestId", requestId))
  return { status: 200, headers: XML, body: tag(`${operation.name}Response`, members + metadata, dialect.xmlns) }
}

function rest(dialect: Dialect, operation: Operation, value: Readonly<Record<string, unknown>>): Answer {
  const status = operation.http?.status ?? 200
  // The one S3 answer whose value is the root element itself.
  if (dialect.service === "s3" && operation.name === "GetBucketLocation") {
    const body = tag("LocationConstraint", escapeXml(String(value.LocationConstraint ?? "")), dialect.xmlns)
    return { status, headers: { "content-type": "application/xml" }, body }
  }
  return writeRest(operation.output, value, status, dialect.protocol === "restJson" ? "json" : "xml", dialect.xmlns)
}

const XML = { "content-type": "text/xml;charset=UTF-8" }
