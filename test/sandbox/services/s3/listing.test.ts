import { describe, expect, test } from "vitest"
import { Bucket, type Ground, ground, put, versioned } from "./ground.ts"

const filled = (keys: readonly string[], aws: Ground = ground()): Ground => {
  for (const key of keys) put(aws, key, key)
  return aws
}

const keysOf = (aws: Ground, more: object = {}) =>
  aws.run("ListObjectsV2", { Bucket, ...more }).Contents?.map(({ Key }) => Key)

/** All pages of a listing, each as its keys and prefixes. */
const pagesOf = (aws: Ground, more: object): string[][] => {
  const pages: string[][] = []
  let token: string | undefined
  do {
    const page = aws.run("ListObjectsV2", { Bucket, ...more, ContinuationToken: token })
    const { CommonPrefixes = [], Contents = [], KeyCount } = page
    const shown = [...Contents.map(({ Key = "" }) => Key), ...CommonPrefixes.map(({ Prefix = "" }) => Prefix)]
    expect(KeyCount).toBe(shown.length)
    pages.push(shown)
    token = page.NextContinuationToken
    expect(page.IsTruncated).toBe(token !== undefined)
  } while (token !== undefined)
  return pages
}

describe("a list of objects", () => {
  test("is in the order of UTF-8, not of JavaScript", () => {
    expect(keysOf(filled(["\u{1f4be}", "\ufb01", "b", "B", "a/"]))).toEqual(["B", "a/", "b", "\ufb01", "\u{1f4be}"])
  })

  test("tells what stands in each", () => {
    const aws = filled(["k"])
    expect(aws.run("ListObjectsV2", { Bucket, FetchOwner: true })).toMatchObject({
      Name: Bucket,
      MaxKeys: 1000,
      KeyCount: 1,
      IsTruncated: false,
      Contents: [{ Key: "k", Size: 1, StorageClass: "STANDARD", Owner: { ID: expect.stringMatching(/^\d{64}$/) } }],
    })
    expect(aws.run("ListObjectsV2", { Bucket }).Contents?.[0]).not.toHaveProperty("Owner")
  })

  test("can be narrowed, and begin after a key", () => {
    const aws = filled(["a/1", "a/2", "b/1"])
    expect(keysOf(aws, { Prefix: "a/" })).toEqual(["a/1", "a/2"])
    expect(keysOf(aws, { StartAfter: "a/1" })).toEqual(["a/2", "b/1"])
    expect(keysOf(aws, { Prefix: "c" })).toBeUndefined()
  })

  test("comes in pages, which what happens between them leaves whole", () => {
    const aws = filled(["a", "b", "c", "d", "e"])
    expect(pagesOf(aws, { MaxKeys: 2 })).toEqual([["a", "b"], ["c", "d"], ["e"]])
    const { NextContinuationToken } = aws.run("ListObjectsV2", { Bucket, MaxKeys: 2 })
    aws.run("DeleteObject", { Bucket, Key: "b" })
    put(aws, "aa", "x")
    const next = { MaxKeys: 2, ContinuationToken: NextContinuationToken }
    expect(keysOf(aws, next)).toEqual(["c", "d"])
  })

  test("rolls up what has a delimiter, once over all pages", () => {
    const aws = filled(["a/1", "a/2", "a/3", "b", "c/1", "d"])
    expect(pagesOf(aws, { Delimiter: "/" })).toEqual([["b", "d", "a/", "c/"]])
    expect(pagesOf(aws, { Delimiter: "/", MaxKeys: 1 })).toEqual([["a/"], ["b"], ["c/"], ["d"]])
    expect(pagesOf(aws, { Delimiter: "/", Prefix: "a/" })).toEqual([["a/1", "a/2", "a/3"]])
    expect(pagesOf(aws, { Delimiter: "/", StartAfter: "a/2" })).toEqual([["b", "d", "c/"]])
  })

  test("of no keys at most is no page at all", () => {
    const page = filled(["a"]).run("ListObjectsV2", { Bucket, MaxKeys: 0 })
    expect(page).toMatchObject({ KeyCount: 0, IsTruncated: false })
    expect(page).not.toHaveProperty("Contents")
  })

  test("never has more than a thousand keys", () => {
    const aws = filled(Array.from({ length: 1001 }, (_, i) => `k${i}`))
    expect(keysOf(aws, { MaxKeys: 5000 })).toHaveLength(1000)
  })

  test("spells keys for XML where that is asked for", () => {
    const page = filled(["a b/ü&"]).run("ListObjectsV2", { Bucket, EncodingType: "url", Prefix: "a " })
    expect(page).toMatchObject({ EncodingType: "url", Prefix: "a%20", Contents: [{ Key: "a%20b/%C3%BC%26" }] })
  })
})

describe("a list of versions", () => {
  const twice = () => {
    const aws = filled(["a", "b"], versioned())
    filled(["a"], aws)
    aws.run("DeleteObject", { Bucket, Key: "b" })
    return aws
  }

  test("tells the newest of each key", () => {
    const { DeleteMarkers, Versions } = twice().run("ListObjectVersions", { Bucket })
    expect(Versions?.map(({ IsLatest, Key }) => `${Key} ${IsLatest}`)).toEqual(["a true", "a false", "b false"])
    expect(DeleteMarkers).toMatchObject([{ Key: "b", IsLatest: true }])
  })

  test("comes in pages that may end within a key", () => {
    const aws = twice()
    const seen: string[] = []
    let next: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {}
    for (let page = 0; page < 4; page += 1) {
      const {
        DeleteMarkers = [],
        Versions = [],
        ...rest
      } = aws.run("ListObjectVersions", { Bucket, MaxKeys: 1, ...next })
      seen.push(...[...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => `${Key} ${VersionId}`))
      expect(rest.IsTruncated).toBe(page < 3)
      next = { KeyMarker: rest.NextKeyMarker, VersionIdMarker: rest.NextVersionIdMarker }
    }
    expect(new Set(seen).size).toBe(4)
  })

  test("goes on after a key, or after a version that is gone meanwhile", () => {
    const aws = twice()
    const { Versions: [newest] = [] } = aws.run("ListObjectVersions", { Bucket })
    aws.run("DeleteObject", { Bucket, Key: "a", VersionId: newest?.VersionId })
    const keys = (more: object) => aws.run("ListObjectVersions", { Bucket, ...more }).Versions?.map(({ Key }) => Key)
    expect(keys({ KeyMarker: "a" })).toEqual(["b"])
    expect(keys({ KeyMarker: "a", VersionIdMarker: newest?.VersionId })).toEqual(["b"])
    expect(keys({ KeyMarker: "" })).toEqual(["a", "b"])
    expect(keys({ KeyMarker: "z" })).toBeUndefined()
  })

  test("rolls up and narrows as a list of objects does", () => {
    const aws = filled(["a/1", "a/2", "b"], versioned())
    const rolled = aws.run("ListObjectVersions", { Bucket, Delimiter: "/" })
    expect(rolled).toMatchObject({ CommonPrefixes: [{ Prefix: "a/" }], Versions: [{ Key: "b" }] })
    const first = aws.run("ListObjectVersions", { Bucket, Delimiter: "/", MaxKeys: 1 })
    expect(first).toMatchObject({ IsTruncated: true, NextKeyMarker: "a/" })
    const second = aws.run("ListObjectVersions", { Bucket, Delimiter: "/", KeyMarker: first.NextKeyMarker })
    expect(second).not.toHaveProperty("CommonPrefixes")
    expect(second.Versions).toMatchObject([{ Key: "b" }])
  })
})

describe("a list of buckets", () => {
  const several = () => {
    const aws = ground()
    for (const name of ["three", "four"]) aws.run("CreateBucket", { Bucket: name })
    const elsewhere = { CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } } as const
    aws.run("CreateBucket", { Bucket: "two", ...elsewhere })
    return aws
  }
  const names = (more: object) =>
    several()
      .run("ListBuckets", more)
      .Buckets?.map(({ Name }) => Name)

  test("knows all regions, and can be narrowed", () => {
    expect(names({})).toEqual(["four", "mine", "three", "two"])
    expect(names({ Prefix: "t" })).toEqual(["three", "two"])
    expect(names({ BucketRegion: "eu-west-1" })).toEqual(["two"])
  })

  test("comes in pages", () => {
    const aws = several()
    const first = aws.run("ListBuckets", { MaxBuckets: 3 })
    expect(first.Buckets).toHaveLength(3)
    const second = aws.run("ListBuckets", { MaxBuckets: 3, ContinuationToken: first.ContinuationToken })
    expect(second.Buckets).toMatchObject([{ Name: "two", BucketRegion: "eu-west-1" }])
    expect(second).not.toHaveProperty("ContinuationToken")
  })
})
