import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { RealLane } from "./lane.ts"

/** What a node says of itself as time goes by. Only the real one has a container that can be killed behind its back. */
export function holdHeartbeats(opened: () => RealLane): void {
  describe("a node that runs", () => {
    it("says each minute that it lives, and how its systems are when that changes", async () => {
      const beats = async () => {
        const calls = (await readFile(join(opened().node.world, "calls"), "utf8")).split("\n")
        return {
          metrics: calls.filter((call) => call.startsWith("cloudwatch put-metric-data")).length,
          reports: calls.filter((call) => call.includes("/state/health/")).length,
        }
      }
      expect((await opened().node.run("health")).exitCode).toBe(0)
      expect(await beats()).toEqual({ metrics: 5, reports: 2 })
      await opened().node.run("health")
      expect(await beats()).toEqual({ metrics: 10, reports: 2 })
      const frontend = await idOf("smart-0dte", "frontend")
      await opened().engine.docker("kill", frontend)
      await opened().node.run("health")
      expect(await beats()).toEqual({ metrics: 15, reports: 3 })
      expect(await opened().node.report("health", "smart-0dte")).toMatchObject({
        health: "unhealthy",
        services: { backend: "healthy", frontend: "unhealthy" },
      })
      // The tests after this one begin with what is well.
      await opened().engine.docker("start", frontend)
    })

    const idOf = (system: string, service: string) =>
      opened().engine.docker(
        ...["ps", "-q", "--filter", `label=com.docker.compose.project=${system}`],
        ...["--filter", `label=com.docker.compose.service=${service}`],
      )
  })
}
