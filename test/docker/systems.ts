import { describe, expect, it } from "vitest"
import { modeVariables } from "../../src/nodes/modes.ts"
import { systems } from "../../src/nodes/systems.ts"
import { canary, nasty } from "./ground.ts"
import { type Container, type Lane, networksOf, serviceOf, systemOf, variablesIn } from "./lane.ts"

const names = (containers: readonly Container[]) =>
  containers.map((container) => `${systemOf(container)}/${serviceOf(container)}`).sort()

const everyService = systems
  .flatMap((system) => ["backend", "data-feed", "frontend", "signal-generator"].map((name) => `${system}/${name}`))
  .sort()

/** What two systems on a node hold, from their first release on. */
export function holdSystems(opened: () => Lane): void {
  describe("two systems on a node", () => {
    it("are both reported healthy, with the digest that their images have", async () => {
      for (const { step, report } of opened().started) {
        expect({ step, phase: report.phase, why: report.why }).toEqual({
          step: "system",
          phase: "ready",
          why: undefined,
        })
        expect(new Set(Object.values(report.health ?? {}))).toEqual(new Set(["healthy"]))
        expect(report.digest).toMatch(/^[0-9a-f]{64}$/)
      }
      const [images, system] = [await opened().node.report("images", "smart-0dte"), opened().started[0]?.report]
      expect(system?.digest).toBe(images.digest)
      expect(system?.commit).toBe((await opened().node.report("checkout", "smart-0dte")).commit)
    })

    it("run the services of their projects without those that others do", async () => {
      expect(names(await opened().containers())).toEqual(everyService)
    })

    it("publish the four ports at the node's address and nothing else", async () => {
      expect([...(await opened().published())].sort()).toEqual(
        [3000, 3001, 8000, 8001].map((port) => `${opened().address}:${port}`),
      )
    })

    it("run their images, and no folder of the project", async () => {
      const mounts = (await opened().containers()).flatMap(({ Mounts }) => Mounts)
      expect(mounts.map(({ Type, Destination }) => `${Type} ${Destination}`)).toEqual(["volume /app/logs"])
    })

    it("start no server that starts again by itself", async () => {
      const commands = (await opened().containers()).map(({ Config }) => Config.Cmd.join(" "))
      expect(commands).toContain("sh serve.sh --port 8000")
      expect(commands.filter((command) => command.includes("--reload"))).toEqual([])
    })

    it("receive every variable of their mode, in every service", async () => {
      for (const container of await opened().containers())
        expect(Object.fromEntries(variablesIn(container))).toMatchObject({
          ...modeVariables("development"),
          TZ: "America/New_York",
        })
    })

    it("are told where the gateway is only where they trade", async () => {
      const told = (await opened().containers()).filter((container) => variablesIn(container).has("IBKR_HOST"))
      expect(names(told)).toEqual(["mag7-7dte/backend", "smart-0dte/backend"])
      for (const container of told)
        expect([variablesIn(container).get("IBKR_HOST"), variablesIn(container).get("IBKR_PORT")]).toEqual([
          "gateway-paper",
          "4004",
        ])
    })

    it("receive their own secrets, unchanged, and none that is not set", async () => {
      for (const container of await opened().containers()) {
        const variables = variablesIn(container)
        const system = systemOf(container)
        expect(variables.get("DATABASE_URL")).toContain(
          `:${canary(`DATABASE_PASSWORD${system}`)}@database.invalid:5432/`,
        )
        expect(variables.get("REDIS_URL")).toContain(`rediss://${system}:${canary(`CACHE_PASSWORD${system}`)}@`)
        expect(variables.get("INFLUXDB_TOKEN")).toBe(canary(`influx${system}`))
        expect(variables.get("SMTP_PASSWORD")).toBe(nasty)
        expect(variables.has("SLACK_WEBHOOK_URL")).toBe(false)
      }
    })

    it("are limited in memory, restarted, and logged as told", async () => {
      for (const container of await opened().containers()) {
        expect(container.HostConfig.Memory).toBe((serviceOf(container) === "backend" ? 2 : 1) * 2 ** 30)
        // What trades is started by nobody who has not read the record.
        const restart = serviceOf(container) === "backend" ? "on-failure" : "unless-stopped"
        expect(container.HostConfig.RestartPolicy.Name).toBe(restart)
        expect(container.HostConfig.LogConfig.Type).toBe("json-file")
      }
    })

    it("share no network with each other, not even one with the gateway", async () => {
      const networks = (system: string, containers: readonly Container[]) =>
        containers.filter((container) => systemOf(container) === system).flatMap(networksOf)
      const containers = await opened().containers()
      const shared = networks("smart-0dte", containers).filter((name) =>
        networks("mag7-7dte", containers).includes(name),
      )
      expect(shared).toEqual([])
      expect(networks("smart-0dte", containers)).toContain("smart0dte-gateway-paper-smart-0dte")
    })
  })

  describe("a node that starts again", () => {
    it("renders anew, and has both systems healthy with the same images", async () => {
      const before = await opened().containers()
      const said = await opened().reboot()
      expect(said.map((text) => /placeholder/.test(text))).toEqual([true, true])
      const after = await opened().containers()
      expect(names(after)).toEqual(everyService)
      expect(after.map(({ Image }) => Image).sort()).toEqual(before.map(({ Image }) => Image).sort())
      expect(new Set(after.map(({ State }) => State.Status))).toEqual(new Set(["running"]))
    })
  })

  describe("what an operator asks of the containers", () => {
    const once = (run: string, ...args: readonly string[]) =>
      opened().node.run("once", run.repeat(32), "compose", ...args)
    const base64 = (text: string) => Buffer.from(text).toString("base64")

    it("is done once for each run, and answered as often as it is asked", async () => {
      const line = base64("echo x >>count; wc -l <count; exit 3")
      const exec = () => once("a", "smart-0dte", "exec", "backend", "", "", line)
      const answers = await Promise.all([exec(), exec()])
      answers.push(await exec())
      expect(answers.map(({ exitCode, stdout }) => [exitCode, stdout.trim()])).toEqual([
        [3, "1"],
        [3, "1"],
        [3, "1"],
      ])
    })

    it("shows logs and containers of one service", async () => {
      const logs = await once("b", "mag7-7dte", "logs", "data-feed", "1", "", "")
      expect(logs).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/^data-feed \| \S+Z following seven shares$/),
      })
      const ps = await once("c", "mag7-7dte", "ps", "", "", "", "")
      expect(ps.stdout.split("\n")).toEqual([
        `backend\trunning\thealthy\t${opened().address}:8001:8000`,
        "data-feed\trunning\thealthy\t-",
        "signal-generator\trunning\thealthy\t-",
        `frontend\trunning\thealthy\t${opened().address}:3001:3000`,
      ])
    })

    it("refuses a service that the system has not, and what is no argument", async () => {
      expect(await once("d", "smart-0dte", "logs", "postgres", "5", "", "")).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('smart-0dte has no service "postgres"'),
      })
      expect(await once("e", "smart-0dte", "logs", "-v", "5", "", "")).toMatchObject({ exitCode: 2 })
      expect(await opened().node.run("once", "short", "health")).toMatchObject({ exitCode: 2 })
    })
  })
}
