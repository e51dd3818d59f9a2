import { describe, expect, it } from "vitest"
import { secretsOf } from "../../src/blueprints/secrets.ts"
import { systemFacts, systems } from "../../src/nodes/systems.ts"

const linesOf = (name: string, wish: Parameters<typeof secretsOf>[0] = { scope: "poc", systems: {} }) => {
  const found = secretsOf(wish).steps.find((step) => step.name === name)
  if (!found) throw new Error(`there is no ${name}`)
  return found.spec.lines
}

describe("the secrets of an environment", () => {
  it("are few, for each costs by itself", () => {
    const { steps } = secretsOf({ scope: "poc", systems: {} })
    expect(steps.map(({ spec }) => spec.secretName)).toEqual([
      "smart0dte/poc/smart-0dte/keys",
      "smart0dte/poc/mag7-7dte/keys",
      "smart0dte/poc/smart-0dte/generated",
      "smart0dte/poc/mag7-7dte/generated",
      "smart0dte/poc/node/generated",
      "smart0dte/poc/broker-paper/keys",
      "smart0dte/poc/broker-live/keys",
    ])
  })

  it.each(systems)("have a line for each that %s is known to want, and for what the config adds", (system) => {
    const { dataKeys, secrets } = systemFacts[system]
    const all = [...linesOf(`${system}/keys`), ...linesOf(`${system}/generated`)]
    expect(all).toEqual(expect.arrayContaining([...dataKeys, ...secrets, "GIT_TOKEN"]))
    expect(all.filter((line) => line.startsWith("IBKR"))).toEqual([])
    expect(new Set(all).size).toBe(all.length)
    const more = linesOf(`${system}/keys`, { scope: "poc", systems: { [system]: { secrets: ["TELEGRAM_TOKEN"] } } })
    expect(more).toContain("TELEGRAM_TOKEN")
  })

  it("leave to nobody what is made by chance", () => {
    expect(linesOf("smart-0dte/generated")).toEqual(["CACHE_PASSWORD", "DATABASE_PASSWORD", "JWT_SECRET_KEY"])
    expect(linesOf("node/generated")).toEqual([
      "GATEWAY_SCREEN_PASSWORD",
      "INFLUXDB_ADMIN_PASSWORD",
      "INFLUXDB_ADMIN_TOKEN",
    ])
    const wish = { scope: "poc", systems: { "smart-0dte": { secrets: ["JWT_SECRET_KEY"] } } }
    expect(linesOf("smart-0dte/keys", wish)).not.toContain("JWT_SECRET_KEY")
  })

  it.each(["broker-paper", "broker-live"])("keep the login of %s apart from what others may read", (broker) => {
    expect(linesOf(`${broker}/keys`)).toEqual(["IBKR_PASSWORD", "IBKR_USERNAME"])
  })

  it("are those of the systems that are enabled", () => {
    const { keys, generated } = secretsOf({ scope: "poc", systems: { "mag7-7dte": { enabled: false } } })
    expect([...keys.keys()]).toEqual(["smart-0dte"])
    expect([...generated.keys()]).toEqual(["smart-0dte"])
  })
})
