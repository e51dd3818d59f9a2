import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { planOf, type SystemGiven } from "../../src/nodes/plan.ts"
import { type System, systems } from "../../src/nodes/systems.ts"
import { place } from "./ground.ts"
import { sampleText } from "./override-wish.ts"

const planned = (given: SystemGiven = {}, system: System = "smart-0dte") => planOf("poc", place, system, given)

/** What the node reads, by key. */
const lines = (given: SystemGiven = {}, system: System = "smart-0dte") =>
  Object.fromEntries(
    planned(given, system)
      .settingFor("main")
      .trim()
      .split("\n")
      .map((line) => [line.split("=", 1)[0], line.slice(line.indexOf("=") + 1)]),
  )

const override = async (given: SystemGiven, system: System = "smart-0dte") =>
  parse(planned(given, system).overrideFor({ compose: await sampleText(system), commit: "c0ffee" })).services

describe("a system of which nothing is said", () => {
  it.each([
    [
      "smart-0dte" as const,
      "https://github.com/TKTINC/smart-0DTE-system.git",
      { backend: "8000/readyz 200", frontend: "3000/ 200-399" },
      ["smart_0dte", "0", "1"],
    ],
    [
      "mag7-7dte" as const,
      "https://github.com/TKTINC/mag7-7DTE-system.git",
      { backend: "8001/health 200", frontend: "3001/ 200-399" },
      ["mag7_7dte", "8", "2"],
    ],
  ])("is %s as it is known", (system, repository, health, [database, cache, client]) => {
    const told = lines({}, system)
    expect(told).toMatchObject({
      repository,
      ref: "main",
      token: `${system}/keys#GIT_TOKEN`,
      logGroup: `/smart0dte/poc/${system}`,
      "health.backend": health.backend,
      "health.frontend": health.frontend,
      trading: "backend",
      "mode.development.variable.TRADING_MODE": "development",
      "mode.development.variable.PAPER_TRADING": "true",
      "mode.development.variable.POLYGON_API_KEY": "demo_key",
      "mode.testing.variable.TRADING_MODE": "testing",
      "mode.testing.variable.POLYGON_API_KEY": `{secret:${system}/keys#POLYGON_API_KEY}`,
      "mode.live.variable.TRADING_MODE": "production",
      "mode.live.variable.PAPER_TRADING": "false",
      "variable.DAILY_LOSS_LIMIT": "1000",
      "variable.JWT_SECRET_KEY": `{secret:${system}/generated#JWT_SECRET_KEY}`,
      "variable.DATABASE_URL": `postgresql://${database}:{secret:${system}/generated#DATABASE_PASSWORD}@{data:databaseHost}:5432/${database}?ssl=require`,
      "mode.development.variable@backend.IBKR_HOST": "gateway-paper",
      "mode.live.variable@backend.IBKR_HOST": "gateway-live",
      "mode.live.variable@backend.IBKR_PORT": "4003",
      "mode.live.variable@backend.IBKR_CLIENT_ID": client,
    })
    expect(told).not.toHaveProperty("variable.TRADING_MODE")
    expect(told["variable.REDIS_URL"]).toMatch(new RegExp(`@\\{data:cacheHost\\}:6379/${cache}$`))
    expect(told).not.toHaveProperty("compose")
    expect(Object.keys(told).filter((key) => key.includes("variable@") && !key.includes("variable@backend."))).toEqual(
      [],
    )
    expect(Object.keys(told).filter((key) => key.startsWith("command."))).toEqual([])
  })

  it.each(systems)("has nothing in %s's override but what is known of it", async (system) => {
    const { settings } = planned({}, system)
    expect(settings).toMatchObject({ commands: {}, builds: {}, memory: {}, named: [] })
    expect(settings.remove).toEqual(["postgres", "redis", "influxdb"])
    const services = await override({}, system)
    expect(Object.keys(services)).toEqual(["backend", "data-feed", "signal-generator", "frontend"])
    expect(services.backend.logging.options).toMatchObject({
      "awslogs-group": `/smart0dte/poc/${system}`,
      "awslogs-region": place.region,
    })
  })
})

describe("what the configuration says", () => {
  it("of source and token is what the node fetches by", () => {
    const given = { repository: "https://git.example.com/a.git", token: "OTHER_TOKEN", composeFile: "deploy/c.yaml" }
    expect(lines(given)).toMatchObject({
      repository: given.repository,
      token: "smart-0dte/keys#OTHER_TOKEN",
      compose: "deploy/c.yaml",
    })
  })

  it("of one service's build, start and memory is in its override, and in no other's", async () => {
    const build = { dockerfile: "Other", args: { A: "1" } }
    const services = await override({ services: { backend: { build, start: "run me", memory: "3g" } } })
    expect(services.backend).toMatchObject({
      command: "run me",
      mem_limit: "3g",
      build: { ...build, context: "./backend" },
    })
    const plain = await override({})
    expect({ ...services, backend: {} }).toEqual({ ...plain, backend: {} })
  })

  it("of health changes that alone of which it speaks", () => {
    const health = (given: object) => lines({ services: { backend: { health: given } } })["health.backend"]
    expect(health({ path: "/live" })).toBe("8000/live 200")
    expect(health({ codes: "200-299" })).toBe("8000/readyz 200-299")
    expect(health({ port: 9000, path: undefined })).toBe("9000/readyz 200")
    expect(lines({ services: { backend: { health: { path: "/live" } } } })["health.frontend"]).toBe("3000/ 200-399")
  })

  it("of the health of a service that nothing is known of must say its port", () => {
    const health = (given: object) => lines({ services: { "data-feed": { health: given } } })["health.data-feed"]
    expect(health({ port: 9100 })).toBe("9100/ 200")
    expect(() => health({ path: "/live" })).toThrow(
      expect.objectContaining({
        message: 'nothing is known of the port of smart-0dte\'s service "data-feed"',
        hint: "give it in the configuration: systems.smart-0dte.services.data-feed.health.port",
      }),
    )
  })

  it("of who trades is who is given the gateway, and nobody else", () => {
    const told = lines({ trading: ["executor"] })
    expect(told.trading).toBe("executor")
    expect(told["mode.testing.variable@executor.IBKR_HOST"]).toBe("gateway-paper")
    expect(Object.keys(told).filter((key) => key.includes("variable@backend."))).toEqual([])
    expect(lines({ trading: [] })).not.toHaveProperty("trading")
    expect(Object.keys(lines({ trading: [] })).filter((key) => key.includes("IBKR_HOST"))).toEqual([])
  })

  it("of further secrets is known beside the usual ones, each once, and only by where it is", () => {
    const { secrets } = planned({ secrets: ["NEWS_API_KEY", "SMTP_PASSWORD"] })
    expect(secrets.filter((name) => name === "SMTP_PASSWORD")).toHaveLength(1)
    expect(secrets).toEqual([...planned().secrets, "NEWS_API_KEY"])
    expect(lines({ secrets: ["NEWS_API_KEY"] })["variable.NEWS_API_KEY"]).toBe("{secret:smart-0dte/keys#NEWS_API_KEY}")
  })

  it("of variables wins over what is known, and for one service over what is said of all", () => {
    const told = lines({
      variables: { LOG_LEVEL: "info", OWN: "a" },
      services: { backend: { variables: { OWN: "b" } }, frontend: { variables: { THEIRS: "c" } } },
    })
    expect(told).toMatchObject({
      "variable.LOG_LEVEL": "info",
      "variable.OWN": "a",
      "variable@backend.OWN": "b",
      "mode.live.variable@backend.IBKR_HOST": "gateway-live",
      "variable@frontend.THEIRS": "c",
    })
    expect(Object.keys(told).filter((key) => key.endsWith(".LOG_LEVEL"))).toEqual(["variable.LOG_LEVEL"])
    expect(Object.keys(lines()).filter((key) => key.endsWith(".LOG_LEVEL"))).toHaveLength(3)
  })

  it("of limits holds in every mode, and what is not said is as it is known", () => {
    expect(lines({ limits: { dailyLoss: 250.5, openPositions: undefined } })).toMatchObject({
      "variable.DAILY_LOSS_LIMIT": "250.5",
      "variable.DEFAULT_POSITION_SIZE": "5000",
      "variable.MAX_POSITIONS_PER_USER": "10",
    })
  })

  it("of commands is what the node may run, as it is", () => {
    const told = lines({ commands: { positions: "./p --open=1", halt: "kill 1" } })
    expect(told).toMatchObject({ "command.positions": "./p --open=1", "command.halt": "kill 1" })
    expect(told).not.toHaveProperty("command.flatten")
  })

  it("of the gateway's ports is what those are told that trade", () => {
    const text = planOf("poc", place, "smart-0dte", {}, { livePort: 5001, paperPort: 5002 }).settingFor("main")
    expect(text).toContain("mode.live.variable@backend.IBKR_PORT=5001\n")
    expect(text).toContain("mode.development.variable@backend.IBKR_PORT=5002\n")
  })

  it("of names lets an application have its own for what it is given", () => {
    const DB = "postgresql://{secret:smart-0dte/generated#DATABASE_PASSWORD}@{data:databaseHost}"
    expect(lines({ variables: { DB } })["variable.DB"]).toBe(DB)
  })

  it("of services that the project has not is refused, whatever it is", async () => {
    for (const given of [
      { services: { backnd: { memory: "2g" } } },
      { services: { backnd: { health: { port: 1 } } } },
      { remove: ["backnd"] },
      { trading: ["backnd"] },
    ])
      await expect(override(given)).rejects.toThrow('smart-0dte has no service "backnd" in its Compose file')
  })
})
