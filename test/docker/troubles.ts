import { describe, expect, it } from "vitest"
import { release } from "./ground.ts"
import type { RealLane } from "./lane.ts"

/** Where a machine fails and not a version: the words are those of real programs. */
export function holdTroubles(opened: () => RealLane): void {
  describe("a release", () => {
    it("for which the disk is too small says so", async () => {
      const { step, report } = await release(opened().node, "smart-0dte", "no-disk")
      expect([step, report.phase]).toEqual(["images", "failed"])
      expect(report.why).toContain("the disk of this node is full: make diskGb larger")
    })

    it("from where the network does not reach says so", async () => {
      const { step, report } = await release(opened().node, "mag7-7dte", "main", {
        repository: "https://away.invalid/x.git",
      })
      expect([step, report.phase]).toEqual(["checkout", "failed"])
      expect(report.why).toContain(
        "https://away.invalid/x.git could not be fetched: this node found no way to the network",
      )
    })
  })
}
