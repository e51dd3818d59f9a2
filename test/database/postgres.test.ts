import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { nodeSettingText } from "../../src/nodes/setting.ts"
import { type System, systemFacts } from "../../src/nodes/systems.ts"
import { defaultLimits, variablesOf } from "../../src/nodes/variables.ts"
import { type Node, nodeIn } from "./node.ts"
import { type Asker, masterPassword, type Postgres, startPostgres } from "./postgres.ts"
import { asApplication } from "./python.ts"
import { yard } from "./servers.ts"

const systems: readonly System[] = ["smart-0dte", "mag7-7dte"]
const passwordOf = (system: System, edition = "") => `canary${system.replaceAll("-", "")}${edition}0123456789`
const secretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!db-1-abcdef"

describe("PostgreSQL, as the node makes it", () => {
  let on: Awaited<ReturnType<typeof yard>>
  let postgres: Postgres
  let node: Node
  beforeAll(async () => {
    on = await yard()
    postgres = await startPostgres(on)
    node = await nodeIn(join(on.folder, "node"), on.authority)
    const databases = Object.fromEntries(systems.map((system) => [system, systemFacts[system].database]))
    const text = nodeSettingText({
      databases,
      databaseHost: "localhost",
      databasePort: postgres.port,
      masterSecret: secretArn,
      influxVolume: "",
    })
    await node.putParameter("settings/data", text)
    await node.putSecret(secretArn, JSON.stringify({ username: "postgres", password: masterPassword }))
    for (const system of systems)
      await node.putSecret(`smart0dte/poc/${system}/generated`, `DATABASE_PASSWORD=${passwordOf(system)}\n`)
  })
  afterAll(() => on.close())

  const asSystem = (system: System, more: Partial<Asker> = {}): Asker => ({
    user: systemFacts[system].database,
    password: passwordOf(system),
    database: systemFacts[system].database,
    sslmode: "require",
    ...more,
  })
  const other = (system: System): System => (system === "smart-0dte" ? "mag7-7dte" : "smart-0dte")

  it.each(["makes all that is wanted", "and makes it again, as if it had not been there"])("%s", async () => {
    const { exitCode, said, report } = await node.makeDatabases()
    expect({ exitCode, said }).toMatchObject({ exitCode: 0 })
    expect(report).toMatchObject({ phase: "ready", databases: "mag7_7dte smart_0dte" })
  })

  it.each(systems)("gives %s a database of its own with its three schemas", async (system) => {
    const schemas = "select nspname from pg_namespace where pg_get_userbyid(nspowner) = current_user order by 1"
    expect(await postgres.ask(asSystem(system), schemas)).toBe("analytics\nreporting\ntrading")
    const owner = "select pg_get_userbyid(datdba) from pg_database where datname = current_database()"
    expect(await postgres.ask(asSystem(system), owner)).toBe(systemFacts[system].database)
    expect(
      await postgres.ask(
        asSystem(system),
        "select rolsuper or rolcreaterole or rolcreatedb from pg_roles where rolname = current_user",
      ),
    ).toBe("f")
  })

  it.each(systems)(
    "refuses %s in the other's database, and in the master's nothing but looking around",
    async (system) => {
      const { database } = systemFacts[other(system)]
      expect(await postgres.ask(asSystem(system, { database }), "select 1")).toMatch(
        new RegExp(`refused: .*permission denied for database "${database}"`, "s"),
      )
      expect(await postgres.ask(asSystem(system, { database: "postgres" }), "create schema mine")).toMatch(
        /refused: .*permission denied/s,
      )
    },
  )

  it("refuses whoever has no password, another's, or no TLS", async () => {
    const password = passwordOf("mag7-7dte")
    expect(await postgres.ask(asSystem("smart-0dte", { password }), "select 1")).toMatch(
      /password authentication failed/,
    )
    expect(await postgres.ask(asSystem("smart-0dte", { sslmode: "disable" }), "select 1")).toMatch(/no encryption/)
  })

  it("is believed by its certificate, and not by another's", async () => {
    const verified = { sslmode: "verify-full" } as const
    const ours = { ...verified, authority: on.authority }
    expect(await postgres.ask(asSystem("smart-0dte", ours), "select 1")).toBe("1")
    const anothers = { ...verified, authority: join(on.folder, "another.pem") }
    expect(await postgres.ask(asSystem("smart-0dte", anothers), "select 1")).toMatch(/certificate verify failed/)
  })

  it.each(systems)("is reached by %s with the URL that it is given, by its own driver", async (system) => {
    const { variables } = variablesOf({
      system,
      limits: defaultLimits,
      databaseHost: "localhost",
      databasePort: postgres.port,
      cacheHost: "localhost",
      cachePort: 1,
    })
    const url =
      variables.DATABASE_URL?.replace(`{secret:${system}/generated#DATABASE_PASSWORD}`, passwordOf(system)) ?? ""
    const { database } = systemFacts[system]
    expect(await asApplication("database", url)).toBe(`${database} ${database} over TLS`)
    expect(await asApplication("database", url.replace("ssl=require", "ssl=disable"))).toMatch(/no encryption/)
  })

  it("takes a new password, and keeps what is there", async () => {
    await node.putSecret("smart0dte/poc/smart-0dte/generated", `DATABASE_PASSWORD=${passwordOf("smart-0dte", "new")}\n`)
    expect((await node.makeDatabases()).exitCode).toBe(0)
    const renewed = asSystem("smart-0dte", { password: passwordOf("smart-0dte", "new") })
    expect(await postgres.ask(renewed, "select count(*) from trading.orders")).toBe("1")
    expect(await postgres.ask(asSystem("smart-0dte"), "select 1")).toMatch(/password authentication failed/)
  })

  it("says why where a secret is no password, and makes no role with it", async () => {
    await node.putSecret("smart0dte/poc/smart-0dte/generated", "DATABASE_PASSWORD=unset\n")
    const { exitCode, report } = await node.makeDatabases()
    expect(exitCode).toBe(1)
    expect(report).toMatchObject({
      phase: "failed",
      why: expect.stringContaining("DATABASE_PASSWORD in smart0dte/poc/smart-0dte/generated is not 16 or more"),
    })
  })

  it("shows no password in the arguments of any process", async () => {
    const seen = await node.argumentsSeen()
    expect(seen).toContain("ON_ERROR_STOP")
    expect(seen).not.toContain("canary")
    expect(seen).not.toContain(masterPassword)
  })
})
