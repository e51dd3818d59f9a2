import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { type NodeSaid, saidOf } from "../../src/nodes/live/said.ts"
import { account, broker, image, live, me, recordOf, type Tradings } from "../templates/node/trader-node.ts"
import { type RealLane, serviceOf, systemOf, variablesIn } from "./lane.ts"
import { put } from "./node.ts"

/** How one system changes its mode on a real engine, and what the engine itself says of it. */
export function holdSwitches(opened: () => RealLane): void {
  const record = (epoch: number, systems: Tradings = {}) =>
    opened().node.putObject("trading/poc/record", recordOf(epoch, systems))
  const told = async (...args: readonly string[]) => {
    const { exitCode, stdout, stderr } = await opened().node.run(...args)
    const said = saidOf(stdout)
    if (!said) throw new Error(`it says nothing: ${stderr}`)
    return { exitCode, stderr, said }
  }
  const phase = (name: string, epoch: number, digest = "") =>
    told("switch", "live", "smart-0dte", name, String(epoch), digest)
  const trading = async () => {
    const all = await opened().containers()
    return all.find((one) => systemOf(one) === "smart-0dte" && serviceOf(one) === "backend")
  }
  const gateways = async () =>
    (await opened().engine.docker("ps", "-a", "--format", "{{.Names}}", "--filter", "name=gateway-")).split("\n").sort()
  const networks = async () => Object.keys((await trading())?.NetworkSettings.Networks ?? {}).filter(isGateway)
  const namesIn = async (network: string) => {
    const names = await opened().engine.docker("ps", "--filter", `network=${network}`, "--format", serviceLabel)
    return names.split("\n").sort()
  }
  /** Whether what trades finds a name: asked of the engine, since the node lets nobody into what reaches the live gateway. */
  const found = async (name: string) => {
    const container = (await trading())?.Name.slice(1) ?? ""
    const pinged = opened().engine.docker("exec", container, "ping", "-c", "1", "-w", "2", name)
    return pinged.then(
      () => true,
      () => false,
    )
  }
  const mode = async () => {
    const container = await trading()
    return container && [container.State.Status, variablesIn(container).get("TRADING_MODE")]
  }
  let digest = ""

  describe("a switch on a real engine", () => {
    it("to testing makes the containers anew, beside the paper gateway alone", async () => {
      const { node } = opened()
      await node.putParameter("settings/gateway", `image=${image}\nlivePort=4003\npaperPort=4004\naccount=${account}\n`)
      await node.putSecret("broker-paper/keys", broker("paper"))
      await node.putSecret("node/generated", "GATEWAY_SCREEN_PASSWORD=abcd1234\n")
      await node.putObject("trading/poc/halt/smart-0dte", "clear\nat=now\n")
      await put(join(node.world, "account.4004"), "DU7654321")
      const before = await trading()
      await record(2, { "smart-0dte": { mode: "testing" } })
      const { exitCode, said, stderr } = await told("switch", "paper", "smart-0dte", "2")
      expect([exitCode, stderr]).toEqual([0, expect.any(String)])
      expect(said).toMatchObject({ mode: "testing", gateway: "paper", gateways: "paper", account: "DU7654321" })
      expect(said).toMatchObject({
        credentials: "no",
        healthy: "yes",
        trading: "active",
        node: me,
      } satisfies Partial<NodeSaid>)
      expect(await mode()).toEqual(["running", "testing"])
      expect((await trading())?.State.StartedAt).not.toBe(before?.State.StartedAt)
      expect(await networks()).toEqual(["smart0dte-gateway-paper-smart-0dte"])
      expect(await gateways()).toEqual([expect.stringMatching(/^smart0dte-gateway-paper/)])
      digest = said.digest
    })

    it("cannot be prepared while the live credentials cannot be read, and comes back", async () => {
      const { exitCode, stderr } = await phase("prepare", 2)
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining("broker-live/keys could not be read")])
      expect(await gateways()).toHaveLength(1)
      expect((await phase("deactivate", 2)).exitCode).toBe(0)
      expect(await mode()).toEqual(["running", "testing"])
    })

    it("to live runs what was confirmed, in the live gateway's network and in no other's", async () => {
      const { node } = opened()
      await node.putSecret("broker-live/keys", broker("live"))
      await put(join(node.world, "account.4003"), account)
      const prepared = await phase("prepare", 2)
      expect([prepared.exitCode, prepared.stderr]).toEqual([0, expect.any(String)])
      expect(prepared.said).toMatchObject({ readOnly: "yes", trading: "stopped", gateways: "live paper", account })
      await record(3, { "smart-0dte": { ...live, digest } })
      const { exitCode, said, stderr } = await phase("activate", 3, digest)
      expect([exitCode, stderr]).toEqual([0, expect.any(String)])
      expect(said).toMatchObject({ mode: "live", gateway: "live", readOnly: "no", healthy: "yes", digest, account })
      expect(await mode()).toEqual(["running", "production"])
      expect(await networks()).toEqual(["smart0dte-gateway-live-smart-0dte"])
      // By its name there, and by no other service's: each system has a network of its own with it.
      expect(await namesIn("smart0dte-gateway-live-smart-0dte")).toEqual(["backend", "gateway"])
      expect(await namesIn("smart0dte-gateway-live-mag7-7dte")).toEqual(["gateway"])
      expect(await found("gateway-live")).toBe(true)
      expect(await found("gateway-paper")).toBe(false)
      const inside = await node.run("compose", "smart-0dte", "exec", "backend", "", "", base64("true"))
      expect([inside.exitCode, inside.stderr]).toEqual([1, expect.stringContaining("live")])
      expect(await readFile(join(node.world, "gateway-images"), "utf8")).toMatch(new RegExp(`^(${image}\n)+$`))
    })

    it("from live is halted by the marker, and is back on paper when the record says so", async () => {
      const { node } = opened()
      await node.putObject("trading/poc/halt/smart-0dte", "halt\nat=now\n")
      expect((await node.run("watch")).exitCode).toBe(0)
      expect((await mode())?.[0]).toBe("exited")
      await node.putObject("trading/poc/halt/smart-0dte", "clear\nat=later\n")
      await record(4, { "smart-0dte": { mode: "testing" } })
      const { exitCode, said } = await told("resume", "smart-0dte", "4")
      expect([exitCode, said.mode, said.gateways]).toEqual([0, "testing", "paper"])
      expect(await networks()).toEqual(["smart0dte-gateway-paper-smart-0dte"])
    })

    it("of a system that does not get well brings it back to paper", async () => {
      const { node } = opened()
      const file = join(node.root, "var/lib/smart0dte/systems/smart-0dte/current/setting")
      const setting = await readFile(file, "utf8")
      expect((await phase("prepare", 4)).exitCode).toBe(0)
      await record(5, { "smart-0dte": { ...live, digest } })
      await writeFile(file, setting.replace(/^(health.backend=\S+) .*$/m, "$1 599"))
      const { exitCode, stderr } = await phase("activate", 5, digest)
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining("backend: it answers")])
      expect((await mode())?.[0]).toBe("exited")
      await writeFile(file, setting)
      await record(6)
      const { said } = await phase("deactivate", 5)
      expect(said).toMatchObject({ mode: "development", trading: "active", gateways: "paper", latch: "no" })
      expect(await gateways()).toHaveLength(1)
    })
  })
}

const serviceLabel = '{{.Label "com.docker.compose.service"}}'
const base64 = (text: string) => Buffer.from(text).toString("base64")
const isGateway = (name: string) => name.includes("gateway")
