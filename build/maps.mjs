import { decode, encode } from "@jridgewell/sourcemap-codec"

/**
 * What a stack needs to be readable, and no more: the files and lines of our own code. Names, columns and packages
 * would make ten times as much of it.
 * @param {string} json
 * @returns {string | undefined} nothing where no code is ours
 */
export function mapOfOurs(json) {
  const { version, sources, mappings } = JSON.parse(json)
  const ours = sources.filter((/** @type {string} */ source) => source.startsWith("../src/"))
  if (ours.length === 0) return undefined
  const lines = decode(mappings).map((line) =>
    line.map((segment) => ownSegment(segment, sources, ours)).filter(isChange),
  )
  return JSON.stringify({ version, sources: ours, names: [], mappings: encode(lines) })
}

/**
 * @param {import("@jridgewell/sourcemap-codec").SourceMapSegment} segment
 * @param {string[]} sources
 * @param {string[]} ours
 * @returns {import("@jridgewell/sourcemap-codec").SourceMapSegment}
 */
function ownSegment([column, source, line], sources, ours) {
  const own = source === undefined ? -1 : ours.indexOf(sources[source] ?? "")
  return own < 0 || line === undefined ? [column] : [column, own, line, 0]
}

/**
 * A segment holds until the next one, also one that says only that what follows is not ours.
 * @param {readonly number[]} segment
 * @param {number} index
 * @param {readonly (readonly number[])[]} all
 */
const isChange = ([, source, line], index, all) => source !== all[index - 1]?.[1] || line !== all[index - 1]?.[2]
