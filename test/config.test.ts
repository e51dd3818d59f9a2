import { describe, expect, test } from "vitest"
import { resolveConfig, resolveOptions } from "../src/config.ts"
import { Usage } from "../src/errors.ts"

const file = (text: string, path = "smart0dte.yaml") => ({ path, text })

const failureOf = async (work: () => unknown): Promise<Usage> => {
  try {
    await work()
  } catch (error) {
    if (error instanceof Usage) return error
    throw error
  }
  throw new Error("it was accepted")
}

describe("precedence", () => {
  test("a flag wins over a variable, that over the file, that over the default", async () => {
    const text = "region: us-west-1\negress: public-ip\ndiskGb: 200\n"
    const env = { SMART0DTE_REGION: "us-west-2", SMART0DTE_EGRESS: "nat" }
    const settings = await resolveConfig({ flags: { region: "eu-west-1" }, env, file: file(text) })
    expect(settings).toEqual({
      region: "eu-west-1",
      egress: "nat",
      diskGb: 200,
      loadBalancer: true,
      vpcCidr: "10.20.0.0/16",
      databaseMajor: 15,
      databaseClass: "db.t3.small",
      databaseGb: 50,
      cacheEngine: "valkey",
      cacheType: "cache.t3.micro",
      email: [],
      sms: [],
      webhook: [],
      logDays: 30,
      systems: {},
      gateway: { livePort: 4003, paperPort: 4004 },
      bootstrap: { with: [], without: [], contacts: {} },
      billing: {},
      live: { approval: "optional" },
      instanceType: "t3.xlarge",
      flowLogs: false,
    })
  })

  test("a variable that is empty is one that is not set", async () => {
    expect((await resolveConfig({ flags: {}, env: { SMART0DTE_REGION: "" } })).region).toBe("us-east-1")
  })

  test("what is overridden must be good all the same", async () => {
    const failure = await failureOf(() =>
      resolveConfig({ flags: { egress: "nat" }, env: {}, file: file("egress: natt") }),
    )
    expect(failure.message).toBe("smart0dte.yaml:1:9: egress is natt")
  })
})

describe("flags and variables", () => {
  test("are read as the file's values would be", async () => {
    const env = {
      SMART0DTE_ALLOWED_CIDRS: "203.0.113.9, 198.51.100.0/24",
      SMART0DTE_FLOW_LOGS: "1",
      SMART0DTE_DISK_GB: "50",
      SMART0DTE_ACCOUNT: "012345678901",
    }
    expect(await resolveConfig({ flags: {}, env })).toMatchObject({
      allowedCidrs: ["203.0.113.9/32", "198.51.100.0/24"],
      flowLogs: true,
      diskGb: 50,
      account: "012345678901",
    })
  })

  test("a repeated flag adds up", async () => {
    const flags = { allowedCidrs: ["203.0.113.9", "198.51.100.0/24,203.0.113.9"] }
    expect((await resolveConfig({ flags, env: {} })).allowedCidrs).toEqual(["203.0.113.9/32", "198.51.100.0/24"])
  })

  test.each([
    [{ egress: "natt" }, {}, '--egress is "natt"', "expected nat or public-ip; did you mean nat?"],
    [{}, { SMART0DTE_REGION: "us-esat-1" }, 'SMART0DTE_REGION is "us-esat-1"', "did you mean us-east-1?"],
    [{}, { SMART0DTE_DISK_GB: "big" }, 'SMART0DTE_DISK_GB is "big"', "from 8 to 16384"],
    [{ flowLogs: "perhaps" }, {}, '--flow-logs is "perhaps"', "expected true or false"],
    [{ allowedCidrs: "0.0.0.0/0" }, {}, '--allowed-cidrs is "0.0.0.0/0"', "nothing is open to the world"],
  ])("a bad one is named as its author knows it: %j %j", async (flags, env, message, hint) => {
    const failure = await failureOf(() => resolveConfig({ flags, env }))
    expect(failure.message).toBe(message)
    expect(failure.hint).toContain(hint)
    expect(failure.exitCode).toBe(2)
  })
})

describe("the public key's path", () => {
  test.each([
    [{ publicKey: "~/.ssh/id.pub" }, undefined, "/home/me/.ssh/id.pub"],
    [{ publicKey: "id.pub" }, undefined, "id.pub"],
    [{}, file("publicKey: keys/id.pub", "team/smart0dte.yaml"), "team/keys/id.pub"],
    [{}, file("publicKey: /etc/id.pub", "team/smart0dte.yaml"), "/etc/id.pub"],
    [{}, file("publicKey: ~/id.pub", "team/smart0dte.yaml"), "/home/me/id.pub"],
  ])("%j %j", async (flags, from, path) => {
    expect((await resolveConfig({ flags, env: { HOME: "/home/me" }, file: from })).publicKey).toBe(path)
  })

  test("~ without a home folder is refused", async () => {
    expect((await failureOf(() => resolveConfig({ flags: { publicKey: "~/a" }, env: {} }))).message).toContain("~/a")
  })
})

describe("options", () => {
  test("have defaults, and come from flags and variables", async () => {
    expect(resolveOptions({ flags: {}, env: {} })).toEqual({ output: "text", lockTimeout: 120, sandbox: false })
    const env = { SMART0DTE_SANDBOX: "1", SMART0DTE_SANDBOX_SPEED: "0.5", SMART0DTE_LOCK_TIMEOUT: "0" }
    expect(resolveOptions({ flags: { output: "json" }, env })).toEqual({
      output: "json",
      lockTimeout: 0,
      sandbox: true,
      sandboxSpeed: 0.5,
    })
  })

  test.each(["0", "-1", "fast"])("a speed of %s is refused", async (speed) => {
    const failure = await failureOf(() => resolveOptions({ flags: {}, env: { SMART0DTE_SANDBOX_SPEED: speed } }))
    expect(failure.hint).toBe("expected a number greater than 0")
  })
})
