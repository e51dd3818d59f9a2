import { createHash, createHmac, timingSafeEqual } from "node:crypto"
import type { Arrived } from "./wire/http.ts"

export interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** What the signature says a request is for. */
export interface Scope {
  readonly accessKeyId: string
  readonly day: string
  readonly region: string
  readonly service: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

export type Verdict = "good" | "unknown-key" | "bad-signature" | "bad-body" | "skewed" | "unsupported-body"

/** The scope that a request names, not yet believed. */
export function scopeOf(request: Arrived): Scope | undefined {
  const found = AUTHORIZATION.exec(request.headers.authorization ?? "")?.groups
  if (!found) return undefined
  return {
    accessKeyId: found.key ?? "",
    day: found.day ?? "",
    region: found.region ?? "",
    service: found.service ?? "",
    signedHeaders: (found.headers ?? "").split(";"),
    signature: found.signature ?? "",
  }
}

/** Signs the request again with our own copy of the secret, and compares. */
export function verify(request: Arrived, scope: Scope, keys: Keys, wallNow: number): Verdict {
  if (scope.accessKeyId !== keys.accessKeyId) return "unknown-key"
  const stamp = request.headers["x-amz-date"] ?? ""
  if (!scope.signedHeaders.includes("host") || !stamp.startsWith(scope.day)) return "bad-signature"
  const payload = payloadHash(request)
  if (payload === undefined) return "unsupported-body"
  const expected = signatureOf(request, scope, payload, keys.secretAccessKey)
  if (!sameText(expected, scope.signature)) return "bad-signature"
  if (!(Math.abs(stampTime(stamp) - wallNow) <= MAXIMUM_SKEW)) return "skewed"
  return isHash(payload) && payload !== sha256(request.raw) ? "bad-body" : "good"
}

/** What is signed of a request, and how. */
type Signing = Pick<Scope, "day" | "region" | "service" | "signedHeaders">
type Signed = Pick<Arrived, "method" | "path" | "search" | "lines" | "headers">

/** The signature of a request whose body has this hash. */
export function signatureOf(request: Signed, scope: Signing, payload: string, secret: string): string {
  const canonical = canonicalRequest(request, scope, payload)
  const credential = `${scope.day}/${scope.region}/${scope.service}/aws4_request`
  const toSign = ["AWS4-HMAC-SHA256", request.headers["x-amz-date"] ?? "", credential, sha256(canonical)].join("\n")
  return hmac(signingKey(scope, secret), toSign).toString("hex")
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 +Credential=(?<key>[^/]+)\/(?<day>\d{8})\/(?<region>[^/]+)\/(?<service>[^/]+)\/aws4_request, *SignedHeaders=(?<headers>[^,]+), *Signature=(?<signature>[0-9a-f]+)$/

const MAXIMUM_SKEW = 15 * 60_000

/** What the client says the body's hash is; bodies signed chunk by chunk are not read here. */
function payloadHash(request: Arrived): string | undefined {
  const said = request.headers["x-amz-content-sha256"]
  if (said === undefined) return sha256(request.raw)
  return isHash(said) || UNSIGNED.includes(said) ? said : undefined
}

const UNSIGNED = ["UNSIGNED-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"]

const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)

function canonicalRequest(request: Signed, scope: Signing, payload: string): string {
  // Every service but S3 signs the path percent-encoded once more than it sends it.
  const path = scope.service === "s3" ? request.path : request.path.split("/").map(encode).join("/")
  const headers = scope.signedHeaders.map((name) => `${name}:${headerValue(request, name)}\n`).join("")
  return [request.method, path, canonicalQuery(request.search), headers, scope.signedHeaders.join(";"), payload].join(
    "\n",
  )
}

function headerValue(request: Signed, name: string): string {
  const values = request.lines.filter(([each]) => each === name).map(([, value]) => value.trim().replace(/ +/g, " "))
  return values.join(",")
}

function canonicalQuery(search: string): string {
  const pairs = search.replace(/^\?/, "").split("&").filter(Boolean)
  const encoded = pairs.map((pair) => {
    const [name = "", ...value] = pair.split("=")
    return [encode(decode(name)), encode(decode(value.join("=")))] as const
  })
  const order = ([a, x]: readonly [string, string], [b, y]: readonly [string, string]) =>
    a < b ? -1 : a > b ? 1 : x < y ? -1 : 1
  return encoded
    .sort(order)
    .map(([name, value]) => `${name}=${value}`)
    .join("&")
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const signingKey = (scope: Signing, secret: string): Uint8Array =>
  [scope.day, scope.region, scope.service, "aws4_request"].reduce<Uint8Array>(
    (key, part) => hmac(key, part),
    Buffer.from(`AWS4${secret}`),
  )

const hmac = (key: Uint8Array, text: string): Buffer => createHmac("sha256", key).update(text).digest()

const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex")

const sameText = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

const stampTime = (stamp: string): number =>
  Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"))
