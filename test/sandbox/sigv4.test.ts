import { createHash, createHmac } from "node:crypto"
import { describe, expect, it } from "vitest"
import { scopeOf, verify } from "../../src/sandbox/sigv4.ts"
import type { Arrived } from "../../src/sandbox/wire/http.ts"

const KEYS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" }
const AT = Date.parse("2015-08-30T12:36:00Z")
const HEADERS = { host: "example.amazonaws.com", "x-amz-date": "20150830T123600Z" }

const arrived = (url: string, headers: Readonly<Record<string, string>>): Arrived => {
  const [path = "", query] = url.split("?")
  const search = query === undefined ? "" : `?${query}`
  const empty = new Uint8Array()
  const lines = Object.entries(headers)
  return { method: "GET", path, search, query: new URLSearchParams(search), headers, lines, body: empty, raw: empty }
}

const judge = (url: string, signedHeaders: string, signature: string, headers = HEADERS, now = AT) => {
  const credential = `Credential=${KEYS.accessKeyId}/20150830/us-east-1/service/aws4_request`
  const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`
  const request = arrived(url, { ...headers, authorization })
  const scope = scopeOf(request)
  return scope && verify(request, scope, KEYS, now)
}

/** Signs from a canonical request that is written out by hand. */
const signed = (canonical: string, stamp = HEADERS["x-amz-date"]): string => {
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest()
  const scope = "20150830/us-east-1/service/aws4_request"
  const hash = createHash("sha256").update(canonical).digest("hex")
  const key = scope.split("/").reduce<string | Buffer>(hmac, `AWS4${KEYS.secretAccessKey}`)
  return hmac(key, `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${hash}`).toString("hex")
}

const EMPTY = createHash("sha256").digest("hex")
const BOTH = "host:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date"

describe("a signature", () => {
  it("is the one of AWS's own example", () => {
    // `get-vanilla` of the test suite that AWS publishes for version 4.
    const signature = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
    expect(judge("/", "host;x-amz-date", signature)).toBe("good")
    expect(judge("/", "host;x-amz-date", signature.replace("5", "6"))).toBe("bad-signature")
    expect(judge("/x", "host;x-amz-date", signature)).toBe("bad-signature")
    expect(signed(`GET\n/\n\n${BOTH}\n${EMPTY}`)).toBe(signature)
  })

  it("covers the query in its order, and the path as it is sent once more encoded", () => {
    const query = signed(`GET\n/\na=1&a=2&b=%C3%A9%20%2F\n${BOTH}\n${EMPTY}`)
    expect(judge("/?b=%c3%a9%20/&a=2&a=1", "host;x-amz-date", query)).toBe("good")
    const path = signed(`GET\n/a%2520b\n\n${BOTH}\n${EMPTY}`)
    expect(judge("/a%20b", "host;x-amz-date", path)).toBe("good")
  })

  it("must cover the host, and be of a time that can be read", () => {
    const withoutHost = signed(`GET\n/\n\nx-amz-date:20150830T123600Z\n\nx-amz-date\n${EMPTY}`)
    expect(judge("/", "x-amz-date", withoutHost)).toBe("bad-signature")
    const vague = { ...HEADERS, "x-amz-date": "20150830" }
    const canonical = `GET\n/\n\nhost:example.amazonaws.com\nx-amz-date:20150830\n\nhost;x-amz-date\n${EMPTY}`
    expect(judge("/", "host;x-amz-date", signed(canonical, "20150830"), vague)).toBe("skewed")
  })

  it.each([
    [-15 * 60_000, "good"],
    [15 * 60_000, "good"],
    [-15 * 60_000 - 1, "skewed"],
    [15 * 60_000 + 1, "skewed"],
  ])("made %d ms from now is %s", (offset, verdict) => {
    const signature = signed(`GET\n/\n\n${BOTH}\n${EMPTY}`)
    expect(judge("/", "host;x-amz-date", signature, HEADERS, AT + offset)).toBe(verdict)
  })

  it("is no signature without a whole Authorization", () => {
    for (const authorization of ["", "Bearer x", "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0"]) {
      expect(scopeOf(arrived("/", { authorization }))).toBeUndefined()
    }
  })
})
