import { CreateSecretCommand, GetSecretValueCommand } from "@aws-sdk/client-secrets-manager"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { lineTag } from "../../src/aws/secrets/line-tags.ts"
import { run as runMain } from "../../src/main.ts"
import { type Sandboxed, sandboxed } from "../aws/sandboxed.ts"
import { recorded } from "../nodes/said.ts"
import { type World, world } from "./small-world.ts"

let at: World
let aws: Sandboxed
beforeEach(async () => {
  aws = await sandboxed()
  at = world()
  at.aws = await aws.open()
  at.records.push("poc")
  await keep("smart-0dte/keys", "JWT_SECRET_KEY=canary-one\nPOLYGON_API_KEY=unset\n", [
    lineTag("JWT_SECRET_KEY", new Date(Date.now() - 3 * 86_400_000)),
    lineTag("POLYGON_API_KEY", undefined),
  ])
  await keep("database/mag7-7dte", "password=canary-two\n", [lineTag("password", new Date())])
})
afterEach(() => aws.close())

const keep = (name: string, SecretString: string, Tags: { Key: string; Value: string }[]) =>
  at.aws?.secrets.send(new CreateSecretCommand({ Name: `smart0dte/poc/${name}`, SecretString, Tags }))

const kept = async () =>
  (await at.aws?.secrets.send(new GetSecretValueCommand({ SecretId: "smart0dte/poc/smart-0dte/keys" })))?.SecretString

const all = () => at.said.out + at.said.err

describe("secrets set", () => {
  it.each(["canary-three\n", "canary-three\r\n", "canary-three"])("takes what is piped in: %j", async (piped) => {
    at.piped = piped
    expect(await at.run("secrets set smart-0dte POLYGON_API_KEY")).toBe(0)
    expect(await kept()).toBe("JWT_SECRET_KEY=canary-one\nPOLYGON_API_KEY=canary-three\n")
    expect(all()).toContain("POLYGON_API_KEY of smart-0dte is set in poc")
    expect(all()).toContain("next: smart0dte restart smart-0dte --env poc")
    expect(all()).not.toContain("canary")
    expect(at.journal).toEqual(["lock poc to set POLYGON_API_KEY of smart-0dte", "release", "close"])
  })

  it.each([
    ["broker-paper", "gateway restart smart-0dte"],
    ["broker-live", "switch-mode live --dry-run"],
  ])("takes the login of %s, which is no system's", async (broker, next) => {
    const unset = ["IBKR_PASSWORD", "IBKR_USERNAME"].map((line) => lineTag(line, undefined))
    await keep(`${broker}/keys`, "IBKR_PASSWORD=unset\nIBKR_USERNAME=unset\n", unset)
    at.piped = "canary-five\n"
    expect(await at.run(`secrets set ${broker} IBKR_PASSWORD`)).toBe(0)
    const { SecretString } =
      (await at.aws?.secrets.send(new GetSecretValueCommand({ SecretId: `smart0dte/poc/${broker}/keys` }))) ?? {}
    expect(SecretString).toBe("IBKR_PASSWORD=canary-five\nIBKR_USERNAME=unset\n")
    expect(all()).toContain(`next: smart0dte ${next} --env poc`)
    expect(all()).not.toContain("canary")
    expect(await at.run(`secrets set ${broker} POLYGON_API_KEY`)).toBe(2)
    expect(await at.run(`secrets list --system ${broker}`)).toBe(0)
    expect(all()).toContain("IBKR_USERNAME")
  })

  it("looks again when nobody else can go live any more, and keeps what was there", async () => {
    at.piped = "canary-three\n"
    await at.run("sandbox")
    let looks = 0
    const { app } = at
    const record = {
      schema: 1,
      scope: "poc",
      epoch: 1,
      at: "",
      by: "",
      run: "",
      systems: { "smart-0dte": recorded({ mode: "live" }) },
    } as const
    const trading = async () => (looks++ === 0 ? undefined : { record, etag: "1" })
    const own: typeof app = { ...app, account: async (config) => ({ ...(await app.account(config)), trading }) }
    expect(await runMain(own, ["secrets", "set", "smart-0dte", "POLYGON_API_KEY"])).toBe(3)
    expect(await kept()).toContain("POLYGON_API_KEY=unset")
  })

  it("asks at a terminal, and does nothing where nothing is typed", async () => {
    at.terminal.interactive = true
    at.answers.push("canary-four", "")
    expect(await at.run("secrets set smart-0dte POLYGON_API_KEY")).toBe(0)
    expect(at.asked).toEqual(["the value of POLYGON_API_KEY of smart-0dte in poc"])
    expect(await kept()).toContain("POLYGON_API_KEY=canary-four\n")
    expect(await at.run("secrets set smart-0dte POLYGON_API_KEY")).toBe(3)
    expect(await kept()).toContain("POLYGON_API_KEY=canary-four\n")
  })

  it.each([undefined, "", "\n", "two\nlines\n"])("exits with 2 where %j is piped in", async (piped) => {
    at.piped = piped
    expect(await at.run("secrets set smart-0dte POLYGON_API_KEY")).toBe(2)
    expect(await kept()).toContain("POLYGON_API_KEY=unset")
    expect(all()).not.toContain("lines\n")
  })

  it("names what was probably meant, without asking for a value first", async () => {
    at.terminal.interactive = true
    expect(await at.run("secrets set smart-0dte POLYGON_KEY")).toBe(2)
    expect(at.said.err).toContain("did you mean POLYGON_API_KEY? there are: JWT_SECRET_KEY, POLYGON_API_KEY")
    expect(at.asked).toEqual([])
  })

  it("says that a system was never deployed", async () => {
    at.piped = "x"
    expect(await at.run("secrets set mag7-7dte POLYGON_API_KEY")).toBe(1)
    expect(at.said.err).toContain("there are no secrets of mag7-7dte here yet")
  })

  it("takes no value as an argument", async () => {
    expect(await at.run("secrets set smart-0dte POLYGON_API_KEY canary-five")).toBe(2)
    expect(await kept()).toContain("POLYGON_API_KEY=unset")
  })
})

describe("secrets list", () => {
  it("shows names and ages, what is unset, and no value", async () => {
    expect(await at.run("secrets list")).toBe(0)
    expect(at.said.out).toContain("smart-0dte/keys JWT_SECRET_KEY   set 3 days ago")
    expect(at.said.out).toContain("smart-0dte/keys POLYGON_API_KEY  unset")
    expect(at.said.out).toContain("database/mag7-7dte password      set today")
    expect(at.said.out).toContain("3 secrets, 1 unset")
    expect(at.said.out).toContain("next: smart0dte secrets set smart-0dte POLYGON_API_KEY")
    expect(all()).not.toContain("canary")
    expect(aws.asked("secretsmanager:GetSecretValue")).toBe(0)
  })

  it("counts from the clock of the one who set it, and never backwards", async () => {
    await keep("influx/smart-0dte", "token=canary-six\n", [lineTag("token", new Date(Date.now() + 3_600_000))])
    await at.run("secrets list")
    expect(at.said.out).toMatch(/influx\/smart-0dte token +set today/)
  })

  it("is lines for programs, of one system if that is asked", async () => {
    expect(await at.run("secrets list --system mag7-7dte --output json")).toBe(0)
    expect(at.lines().slice(1)).toEqual([
      expect.objectContaining({
        type: "secret",
        secret: "database/mag7-7dte",
        name: "password",
        set: true,
        ageDays: 0,
      }),
      expect.objectContaining({ type: "summary", secrets: 1, unset: 0, next: [] }),
    ])
  })
})
