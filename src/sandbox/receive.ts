import type { IncomingMessage } from "node:http"
import { gunzipSync } from "node:zlib"
import type { Arrived } from "./wire/http.ts"

/** Reads a request to its end. */
export async function receive(request: IncomingMessage): Promise<Arrived> {
  const parts: Uint8Array[] = []
  for await (const part of request) parts.push(part)
  const raw = Buffer.concat(parts)
  const [path = "/", ...query] = (request.url ?? "/").split("?")
  const search = query.length === 0 ? "" : `?${query.join("?")}`
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  )
  return {
    method: request.method ?? "GET",
    path,
    search,
    query: new URLSearchParams(search),
    headers,
    lines: pairs(request.rawHeaders),
    body: plain(raw, headers),
    raw,
  }
}

function pairs(raw: readonly string[]): readonly (readonly [string, string])[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1] ?? ""] as const] : []))
}

function plain(raw: Buffer, headers: Readonly<Record<string, string>>): Uint8Array {
  const encoding = headers["content-encoding"] ?? ""
  const chunked = encoding.includes("aws-chunked") || (headers["x-amz-content-sha256"] ?? "").startsWith("STREAMING-")
  const whole = chunked ? unchunked(raw) : raw
  return encoding.includes("gzip") ? gunzipSync(whole) : whole
}

/** S3's own chunks: `<length in hex>[;extension]\r\n<bytes>\r\n`, ended by one of length 0 and trailers. */
function unchunked(raw: Buffer): Buffer {
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const end = raw.indexOf("\r\n", at)
    const length = end < 0 ? 0 : Number.parseInt(raw.toString("latin1", at, end), 16)
    if (!(length > 0)) return Buffer.concat(chunks)
    chunks.push(raw.subarray(end + 2, end + 2 + length))
    at = end + 2 + length + 2
  }
}
