import { describe, expect, test } from "vitest"
import { Bucket, ground, history, put, read, versioned } from "./ground.ts"

describe("without versions", () => {
  test("an object has one, without an id, and is gone when it is deleted", () => {
    const aws = ground()
    expect(put(aws, "k", "one")).not.toHaveProperty("VersionId")
    put(aws, "k", "two")
    expect(history(aws, "k")).toEqual(["null"])
    expect(aws.run("GetObject", { Bucket, Key: "k" })).not.toHaveProperty("VersionId")
    expect(aws.run("DeleteObject", { Bucket, Key: "k" })).toEqual({})
    expect(aws.run("DeleteObject", { Bucket, Key: "k" })).toEqual({})
    expect(history(aws, "k")).toEqual([])
  })
})

describe("with versions", () => {
  test("older ones stay, and are read by their ids", () => {
    const aws = versioned()
    const first = put(aws, "k", "one").VersionId ?? ""
    const second = put(aws, "k", "two").VersionId ?? ""
    expect(first).toMatch(/^[\w.]{32}$/)
    expect(history(aws, "k")).toEqual([second, first])
    expect(read(aws, "k")).toBe("two")
    expect(read(aws, "k", first)).toBe("one")
  })

  test("deleting puts a marker on top, and taking it away brings the object back", () => {
    const aws = versioned()
    const { VersionId: kept } = put(aws, "k", "one")
    const { DeleteMarker, VersionId: marker } = aws.run("DeleteObject", { Bucket, Key: "k" })
    expect(DeleteMarker).toBe(true)
    expect(aws.run("ListObjectsV2", { Bucket }).KeyCount).toBe(0)
    expect(history(aws, "k")).toEqual([kept, `${marker} deleted`])
    const undone = aws.run("DeleteObject", { Bucket, Key: "k", VersionId: marker })
    expect(undone).toEqual({ DeleteMarker: true, VersionId: marker })
    expect(read(aws, "k")).toBe("one")
  })

  test("deleting the last version takes the key away", () => {
    const aws = versioned()
    const { VersionId } = put(aws, "k", "one")
    expect(aws.run("DeleteObject", { Bucket, Key: "k", VersionId })).toEqual({ VersionId })
    expect(aws.run("DeleteObject", { Bucket, Key: "k", VersionId })).toEqual({ VersionId })
    expect(history(aws, "k")).toEqual([])
    expect(aws.refused("DeleteBucket", { Bucket })).toBe("not refused")
  })

  test("a whole history goes in one request, marker and all", () => {
    const aws = versioned()
    put(aws, "k", "one")
    put(aws, "k", "two")
    aws.run("DeleteObject", { Bucket, Key: "k" })
    const { DeleteMarkers = [], Versions = [] } = aws.run("ListObjectVersions", { Bucket })
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }))
    const { Deleted, Errors } = aws.run("DeleteObjects", { Bucket, Delete: { Objects } })
    expect(Errors).toBeUndefined()
    expect(Deleted).toHaveLength(3)
    const marker = DeleteMarkers[0]?.VersionId
    expect(Deleted).toContainEqual({
      Key: "k",
      VersionId: marker,
      DeleteMarker: true,
      DeleteMarkerVersionId: marker,
    })
    expect(aws.run("ListObjectVersions", { Bucket })).not.toHaveProperty("Versions")
  })

  test("a quiet deletion tells of failures alone", () => {
    const aws = versioned()
    put(aws, "k", "one")
    const Objects = [{ Key: "k" }, { Key: "k", ETag: "other" }]
    const { Deleted, Errors } = aws.run("DeleteObjects", { Bucket, Delete: { Objects, Quiet: true } })
    expect(Deleted).toBeUndefined()
    expect(Errors).toMatchObject([{ Key: "k", Code: "PreconditionFailed" }])
  })
})

describe("when versions are suspended", () => {
  test("what was stays, and what comes takes the place of the one without an id", () => {
    const aws = versioned()
    const { VersionId: old } = put(aws, "k", "one")
    versioned(aws, "Suspended")
    expect(put(aws, "k", "two")).not.toHaveProperty("VersionId")
    put(aws, "k", "three")
    expect(history(aws, "k")).toEqual(["null", old])
    expect(read(aws, "k", "null")).toBe("three")
    expect(aws.run("DeleteObject", { Bucket, Key: "k" })).toEqual({ DeleteMarker: true, VersionId: "null" })
    expect(history(aws, "k")).toEqual([old, "null deleted"])
    expect(aws.run("GetBucketVersioning", { Bucket })).toEqual({ Status: "Suspended" })
  })
})

test("an object that was there before versions keeps its place in them", () => {
  const aws = ground()
  put(aws, "k", "one")
  versioned(aws)
  const { VersionId } = put(aws, "k", "two")
  expect(history(aws, "k")).toEqual([VersionId, "null"])
  expect(read(aws, "k", "null")).toBe("one")
  expect(aws.run("GetObject", { Bucket, Key: "k", VersionId: "null" }).VersionId).toBe("null")
})
