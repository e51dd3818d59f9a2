import type { Dialect } from "./dialect.ts"
import type { Arrived } from "./http.ts"
import { fromJson } from "./json.ts"
import { readQuery } from "./query.ts"
import { readRest } from "./rest-read.ts"
import { findRoute, type Routed } from "./route.ts"
import type { Operation } from "./schema.ts"

/** What a request asks for. Without an operation it is one that the sandbox has no schema of. */
export interface Asked {
  readonly name: string
  readonly operation: Operation | undefined
  /** Decodes the input: throws a SyntaxError when the document is none. */
  input(): object
}

export function readRequest(dialect: Dialect, request: Arrived): Asked {
  switch (dialect.protocol) {
    case "awsJson":
      return fromTarget(dialect, request)
    case "ec2Query":
    case "awsQuery":
      return fromForm(dialect, request)
    default:
      return fromRoute(dialect, request)
  }
}

function fromTarget(dialect: Dialect, request: Arrived): Asked {
  const name = request.headers["x-amz-target"]?.split(".").at(-1) ?? ""
  const operation = dialect.operations.get(name)
  const input = () => {
    const text = Buffer.from(request.body).toString() || "{}"
    return (operation ? fromJson(operation.input, JSON.parse(text), { renamed: false }) : undefined) ?? {}
  }
  return { name, operation, input }
}

function fromForm(dialect: Dialect, request: Arrived): Asked {
  const form = request.body.length > 0 ? new URLSearchParams(Buffer.from(request.body).toString()) : request.query
  const name = form.get("Action") ?? ""
  const operation = dialect.operations.get(name)
  const input = () => (operation ? readQuery(operation.input, form, dialect.protocol === "ec2Query") : {})
  return { name, operation, input }
}

function fromRoute(dialect: Dialect, request: Arrived): Asked {
  const routed = findRoute(dialect.routes, request, dialect.service === "s3")
  if (!routed) {
    const name = request.query.get("x-id") ?? `${request.method} ${request.path}${request.search}`
    return { name, operation: undefined, input: () => ({}) }
  }
  return { name: routed.operation.name, operation: routed.operation, input: () => inputOf(dialect, request, routed) }
}

const inputOf = (dialect: Dialect, request: Arrived, routed: Routed): object =>
  readRest(routed.operation.input, request, routed.labels, dialect.protocol === "restJson" ? "json" : "xml")
