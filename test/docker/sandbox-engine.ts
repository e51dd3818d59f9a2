import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { TerminateInstancesCommand } from "@aws-sdk/client-ec2"
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest"
import { saidOf } from "../../src/nodes/live/said.ts"
import { clientsOf } from "../sandbox/machines/node.ts"
import { type Yard, yard } from "../sandbox/machines/yard.ts"
import { account, broker, image, recordOf } from "../templates/node/trader-node.ts"
import { type Engine, engineIn } from "./engine.ts"
import { expectedOf, failures, toldOf } from "./failures.ts"
import { release } from "./ground.ts"
import { serviceOf, systemOf } from "./lane.ts"
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

    it("halts on the engine itself, and trades again beside a gateway that stays a stand-in", async () => {
      const { node, instance: trader } = lane
      const trading = async () => {
        const all = await lane.containers()
        return all.find((one) => systemOf(one) === "smart-0dte" && serviceOf(one) === "backend")?.State.Status
      }
      const told = async (...args: readonly string[]) => {
        const { exitCode, stdout } = await node.run(...args)
        return { exitCode, ...saidOf(stdout) }
      }
      await node.putParameter("settings/gateway", `image=${image}\nlivePort=4003\npaperPort=4004\naccount=${account}\n`)
      await node.putSecret("broker-paper/keys", broker("paper"))
      await node.putSecret("node/generated", "GATEWAY_SCREEN_PASSWORD=abcd1234\n")
      await node.putObject("trading/poc/halt/smart-0dte", "clear\nat=now\n")
      expect(await trading()).toBe("running")
      expect(await told("halt", "smart-0dte")).toMatchObject({ exitCode: 0, trading: "stopped", latch: "yes" })
      expect(await trading()).toBe("exited")
      await node.putObject("trading/poc/record", recordOf(2, { "smart-0dte": { trader }, "mag7-7dte": { trader } }))
      expect(await told("resume", "smart-0dte", "2")).toMatchObject({
        exitCode: 0,
        trading: "active",
        gateway: "paper",
        gateways: "paper",
        latch: "no",
      })
      expect(await trading()).toBe("running")
      const names = (await engine.docker("ps", "-a", "--format", "{{.Names}}")).split("\n")
      const own = names.filter((name) => name.includes(trader))
      expect([own.length, own.filter((name) => name.includes("gateway"))]).toEqual([8, []])
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
      expect([containers, networks, volumes]).toEqual([8, 6, 1])
      expect(images).toBeGreaterThanOrEqual(8)
      await clientsOf(on.sandbox).ec2.send(new TerminateInstancesCommand({ InstanceIds: [lane.instance] }))
      await vi.waitFor(async () => expect(await there()).toEqual([0, 0, 0, 0]), { timeout: 60_000, interval: 500 })
    })
  })
}
