import { describe, expect, it, vi } from "vitest"
import { mutants } from "./guards.ts"
import { play } from "./play.ts"

vi.setConfig({ testTimeout: 60_000 })

const seeds = Array.from({ length: 200 }, (_, n) => n + 1)

describe("going live, whatever happens", () => {
  it("trades nothing that the record does not say, in every one of 200 schedules", async () => {
    const ends = new Set<string>()
    for (const seed of seeds) {
      const played = await play(seed)
      expect({ seed, troubles: played.troubles }).toEqual({ seed, troubles: [] })
      for (const end of played.ends) ends.add(end)
    }
    // What never happened would not have been tried.
    expect([...ends]).toEqual(
      expect.arrayContaining([
        ...["live: live", "live: undone", "live: unknown", "live: refused", "resume: live", "resume: undone"],
        ...["halt: true", "halt: false", "leave: done", "resume paper: done", "crashed", "replaced"],
      ]),
    )
  })

  it.each(mutants)("is found out where nodes forget: %s", async (forgotten, trouble, seed) => {
    expect((await play(seed)).troubles).toEqual([])
    const { troubles } = await play(seed, (guard) => guard === forgotten)
    expect(troubles.join("; ")).toMatch(trouble)
  })
})
