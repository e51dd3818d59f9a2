import type { Tag } from "../tags.ts"
import { unset } from "./lines.ts"

// Which lines a secret has, and since when each is set, stands in its tags: whoever plans or lists reads no value.

/** When each line was set, as ISO text; nothing for one that is not. */
export type LineTimes = Readonly<Record<string, string | undefined>>

export const lineTag = (line: string, since: Date | undefined): Tag => ({
  Key: `${prefix}${line}`,
  Value: since ? since.toISOString() : unset,
})

interface FoundTag {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

export const lineTimesOf = (tags: readonly FoundTag[] = []): LineTimes =>
  Object.fromEntries(
    tags.flatMap(({ Key = "", Value }) =>
      Key.startsWith(prefix) ? [[Key.slice(prefix.length), Value === unset ? undefined : Value]] : [],
    ),
  )

const prefix = "smart0dte:line:"
