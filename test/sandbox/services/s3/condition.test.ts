import { describe, expect, test } from "vitest"
import { Bucket, ground, put, read, versioned } from "./ground.ts"

describe("a conditional write", () => {
  test("makes what is not there, also where it was deleted", () => {
    const aws = versioned()
    put(aws, "lock", "one", { IfNoneMatch: "*" })
    aws.run("DeleteObject", { Bucket, Key: "lock" })
    put(aws, "lock", "two", { IfNoneMatch: "*" })
    expect(read(aws, "lock")).toBe("two")
  })

  test.each([
    ["as it was given", (tag: string) => tag],
    ["without its quotes", (tag: string) => tag.replaceAll('"', "")],
  ])("changes what is as known, by its ETag %s", (_how, spell) => {
    const aws = ground()
    const { ETag = "" } = put(aws, "lock", "one")
    expect(ETag).toBe('"f97c5d29941bfb1b2fdab0874906ab82"')
    const second = put(aws, "lock", "two", { IfMatch: spell(ETag) })
    expect(read(aws, "lock")).toBe("two")
    expect(aws.refused("PutObject", { Bucket, Key: "lock", Body: "three", IfMatch: ETag })).toMatch(
      /^PreconditionFailed/,
    )
    expect(read(aws, "lock")).toBe("two")
    expect(put(aws, "lock", "three", { IfMatch: second.ETag }).ETag).not.toBe(second.ETag)
  })

  test("of the same content leaves the ETag as it was: who relies on a change must make one", () => {
    const aws = ground()
    const { ETag } = put(aws, "lock", "one")
    expect(put(aws, "lock", "one", { IfMatch: ETag }).ETag).toBe(ETag)
    expect(put(aws, "lock", "two", { IfMatch: ETag }).ETag).not.toBe(ETag)
  })

  test("that is refused leaves no version behind", () => {
    const aws = versioned()
    put(aws, "lock", "one")
    const before = aws.contents()
    aws.refused("PutObject", { Bucket, Key: "lock", Body: "two", IfNoneMatch: "*" })
    expect(aws.contents()).toBe(before)
  })
})

describe("a conditional deletion", () => {
  test("takes away what is as known, or whatever is there", () => {
    const aws = ground()
    const { ETag } = put(aws, "a", "x")
    put(aws, "b", "y")
    aws.run("DeleteObject", { Bucket, Key: "a", IfMatch: ETag })
    aws.run("DeleteObject", { Bucket, Key: "b", IfMatch: "*" })
    expect(aws.run("ListObjectsV2", { Bucket }).KeyCount).toBe(0)
  })

  test("of several tells for each what became of it", () => {
    const aws = ground()
    const { ETag } = put(aws, "a", "x")
    put(aws, "b", "y")
    const Objects = [
      { Key: "a", ETag },
      { Key: "b", ETag },
      { Key: "gone", ETag },
      { Key: "never was" },
      { Key: "b", VersionId: "of another bucket" },
    ]
    expect(aws.run("DeleteObjects", { Bucket, Delete: { Objects } })).toEqual({
      Deleted: [{ Key: "a" }, { Key: "never was" }],
      Errors: [
        expect.objectContaining({ Key: "b", Code: "PreconditionFailed" }),
        expect.objectContaining({ Key: "gone", Code: "NoSuchKey" }),
        expect.objectContaining({ Key: "b", VersionId: "of another bucket", Code: "NoSuchVersion" }),
      ],
    })
    expect(read(aws, "b")).toBe("y")
  })
})

describe("a conditional read", () => {
  test("gets what is as known, or has changed", () => {
    const aws = ground()
    const { ETag } = put(aws, "k", "x")
    const at = { Bucket, Key: "k" }
    const past = new Date(0)
    const future = new Date(Date.now() + 60_000)
    expect(aws.refused("GetObject", { ...at, IfMatch: ETag })).toBe("not refused")
    expect(aws.refused("GetObject", { ...at, IfNoneMatch: '"other"' })).toBe("not refused")
    expect(aws.refused("GetObject", { ...at, IfModifiedSince: past })).toBe("not refused")
    expect(aws.refused("GetObject", { ...at, IfUnmodifiedSince: future })).toBe("not refused")
  })

  test("believes an ETag before a date", () => {
    const aws = ground()
    const { ETag } = put(aws, "k", "x")
    const at = { Bucket, Key: "k" }
    expect(aws.refused("GetObject", { ...at, IfMatch: ETag, IfUnmodifiedSince: new Date(0) })).toBe("not refused")
    const changed = { IfNoneMatch: '"other"', IfModifiedSince: new Date(Date.now() + 60_000) }
    expect(aws.refused("GetObject", { ...at, ...changed })).toBe("not refused")
  })
})
