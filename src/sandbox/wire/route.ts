import { placeOf } from "./bindings.ts"
import type { Arrived } from "./http.ts"
import { type Operation, requiredMembers } from "./schema.ts"

/** A REST operation, ready to be compared with a request. */
export interface Route {
  readonly operation: Operation
  readonly method: string
  readonly path: RegExp
  readonly labels: readonly string[]
  /** How many characters of the path are given: the more, the closer the fit. */
  readonly literal: number
  readonly fixedQuery: readonly (readonly [string, string])[]
  readonly wants: { readonly headers: readonly string[]; readonly query: readonly string[] }
  readonly knows: { readonly header: (name: string) => boolean; readonly query: (name: string) => boolean }
  /** S3 alone: the bucket is no part of the template, for it may stand in the host name. */
  readonly bucket: boolean
}

export interface Routed {
  readonly operation: Operation
  readonly labels: Readonly<Record<string, string>>
}

export function compileRoutes(operations: Iterable<Operation>): readonly Route[] {
  return [...operations].flatMap((operation) => (operation.http ? [compile(operation, operation.http.uri)] : []))
}

/**
 * The operation that a request means. A request with a query or an `x-amz-` header that the operation does not know
 * means another one, which nobody serves: CopyObject must not be taken for PutObject.
 */
export function findRoute(routes: readonly Route[], request: Arrived, inBucket: boolean): Routed | undefined {
  const { bucket, path } = inBucket ? splitBucket(request.path) : { bucket: undefined, path: request.path }
  // A client that says what it means is believed.
  const said = request.query.get("x-id")
  const fitting = routes
    .filter((route) => route.bucket === (bucket !== undefined) && fits(route, request))
    .filter((route) => said === null || said === route.operation.name)
    .flatMap((route) => {
      const found = route.path.exec(path)
      return found ? [{ route, found }] : []
    })
    .sort((a, b) => weight(b.route) - weight(a.route))
  const best = fitting[0]
  if (!best) return undefined
  const labels = best.route.labels.map((label, index) => [label, decodeURIComponent(best.found[index + 1] ?? "")])
  const named = bucket === undefined ? [] : [["Bucket", decodeURIComponent(bucket)]]
  return { operation: best.route.operation, labels: Object.fromEntries([...named, ...labels]) }
}

function compile(operation: Operation, uri: string): Route {
  const [template = "/", query = ""] = uri.split("?")
  const labels = [...template.matchAll(LABEL)].map(([, name = ""]) => name)
  const places = [...operation.input.structIterator()].map(([name, member]) => ({ name, place: placeOf(member) }))
  const required = new Set(requiredMembers(operation.input))
  const named = (where: "header" | "query", only = (_name: string) => true) =>
    places.flatMap(({ name, place }) => (place.in === where && only(name) ? [place.name] : []))
  const isRequired = (name: string) => required.has(name)
  const fixedQuery = [...new URLSearchParams(query)].filter(([name]) => name !== "x-id")
  const knownQuery = new Set([...named("query"), ...fixedQuery.map(([name]) => name), "x-id"])
  const knownHeaders = new Set([...named("header"), ...COMMON_HEADERS])
  // The SDK adds a checksum of the body, whether the operation has a member for it or not.
  const prefixes = [
    "x-amz-checksum-",
    ...places.flatMap(({ place }) => (place.in === "header-prefix" ? [place.name] : [])),
  ]
  const anyQuery = places.some(({ place }) => place.in === "query-rest")
  return {
    operation,
    method: operation.http?.method ?? "",
    path: new RegExp(`^${pattern(template).replace(/\/$/, "")}/?$`),
    labels,
    literal: template.replaceAll(LABEL, "").length,
    fixedQuery,
    wants: { headers: named("header", isRequired), query: named("query", isRequired) },
    knows: {
      header: (name) =>
        !name.startsWith("x-amz-") || knownHeaders.has(name) || prefixes.some((p) => name.startsWith(p)),
      query: (name) => anyQuery || knownQuery.has(name),
    },
    bucket: places.some(({ name, place }) => name === "Bucket" && place.in === "label" && !labels.includes(name)),
  }
}

const LABEL = /\{(\w+)\+?\}/g

const pattern = (template: string): string =>
  template
    .split(/(\{\w+\+?\})/)
    .map((part) => {
      if (!part.startsWith("{")) return part.replace(/[.*+?^$()|[\]\\]/g, "\\$&")
      return part.endsWith("+}") ? "(.+)" : "([^/]+)"
    })
    .join("")

// What every signed request may carry, whatever it asks for.
const COMMON_HEADERS = [
  "x-amz-date",
  "x-amz-content-sha256",
  "x-amz-security-token",
  "x-amz-user-agent",
  "x-amz-decoded-content-length",
  "x-amz-trailer",
  "x-amz-sdk-checksum-algorithm",
]

function splitBucket(path: string): { readonly bucket: string | undefined; readonly path: string } {
  const [, bucket = "", rest = "/"] = /^\/([^/]*)(\/.*)?$/.exec(path) ?? []
  return bucket === "" ? { bucket: undefined, path } : { bucket, path: rest }
}

const fits = (route: Route, request: Arrived): boolean =>
  route.method === request.method &&
  route.fixedQuery.every(
    ([name, value]) => request.query.has(name) && (value === "" || request.query.get(name) === value),
  ) &&
  route.wants.headers.every((name) => name in request.headers) &&
  route.wants.query.every((name) => request.query.has(name)) &&
  [...request.query.keys()].every(route.knows.query) &&
  Object.keys(request.headers).every(route.knows.header)

const weight = (route: Route): number =>
  route.literal * 1000 +
  route.fixedQuery.length * 100 +
  (route.wants.headers.length + route.wants.query.length) * 10 -
  route.labels.length
