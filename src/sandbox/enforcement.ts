import type { Wanted } from "./authorization/evaluate.ts"

/** What one request needed, and whose it was. */
export interface Needed extends Wanted {
  readonly by: string
  readonly operation: string
}

/** Whether requests are judged by the policies of whoever asks; and what those that were judged needed. */
export interface Enforcement {
  readonly on: boolean
  switch(on: boolean): void
  note(needed: readonly Needed[]): void
  needed(): readonly Needed[]
}

export function startEnforcement(before = false): Enforcement {
  let on = before
  let noted = new Map<string, Needed>()
  return {
    get on() {
      return on
    },
    switch: (wanted) => {
      on = wanted
      noted = new Map()
    },
    note: (needed) => {
      for (const one of needed) noted.set(keyOf(one), one)
    },
    needed: () => [...noted.values()],
  }
}

/** The same right for the same thing counts once, whenever it was asked for. */
const keyOf = ({ action, context, resource, by }: Needed): string =>
  JSON.stringify([by, action, resource, { ...context, "aws:CurrentTime": undefined }])
