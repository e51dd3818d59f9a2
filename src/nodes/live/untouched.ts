import type { PaperEnd } from "./wish.ts"

/** The end of what never came to its first write. */
export const untouched = (reasons: readonly string[]): PaperEnd => ({
  end: "failed",
  reasons,
  now: ["the trading record was not changed, as far as is known"],
  said: [],
  notes: [],
})
