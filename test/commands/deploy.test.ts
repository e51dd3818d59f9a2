import { beforeEach, describe, expect, it } from "vitest"
import { kindOf, thing } from "../engine/cloud.ts"
import { house, roof, vault, type World, wall, world } from "./small-world.ts"

const system = kindOf("system")
const alarm = kindOf("alarm")

let at: World
beforeEach(() => {
  at = world()
})

const changes = () => at.cloud.calls.filter((call) => !call.startsWith("list"))

describe("deploy", () => {
  it("shows the plan with its price, makes it so under the lock, and says what is there", async () => {
    expect(await at.run("deploy single --yes")).toBe(0)
    expect(changes()).toEqual(["create wall/main", "create roof/main"])
    expect(at.journal).toEqual(["lock poc to deploy poc", "release", "close"])
    expect(at.said.out).toContain("+ create wall/main")
    expect(at.said.out).toMatch(/a month +\d+\.\d\d USD \(\+/)
    expect(at.said.out).toContain("deployed poc in account 123456789012, us-east-1: 2 steps")
    expect(at.said.err).toContain("created wall/main")
  })

  it("says apart when both systems were usable and when all was complete", async () => {
    const built = () => {
      const systems = ["smart-0dte", "mag7-7dte"].map((name) => thing(system, { name }))
      return [...systems, thing(alarm, { name: "heartbeat", on: systems as never })]
    }
    at.cloud.slow.set("system", 60)
    at.cloud.slow.set("alarm", 200)
    at.steps = built()
    expect(await at.run("deploy single --yes")).toBe(0)
    expect(at.said.out.replaceAll(/\s+/g, " ")).toMatch(/3 steps, usable in 1 min( \d+ s)?, complete in 4 min/)
    at.cloud.things.clear()
    at.said.out = ""
    expect(await at.run("deploy single --yes --output json")).toBe(0)
    const applied = at.lines().find(({ type }) => type === "applied")
    expect(applied?.usableSeconds).toBeLessThan(100)
    expect(applied?.seconds).toBeGreaterThan(250)
  })

  it("calls nothing usable when a system is not well", async () => {
    at.steps = ["smart-0dte", "mag7-7dte"].map((name) => thing(system, { name }))
    at.cloud.refuse.set("system/mag7-7dte", new Error("its web is not well"))
    expect(await at.run("deploy single --yes --output json")).toBe(7)
    const applied = at.lines().find(({ type }) => type === "applied")
    expect(applied).toMatchObject({ outcome: "partly", done: 1 })
    expect(applied).not.toHaveProperty("usableSeconds")
  })

  it("has nothing to do the second time, and takes no lock for it", async () => {
    await at.run("deploy single --yes")
    at.journal.length = 0
    at.said.out = ""
    expect(await at.run("deploy single")).toBe(0)
    expect(at.said.out).toContain("nothing to do: poc")
    expect(at.journal).toEqual(["close"])
  })

  it("exits with 2 and names --yes where nobody can be asked", async () => {
    expect(await at.run("deploy single")).toBe(2)
    expect(at.said.err).toContain("hint: read the plan, then say yes in advance with --yes")
    expect(changes()).toEqual([])
  })

  it("asks at a terminal, and a no is exit 3 with nothing changed", async () => {
    at.terminal.interactive = true
    at.answers.push(false)
    expect(await at.run("deploy single")).toBe(3)
    expect(at.asked).toEqual(["deploy poc?"])
    expect(changes()).toEqual([])
    at.answers.push(true)
    expect(await at.run("deploy single")).toBe(0)
  })

  it("makes the bucket for locks before it takes the lock", async () => {
    at.bucket = false
    expect(await at.run("deploy single --yes")).toBe(0)
    expect(changes()[0]).toBe("create bucket/state")
    // By the plan, under the lock, and in the end: the bucket does not want to know what else there is.
    expect(at.cloud.calls.filter((call) => call === "list vault")).toHaveLength(3)
  })

  it("says that it ended partly when something failed, and goes on from there", async () => {
    at.cloud.refuse.set("roof/main", new Error("the sky is too low"))
    expect(await at.run("deploy single --yes")).toBe(7)
    expect(at.said.out).toContain("failed roof/main: the sky is too low")
    expect(at.said.out).toContain("next: run the same command again")
    at.cloud.refuse.clear()
    expect(await at.run("deploy single --yes")).toBe(0)
  })

  /** Between the question and the lock, somebody else makes the wall. */
  function meanwhile(made: { size?: number; color?: string }) {
    const [cloud, glance] = [at.cloud, at.cloud.visible.bind(at.cloud)]
    cloud.visible = (kind) => {
      if (at.journal.length > 0 && glance("wall").every(({ name }) => name !== "main"))
        cloud.add({ kind: "wall", scope: "poc", name: "main", ...made })
      return glance(kind)
    }
  }

  it("refuses when the account is no longer what was confirmed", async () => {
    meanwhile({ size: 2 })
    expect(await at.run("deploy single --yes")).toBe(3)
    expect(at.said.err).toContain("no longer what was confirmed: wall/main (replace instead of create)")
    expect(at.journal).toContain("release")
    expect(changes()).toEqual([])
  })

  it.each([
    ["did", {}, ["create roof/main"]],
    ["left half done", { color: "blue" }, ["update wall/main", "create roof/main"]],
  ])("goes on from what another run %s while it waited for the lock", async (_, made, done) => {
    meanwhile(made)
    expect(await at.run("deploy single --yes")).toBe(0)
    expect(changes()).toEqual(done)
  })

  it("stops at what is not ours", async () => {
    const foreign = { live: { id: "x", size: 1, color: "red", on: [] }, owner: "foreign", phase: "ready" } as const
    at.steps = [thing(wall, { name: "main" }, { read: async () => foreign, create: undefined } as never)]
    expect(await at.run("deploy single --yes")).toBe(3)
    expect(at.said.out).toContain("! blocked wall/main")
    expect(at.journal).toEqual(["close"])
  })

  describe("what is no longer wanted", () => {
    beforeEach(async () => {
      at.steps = [...house(), thing(vault, { name: "old" })]
      await at.run("deploy single --yes")
      at.steps = house()
      at.cloud.calls.length = 0
      at.said.out = ""
    })

    it("stays, and is shown", async () => {
      expect(await at.run("deploy single --yes")).toBe(0)
      expect(at.said.out).toContain("? leftover vault/old")
      expect(changes()).toEqual([])
    })

    it("wants the environment's name to be removed", async () => {
      expect(await at.run("deploy single --yes --prune")).toBe(2)
      expect(at.said.err).toContain("--confirm=poc")
      expect(await at.run("deploy single --yes --prune --confirm=prod")).toBe(3)
      expect(changes()).toEqual([])
      expect(await at.run("deploy single --yes --prune --confirm=poc")).toBe(0)
      expect(changes()).toEqual(["destroy vault/old"])
      expect(at.cloud.visible("roof")).toHaveLength(1)
      expect(roof.name).toBe("roof")
    })
  })
})
