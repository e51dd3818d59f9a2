import { describe, expect, it } from "vitest"
import { modes, modeVariables } from "../../src/nodes/modes.ts"
import { type SystemSetting, settingText } from "../../src/nodes/setting.ts"
import { systemFacts, systems } from "../../src/nodes/systems.ts"
import { defaultLimits, variablesOf } from "../../src/nodes/variables.ts"

const setting: SystemSetting = {
  repository: "https://example.com/app.git",
  ref: "main",
  logGroup: "/smart0dte/poc/smart-0dte",
  health: { backend: { port: 8000, path: "/readyz", codes: "200-399" } },
  variables: { B: "two = 2", A: "{secret:smart-0dte/keys#A}" },
  serviceVariables: { backend: { OWN: "x" } },
  trading: ["backend", "executor"],
  commands: { halt: "kill 1" },
  modes: {
    development: { variables: { LEVEL: "a=b" }, serviceVariables: {} },
    testing: { variables: { LEVEL: "c" }, serviceVariables: {} },
    live: { variables: {}, serviceVariables: { backend: { IBKR_HOST: "gateway" } } },
  },
}

describe("a setting's text", () => {
  it("is sorted lines, which end at nothing but a line's end", () => {
    expect(settingText({ ...setting, patience: 60 })).toBe(
      [
        "command.halt=kill 1",
        "health.backend=8000/readyz 200-399",
        "logGroup=/smart0dte/poc/smart-0dte",
        "mode.development.variable.LEVEL=a=b",
        "mode.live.variable@backend.IBKR_HOST=gateway",
        "mode.testing.variable.LEVEL=c",
        "patience=60",
        "ref=main",
        "repository=https://example.com/app.git",
        "trading=backend executor",
        "variable.A={secret:smart-0dte/keys#A}",
        "variable.B=two = 2",
        "variable@backend.OWN=x",
        "",
      ].join("\n"),
    )
  })

  it("is the same whatever the order in which it was said", () => {
    const { A, B } = setting.variables as { A: string; B: string }
    expect(settingText({ ...setting, variables: { A, B } })).toBe(settingText({ ...setting, variables: { B, A } }))
  })

  it.each(["two\nlines", "carriage\rreturn", "nothing\u0000", "deleted\u007f"])("has no room for %j", (text) => {
    expect(() => settingText({ ...setting, variables: { NAME: text } })).toThrow(
      "the value of variable.NAME has a line break",
    )
  })

  it("has no room for a name that is a line of its own", () => {
    expect(() => settingText({ ...setting, variables: { "A=1\nref": "evil" } })).toThrow("cannot be a key")
  })

  it.each(["two\nlines", "x\u0000"])("has no command of %j", (halt) => {
    expect(() => settingText({ ...setting, commands: { halt } })).toThrow("the value of command.halt has a line break")
  })

  it("fits into a parameter", () => {
    for (const system of systems) {
      const { repository, health, trading } = systemFacts[system]
      const text = settingText({
        ...setting,
        repository,
        health,
        trading,
        ...variablesOf({ system, ...known }),
      })
      expect(Buffer.byteLength(text)).toBeLessThan(4096)
    }
  })
})

const known = {
  limits: defaultLimits,
  databaseHost: "smart0dte-poc.abcdefghijkl.us-east-1.rds.amazonaws.com",
  databasePort: 5432,
  cacheHost: "master.smart0dte-poc.abcdef.use1.cache.amazonaws.com",
  cachePort: 6379,
}

describe("the variables of a mode", () => {
  it("say the same of paper in every name", () => {
    expect(modes.map((mode) => modeVariables(mode))).toEqual([
      {
        TRADING_MODE: "development",
        ENVIRONMENT: "development",
        PAPER_TRADING: "true",
        IBKR_PAPER_TRADING: "true",
        ENABLE_PAPER_TRADING: "true",
        ENABLE_LIVE_TRADING: "false",
        LOG_LEVEL: "debug",
        API_RATE_LIMITS: "relaxed",
      },
      {
        TRADING_MODE: "testing",
        ENVIRONMENT: "testing",
        PAPER_TRADING: "true",
        IBKR_PAPER_TRADING: "true",
        ENABLE_PAPER_TRADING: "true",
        ENABLE_LIVE_TRADING: "false",
        LOG_LEVEL: "info",
        API_RATE_LIMITS: "production",
      },
      {
        TRADING_MODE: "production",
        ENVIRONMENT: "production",
        PAPER_TRADING: "false",
        IBKR_PAPER_TRADING: "false",
        ENABLE_PAPER_TRADING: "false",
        ENABLE_LIVE_TRADING: "true",
        LOG_LEVEL: "warning",
        API_RATE_LIMITS: "production",
      },
    ])
  })

  it("name one gateway, and to those alone that trade", () => {
    const { modes: told, variables, serviceVariables } = variablesOf({ system: "mag7-7dte", ...known })
    expect(told.development.serviceVariables).toEqual({
      backend: { IBKR_HOST: "gateway-paper", IBKR_PORT: "4004", IBKR_CLIENT_ID: "2" },
    })
    expect(told.testing.serviceVariables).toEqual(told.development.serviceVariables)
    expect(told.live.serviceVariables).toEqual({
      backend: { IBKR_HOST: "gateway-live", IBKR_PORT: "4003", IBKR_CLIENT_ID: "2" },
    })
    for (const all of [variables, ...modes.map((mode) => told[mode].variables)])
      expect(all).not.toHaveProperty("IBKR_HOST")
    expect(serviceVariables).toEqual({})
  })

  it("name the gateway's ports as they are said, each for its own kind", () => {
    const ports = { livePort: 5001, paperPort: 5002 }
    const { modes: told } = variablesOf({ system: "smart-0dte", ...known, ports })
    expect(modes.map((mode) => told[mode].serviceVariables.backend?.IBKR_PORT)).toEqual(["5002", "5002", "5001"])
  })

  it("give every service that trades a number of its own, of whichever system it is", () => {
    const numbers = systems.flatMap((system) => {
      const { live } = variablesOf({ system, ...known, trading: ["a", "b", "c"] }).modes
      return ["a", "b", "c"].map((service) => live.serviceVariables[service]?.IBKR_CLIENT_ID)
    })
    expect(new Set(numbers).size).toBe(6)
  })

  it("give real keys of those who sell data from testing on", () => {
    const { modes: told, variables } = variablesOf({ system: "smart-0dte", ...known })
    expect(modes.map((mode) => told[mode].variables.POLYGON_API_KEY)).toEqual([
      "demo_key",
      "{secret:smart-0dte/keys#POLYGON_API_KEY}",
      "{secret:smart-0dte/keys#POLYGON_API_KEY}",
    ])
    expect(variables).not.toHaveProperty("POLYGON_API_KEY")
  })

  it("give a key that somebody asks for by name in every mode", () => {
    const told = variablesOf({ system: "smart-0dte", ...known, secrets: ["POLYGON_API_KEY"] })
    expect(told.variables.POLYGON_API_KEY).toBe("{secret:smart-0dte/keys#POLYGON_API_KEY}")
    for (const mode of modes) expect(told.modes[mode].variables).not.toHaveProperty("POLYGON_API_KEY")
  })

  it("carry no secret, only where it is", () => {
    const { variables } = variablesOf({ system: "smart-0dte", ...known })
    expect(variables).toMatchObject({
      DATABASE_URL: `postgresql://smart_0dte:{secret:smart-0dte/generated#DATABASE_PASSWORD}@${known.databaseHost}:5432/smart_0dte?ssl=require`,
      REDIS_URL: `rediss://smart-0dte:{secret:smart-0dte/generated#CACHE_PASSWORD}@${known.cacheHost}:6379/0`,
      INFLUXDB_TOKEN: "{influx:smart-0dte}",
      JWT_SECRET_KEY: "{secret:smart-0dte/generated#JWT_SECRET_KEY}",
      SMTP_PASSWORD: "{secret:smart-0dte/keys#SMTP_PASSWORD}",
      DAILY_LOSS_LIMIT: "1000",
      MAX_POSITIONS_PER_USER: "10",
      DEFAULT_POSITION_SIZE: "5000",
    })
  })
})
