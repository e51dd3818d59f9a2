import { DeleteObject$, GetObject$, ListBuckets$, ListObjectsV2$, PutObject$ } from "@aws-sdk/client-s3"
import { describe, expect, it } from "vitest"
import { compileRoutes, findRoute } from "../../../src/sandbox/wire/route.ts"
import { operationsOf } from "../../../src/sandbox/wire/schema.ts"

const routes = compileRoutes(
  operationsOf({ DeleteObject$, GetObject$, ListBuckets$, ListObjectsV2$, PutObject$ }).values(),
)

const find = (method: string, url: string, headers: Readonly<Record<string, string>> = {}) => {
  const [path = "", search = ""] = url.split("?")
  const nothing = new Uint8Array()
  const request = { method, path, search, headers, lines: [], body: nothing, raw: nothing }
  return findRoute(routes, { ...request, query: new URLSearchParams(search) }, true)
}

describe("a request to S3 is", () => {
  it.each([
    ["GET", "/", "ListBuckets", {}],
    ["GET", "/b?list-type=2&prefix=x", "ListObjectsV2", { Bucket: "b" }],
    ["GET", "/b/?list-type=2", "ListObjectsV2", { Bucket: "b" }],
    ["GET", "/b/a/b%20c", "GetObject", { Bucket: "b", Key: "a/b c" }],
    ["PUT", "/b/k?x-id=PutObject", "PutObject", { Bucket: "b", Key: "k" }],
    ["DELETE", "/b/k?versionId=1", "DeleteObject", { Bucket: "b", Key: "k" }],
  ])("%s %s: %s", (method, url, name, labels) => {
    const found = find(method, url, { "x-amz-date": "d", "x-amz-checksum-crc32": "c", "if-match": "e" })
    expect(found && { name: found.operation.name, labels: found.labels }).toEqual({ name, labels })
  })

  it.each<[string, string, Readonly<Record<string, string>>, string]>([
    ["GET", "/b", {}, "the first version of the listing"],
    ["GET", "/b/k?acl", {}, "the object's access list"],
    ["GET", "/b/k?tagging", {}, "the object's tags"],
    ["DELETE", "/b/k?uploadId=1", {}, "the end of an upload"],
    ["PUT", "/b/k", { "x-amz-copy-source": "b/other" }, "a copy"],
    ["PUT", "/b/k?x-id=UploadPart", {}, "what it says itself"],
    ["POST", "/b/k", {}, "a method of its own"],
  ])("not taken for another: %s %s %o, %s", (method, url, headers) => {
    expect(find(method, url, headers)?.operation.name).toBeUndefined()
  })
})
