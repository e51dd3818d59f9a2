import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { TerminateInstancesCommand } from "@aws-sdk/client-ec2"
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest"
import { clientsOf } from "../sandbox/machines/node.ts"
import { type Yard, yard } from "../sandbox/machines/yard.ts"
import { type Engine, engineIn } from "./engine.ts"
import { expectedOf, failures, toldOf } from "./failures.ts"
import { release } from "./ground.ts"
import { type SandboxLane, samplesWithNewer, sandboxLane } from "./stand-ins.ts"
import { holdSystems } from "./systems.ts"

/** The machine of a sandbox with the lane's engine in place of a stand-in of it: the scripts and the answers are the same. */
export function holdSandboxEngine(): void {
  describe("a machine of the sandbox with the operator's own Docker", () => {
    let folder: string
    let engine: Engine
    let on: Yard
    let lane: SandboxLane
    beforeAll(async () => {
      engine = engineIn(inject("folder"))
      folder = await mkdtemp(join(tmpdir(), "smart0dte-samples-"))
      const docker = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", ...engine.env }
      on = await yard({ serves: await samplesWithNewer(folder), docker })
      lane = await sandboxLane(on)
    })
    afterAll(async () => {
      await on.close()
      await rm(folder, { recursive: true, force: true })
    })

    holdSystems(() => lane)
    it("says what failed, and goes back", async () => {
      const [failure] = failures
      const former = lane.started[0]?.report.commit ?? ""
      if (!failure) throw new Error("there is no failure")
      expect(toldOf(await release(lane.node, failure.system, failure.ref), former)).toEqual(expectedOf(failure))
    })

    /** All that the engine has of the machine, by whatever name. */
    const there = async () => {
      const lists = [
        ["ps", "-a", "--format", "{{.Names}}"],
        ["network", "ls", "--format", "{{.Name}}"],
        ["volume", "ls", "--format", "{{.Name}}"],
        ["images", "--format", "{{.Repository}}"],
      ]
      const names = await Promise.all(lists.map((args) => engine.docker(...args)))
      return names.map((text) => text.split("\n").filter((name) => name.includes(lane.instance)).length)
    }

    it("has names of its own for all that it makes, and takes it away when it goes", async () => {
      const [containers, networks, volumes, images] = await there()
      expect([containers, networks, volumes]).toEqual([8, 4, 1])
      expect(images).toBeGreaterThanOrEqual(8)
      await clientsOf(on.sandbox).ec2.send(new TerminateInstancesCommand({ InstanceIds: [lane.instance] }))
      await vi.waitFor(async () => expect(await there()).toEqual([0, 0, 0, 0]), { timeout: 60_000, interval: 500 })
    })
  })
}
