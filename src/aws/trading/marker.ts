import type { Scope } from "../../engine/types.ts"
import { OutcomeUnknown } from "../../errors.ts"
import type { Objects } from "../state/objects.ts"

// The second way to halt a system: nodes look for it every two seconds, also where Systems Manager is of no use.

export const markerKey = (scope: Scope, system: string): string => `trading/${scope}/halt/${system}`

export interface Marker {
  readonly halted: boolean
  /** By which whoever clears it says what he has seen. */
  readonly etag: string
}

/** Who, by which run, and when; each in one line. */
export interface MarkerNote {
  readonly by: string
  readonly run: string
  readonly at: string
}

/** Whatever stands there. When it was written, by AWS's clock. */
export async function setMarker(objects: Objects, scope: Scope, system: string, note: MarkerNote): Promise<number> {
  return (await objects.replace(markerKey(scope, system), markerText("halt", note))).at
}

/** Nothing where there is none. What says neither `halt` nor `clear` counts as a halt. */
export async function readMarker(objects: Objects, scope: Scope, system: string): Promise<Marker | undefined> {
  const { text, etag } = await objects.get(markerKey(scope, system))
  if (text === undefined || etag === undefined) return undefined
  return { halted: text.split("\n", 1)[0] !== "clear", etag }
}

/** Takes the place of the one seen, or of none. False when somebody has halted it meanwhile. */
export async function clearMarker(
  objects: Objects,
  scope: Scope,
  system: string,
  seen: string | undefined,
  note: MarkerNote,
): Promise<boolean> {
  const key = markerKey(scope, system)
  const text = markerText("clear", note)
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (await objects.put(key, text, seen)) return true
    const now = await objects.get(key)
    // Our own, whose answer was lost.
    if (now.text === text) return true
    if (now.etag !== seen) return false
  }
  throw new OutcomeUnknown(`nobody knows whether ${key} was cleared`, "NoAnswer", {
    hint: "run the same command again",
  })
}

const attempts = 3

const markerText = (word: "halt" | "clear", { at, by, run }: MarkerNote): string =>
  [word, `at=${at}`, `by=${by}`, `run=${run}`, ""].join("\n")
