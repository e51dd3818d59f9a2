import type { Tag } from "./tags.ts"

/** What is made empty, as everything is of which nobody has said otherwise. */
export const madeNew = "new"

/**
 * What a thing with data was made from, as a tag and a parameter keep it: a snapshot, and when that was wished. Who
 * goes back to the same snapshot again wishes it at another time.
 */
export function sourceOf(snapshot: string, milliseconds: number): string {
  return `${snapshot}${between}${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}

export const snapshotIn = (source: string): string | undefined =>
  source.includes(between) ? source.split(between)[0] : undefined

/** Whether a source was wished when what was born then was there already. */
export function isWishedAfter(source: unknown, born: string): boolean {
  const [, wished = ""] = String(source).split(between)
  return Date.parse(wished) > Date.parse(born)
}

// Tags of RDS have neither brackets nor commas.
const between = " wished at "

const sourceTag = "smart0dte:source"

/** For the birth of what is made from it. */
export const sourceTags = (source: string): Tag[] =>
  snapshotIn(source) === undefined ? [] : [{ Key: sourceTag, Value: source }]

interface FoundTag {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

export const sourceIn = (tags: readonly FoundTag[] = []): string =>
  tags.find(({ Key }) => Key === sourceTag)?.Value ?? madeNew
