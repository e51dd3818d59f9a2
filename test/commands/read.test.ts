import { beforeEach, describe, expect, it } from "vitest"
import { openAccount } from "../../src/app/open-account.ts"
import type { Sandbox } from "../../src/app/sandbox.ts"
import type { App } from "../../src/app.ts"
import { siteFor } from "../../src/commands/site.ts"
import { NoAccess } from "../../src/errors.ts"
import { run } from "../../src/main.ts"
import { inProcess } from "../../src/sandbox/in-process.ts"
import { services } from "../../src/sandbox/services/index.ts"
import { thing } from "../engine/cloud.ts"
import { house, roof, type World, wall, world } from "./small-world.ts"

let at: World
beforeEach(async () => {
  at = world()
})

/** A house that was deployed, by a run that remembers it. */
async function deployed(): Promise<void> {
  at.remembers = house()
  expect(await at.run("deploy single --yes")).toBe(0)
  at.records.push("poc")
  at.said.out = ""
  at.said.err = ""
}

const wallId = () => at.cloud.visible("wall")[0]?.id ?? ""

describe("plan", () => {
  it("changes nothing, takes no lock, and exits with 4 only when it is asked to", async () => {
    expect(await at.run("plan single")).toBe(0)
    expect(await at.run("plan single --detailed-exitcode")).toBe(4)
    expect(at.cloud.calls.every((call) => call.startsWith("list"))).toBe(true)
    expect(at.journal).toEqual(["close", "close"])
    await deployed()
    expect(await at.run("plan single --detailed-exitcode")).toBe(0)
  })

  it("ends with its summary, as lines that a program can read", async () => {
    await at.run("plan single --output json")
    const lines = at.lines()
    expect(lines[0]).toEqual({ schema: "smart0dte/1", command: "plan", version: "1.2.3", sandbox: false })
    expect(lines.slice(1, -1).map(({ type, step, action }) => [type, step, action])).toEqual([
      ["row", "wall/main", "create"],
      ["row", "roof/main", "create"],
    ])
    expect(lines.at(-1)).toMatchObject({
      type: "summary",
      environment: "poc",
      account: "123456789012",
      region: "us-east-1",
      monthlyUsd: 121.47,
      monthlyUsdNow: 0,
      create: 2,
      update: 0,
      replace: 0,
      destroy: 0,
      same: 0,
      apiCalls: 3,
      sandbox: false,
    })
  })

  it("shows each field as it is and as it is wanted, and what is replaced beneath it", async () => {
    await deployed()
    const main = thing(wall, { name: "main", color: "blue", size: 2 })
    at.steps = [main, thing(roof, { name: "main", on: [main as never] })]
    await at.run("plan single")
    expect(at.said.out).toMatch(/-\/\+ replace wall\/main .*\+121\.47 USD/)
    expect(at.said.out).toContain("      size: 1 -> 2")
    expect(at.said.out).toContain("      color: red -> blue")
    expect(at.said.out).toMatch(/a month +242\.94 USD \(\+121\.47 USD\)/)
    expect(at.said.out).toContain("because wall/main is replaced")
  })

  it.each([
    ["all are answered", 0],
    ["some had to be sent again", 7],
  ])(
    "--debug says how many calls were made, as the sandbox itself counted them, where %s",
    { timeout: 60_000 },
    async (_, throttled) => {
      const sandbox = await inProcess({ services: services(), speed: 1000 })
      sandbox.world.faults.set([{ name: "throttle", operation: "ec2:Describe.*", times: throttled }])
      await at.run("sandbox")
      const attach = { attach: async () => sandbox.connection } as Sandbox
      const app: App = {
        ...at.app,
        site: siteFor,
        account: (config, debug) => openAccount(config, attach, debug),
      }
      expect(await run(app, "plan single --sandbox --debug --allowed-cidrs 203.0.113.9".split(" "))).toBe(0)
      await sandbox.close()
      const requests = sandbox.world.trace.list()
      expect(requests.filter(({ fault }) => fault === "throttle")).toHaveLength(throttled)
      expect(requests.length).toBeGreaterThan(30)
      expect(at.said.err).toMatch(new RegExp(`(^|\\n|\\s)${requests.length} calls to AWS\\n`))
      expect(at.said.out).toContain(`(${requests.length} calls to AWS)`)
    },
  )

  it("says nothing of its calls without --debug", async () => {
    expect(await at.run("plan single")).toBe(0)
    expect(at.said.err).not.toContain("calls")
  })
})

describe("status and outputs", () => {
  it("say how each step stands, with its id", async () => {
    await deployed()
    expect(await at.run("status")).toBe(0)
    expect(at.said.out).toMatch(/wall\/main +ready +wall-\d/)
    expect(at.said.out).toContain("3 steps, all ready; 121.47 USD a month")
    at.cloud.change(wallId(), { fails: "no bricks" })
    at.said.out = ""
    await at.run("status --output json")
    const states = at.lines().flatMap((line) => (line.type === "step" ? [[line.step, line.state]] : []))
    expect(states).toContainEqual(["wall/main", "failed"])
  })

  it("say what is there, whatever a newer wish would make of it", async () => {
    await deployed()
    at.steps = [thing(wall, { name: "main", color: "blue", size: 2 })]
    await at.run("status")
    expect(at.said.out).toMatch(new RegExp(`wall/main +ready +${wallId()}`))
  })

  it("print one value bare", async () => {
    await deployed()
    expect(await at.run("outputs single --name wall")).toBe(0)
    expect(at.said.out).toBe(`${wallId()}\n`)
    expect(await at.run("outputs single --name door")).toBe(1)
    expect(at.said.err).toContain("error: there is no output door\nhint: there are: record, wall, roof\n")
  })

  it("exit with 1 where nothing is deployed, and with 2 where it is not clear what is meant", async () => {
    expect(await at.run("status")).toBe(1)
    expect(at.said.err).toContain("no environment is deployed in account 123456789012, us-east-1")
    at.records.push("dev", "poc")
    expect(await at.run("status")).toBe(2)
    expect(at.said.err).toContain("there are 2 environments here: dev, poc")
    expect(await at.run("status --env stage")).toBe(1)
  })
})

describe("drift", () => {
  it("is what somebody changed, with exit 4", async () => {
    await deployed()
    expect(await at.run("drift")).toBe(0)
    expect(at.said.out).toContain("no drift")
    at.cloud.change(wallId(), { color: "green" })
    at.said.out = ""
    expect(await at.run("drift single")).toBe(4)
    expect(at.said.out).toContain("changed wall/main\n      color: is green, was made red")
    expect(await at.run("deploy single --yes")).toBe(0)
    expect(await at.run("drift single")).toBe(0)
  })

  it("is not what is newly wished", async () => {
    await deployed()
    at.steps = house("blue")
    expect(await at.run("drift")).toBe(0)
    expect(at.said.out).toContain("no drift; 1 newer wish not deployed yet")
  })

  it("is also what has gone", async () => {
    await deployed()
    at.cloud.things.delete(at.cloud.visible("roof")[0]?.id ?? "")
    expect(await at.run("drift")).toBe(4)
    expect(at.said.out).toContain("gone roof/main")
  })
})

describe("what cannot be read", () => {
  const denied = () =>
    thing(
      wall,
      { name: "main" },
      {
        read: async () => {
          throw new NoAccess("you may not look at walls", { hint: "ask for walls:Describe", requestId: "r-1" })
        },
      },
    )

  it("is told with the exit code of its error, after all that could be read", async () => {
    at.steps = [thing(roof, { name: "other" }), denied()]
    for (const line of ["plan single", "deploy single --yes"]) {
      at.said.err = ""
      expect(await at.run(line)).toBe(6)
      expect(at.said.out).toContain("! blocked wall/main")
      expect(at.said.err).toBe("error: you may not look at walls\nhint: ask for walls:Describe\nAWS request id: r-1\n")
    }
  })

  it("does not keep status from showing the rest", async () => {
    at.records.push("poc")
    at.steps = [denied(), thing(roof, { name: "other" })]
    expect(await at.run("status")).toBe(0)
    expect(at.said.out).toMatch(/wall\/main +unknown/)
    expect(at.said.out).toMatch(/roof\/other +missing/)
  })
})
