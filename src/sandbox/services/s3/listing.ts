import type * as S3 from "@aws-sdk/client-s3"
import { type Call, handlers } from "../../service.ts"
import { nameIn, tokenFor } from "../pages.ts"
import { refuseUnserved } from "../unserved.ts"
import { ownerId } from "./buckets.ts"
import {
  bucketFor,
  type ContentVersion,
  invalidArgument,
  type ObjectRecord,
  objects,
  type Version,
  wrongToken,
} from "./records.ts"

export const listingHandlers = handlers<typeof S3>()({
  ListObjectsV2: (input, call) => {
    refuseUnserved(input, ["OptionalObjectAttributes"])
    const { Name } = bucketFor(input, call)
    const limit = limitOf(input.MaxKeys)
    const after = input.ContinuationToken === undefined ? input.StartAfter : nameIn(input.ContinuationToken, wrongToken)
    const live = keysOf(call, Name).filter(({ Versions }) => Versions[0]?.Kind === "content")
    const all = grouped(live, (object) => object.Key, input.Prefix ?? "", input.Delimiter)
    const rest = all.filter((row) => after === undefined || (isBefore(after, row.name) && !covers(after, row, input)))
    const shown = rest.slice(0, limit)
    const last = rest.length > limit ? shown.at(-1) : undefined
    const text = textFor(input.EncodingType)
    const Contents = shown.flatMap((row) => (row.item ? [contentView(row.item, text, input.FetchOwner, call)] : []))
    const CommonPrefixes = shown.flatMap((row) => (row.item ? [] : [{ Prefix: text(row.name) }]))
    return {
      ...echo(input, Name, text),
      ...(input.StartAfter !== undefined && { StartAfter: text(input.StartAfter) }),
      ...(input.ContinuationToken !== undefined && { ContinuationToken: input.ContinuationToken }),
      MaxKeys: limit,
      KeyCount: shown.length,
      IsTruncated: last !== undefined,
      ...(last && { NextContinuationToken: tokenFor(last.name) }),
      ...(Contents.length > 0 && { Contents }),
      ...(CommonPrefixes.length > 0 && { CommonPrefixes }),
    }
  },

  ListObjectVersions: (input, call) => {
    refuseUnserved(input, ["OptionalObjectAttributes"])
    const { Name } = bucketFor(input, call)
    const limit = limitOf(input.MaxKeys)
    const rows = keysOf(call, Name).flatMap(({ Key, Versions }) =>
      Versions.map((version, i) => ({ Key, version, IsLatest: i === 0 })),
    )
    const all = grouped(rows, (row) => row.Key, input.Prefix ?? "", input.Delimiter)
    const start = startOf(all, input.KeyMarker, input.VersionIdMarker)
    const shown = all.slice(start, start + limit)
    const last = all.length > start + limit ? shown.at(-1) : undefined
    const text = textFor(input.EncodingType)
    const items = shown.flatMap((row) => row.item ?? [])
    const common = (row: VersionRow) => ({
      Key: text(row.Key),
      VersionId: row.version.VersionId,
      IsLatest: row.IsLatest,
      LastModified: new Date(row.version.LastModified),
      Owner: { ID: ownerId(call) },
    })
    const Versions = items.flatMap((row) =>
      row.version.Kind === "content" ? [{ ...common(row), ...contentPart(row.version) }] : [],
    )
    const DeleteMarkers = items.flatMap((row) => (row.version.Kind === "marker" ? [common(row)] : []))
    const CommonPrefixes = shown.flatMap((row) => (row.item ? [] : [{ Prefix: text(row.name) }]))
    return {
      ...echo(input, Name, text),
      KeyMarker: text(input.KeyMarker ?? ""),
      VersionIdMarker: input.VersionIdMarker ?? "",
      MaxKeys: limit,
      IsTruncated: last !== undefined,
      ...(last && { NextKeyMarker: text(last.name) }),
      ...(last?.item && { NextVersionIdMarker: last.item.version.VersionId }),
      ...(Versions.length > 0 && { Versions }),
      ...(DeleteMarkers.length > 0 && { DeleteMarkers }),
      ...(CommonPrefixes.length > 0 && { CommonPrefixes }),
    }
  },
})

interface VersionRow {
  readonly Key: string
  readonly version: Version
  readonly IsLatest: boolean
}

/** One row of a listing: a thing with its key, or many things rolled up into their common prefix. */
interface Row<T> {
  readonly name: string
  readonly item?: T
}

const keysOf = (call: Call, bucket: string): ObjectRecord[] =>
  objects(call)
    .all()
    .filter((object) => object.Bucket === bucket)
    .sort((a, b) => (isBefore(a.Key, b.Key) ? -1 : 1))

/** S3 orders by the bytes of UTF-8, which is not the order of JavaScript's strings. */
const isBefore = (a: string, b: string): boolean => Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0

const grouped = <T>(items: readonly T[], keyOf: (item: T) => string, prefix: string, delimiter: string | undefined) => {
  const rows: Row<T>[] = []
  for (const item of items) {
    const key = keyOf(item)
    if (!key.startsWith(prefix)) continue
    const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1
    const name = end < 0 ? key : key.slice(0, end + (delimiter ?? "").length)
    if (end < 0) rows.push({ name, item })
    else if (rows.at(-1)?.name !== name) rows.push({ name })
  }
  return rows
}

/** A rolled-up prefix stands for all its keys: a page that ended with it, or within it, has shown it. */
const covers = (after: string, row: Row<unknown>, wish: { readonly Delimiter?: string | undefined }): boolean =>
  row.item === undefined && wish.Delimiter !== undefined && after.startsWith(row.name)

const startOf = (rows: readonly Row<VersionRow>[], key: string | undefined, id: string | undefined): number => {
  if (key === undefined || key === "") return 0
  const exact = rows.findIndex((row) => row.name === key && row.item?.version.VersionId === id)
  if (id !== undefined && id !== "" && exact >= 0) return exact + 1
  const next = rows.findIndex((row) => isBefore(key, row.name))
  return next < 0 ? rows.length : next
}

const limitOf = (asked: number | undefined): number => {
  if (asked !== undefined && asked < 0) invalidArgument("Argument maxKeys must be an integer between 0 and 2147483647")
  return Math.min(asked ?? 1000, 1000)
}

/** Keys may hold what XML cannot; a client can ask for them percent-encoded, with the slashes left. */
const textFor =
  (encoding: string | undefined) =>
  (text: string): string =>
    encoding === "url" ? encodeURIComponent(text).replaceAll("%2F", "/") : text

type Echoed = Pick<S3.ListObjectsV2CommandInput, "Prefix" | "Delimiter" | "EncodingType">

const echo = (input: Echoed, Name: string, text: (text: string) => string) => ({
  Name,
  Prefix: text(input.Prefix ?? ""),
  ...(input.Delimiter !== undefined && { Delimiter: text(input.Delimiter) }),
  ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
})

const contentView = (
  object: ObjectRecord,
  text: (text: string) => string,
  withOwner: boolean | undefined,
  call: Call,
): S3._Object => {
  const [current] = object.Versions
  if (current?.Kind !== "content") return {}
  return {
    Key: text(object.Key),
    LastModified: new Date(current.LastModified),
    ...contentPart(current),
    ...(withOwner && { Owner: { ID: ownerId(call) } }),
  }
}

const contentPart = (version: ContentVersion) => {
  // Names that came in as members of the client's own input.
  const algorithms = Object.keys(version.Checksums).map((member) => member.slice("Checksum".length))
  return {
    ETag: version.ETag,
    Size: version.Size,
    StorageClass: "STANDARD" as const,
    ...(algorithms.length > 0 && {
      ChecksumAlgorithm: algorithms as S3.ChecksumAlgorithm[],
      ChecksumType: "FULL_OBJECT" as const,
    }),
  }
}
