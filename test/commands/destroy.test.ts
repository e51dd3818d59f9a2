import { beforeEach, describe, expect, it } from "vitest"
import { thing } from "../engine/cloud.ts"
import { house, vault, type World, world } from "./small-world.ts"

let at: World
beforeEach(async () => {
  at = world()
  at.steps = [...house(), thing(vault, { name: "gold" })]
  await at.run("deploy single --yes")
  at.cloud.calls.length = 0
  at.journal.length = 0
  at.said.out = ""
  at.said.err = ""
})

const changes = () => at.cloud.calls.filter((call) => !call.startsWith("list"))

describe("destroy", () => {
  it("takes down what stands on something before it, under the lock, and says what remains", async () => {
    expect(await at.run("destroy single --confirm=poc")).toBe(0)
    expect(changes().indexOf("destroy roof/main")).toBeLessThan(changes().indexOf("destroy wall/main"))
    expect(changes()).toHaveLength(3)
    expect(at.journal).toEqual(["lock poc to destroy poc", "release", "close"])
    expect(at.said.out).toContain(
      "what remains:\n  vault/gold: its copies, 1 USD a month\n  bucket/state: 1 cent a month\n",
    )
    expect(at.said.out).toContain("destroyed poc in account 123456789012, us-east-1: 3 steps")
  })

  it("says what was kept on request and stays as well", async () => {
    at.kept.push("backup/database: the snapshot x, 4.75 USD a month")
    expect(await at.run("destroy single --confirm=poc")).toBe(0)
    expect(at.said.out).toContain(
      "  backup/database: the snapshot x, 4.75 USD a month\n  bucket/state: 1 cent a month\n",
    )
  })

  it("is done where nothing is there, confirmed or not", async () => {
    await at.run("destroy single --confirm=poc")
    expect(await at.run("destroy single")).toBe(0)
    expect(await at.run("destroy single --confirm=poc")).toBe(0)
    expect(at.said.out).toContain("nothing to do: poc")
  })

  it("exits with 2 without a terminal and a name, and with 3 for another name", async () => {
    expect(await at.run("destroy single")).toBe(2)
    expect(at.said.err).toContain("hint: confirm it with --confirm=poc")
    expect(await at.run("destroy single --confirm=prod")).toBe(3)
    expect(await at.run("destroy single --confirm")).toBe(2)
    expect(changes()).toEqual([])
    expect(await at.run("destroy single --confirm=dev,poc")).toBe(0)
  })

  it("knows no --yes", async () => {
    expect(await at.run("destroy single --yes")).toBe(2)
    expect(at.said.err).toContain("error: unknown option '--yes'")
  })

  it("has the name typed at a terminal", async () => {
    at.terminal.interactive = true
    for (const wrong of ["", "prod", "y"]) {
      at.answers.push(wrong)
      expect(await at.run("destroy single")).toBe(3)
    }
    expect(changes()).toEqual([])
    at.answers.push(" poc ")
    expect(await at.run("destroy single")).toBe(0)
    expect(at.asked.at(-1)).toBe("destroying poc: type poc to confirm")
  })

  it("has it typed once more for what would remain", async () => {
    expect(await at.run("destroy single --confirm=poc --purge")).toBe(2)
    expect(at.said.err).toContain("--confirm-purge=poc")
    expect(changes()).toEqual([])
    expect(await at.run("destroy single --confirm=poc --purge --confirm-purge=poc")).toBe(0)
  })

  it("does what can be done and exits with 7", async () => {
    at.cloud.drop = ((drop) => (id: string) => {
      if (id.startsWith("vault")) throw new Error("it is bolted down")
      drop.call(at.cloud, id)
    })(at.cloud.drop)
    expect(await at.run("destroy single --confirm=poc")).toBe(7)
    expect(at.said.out).toContain("failed vault/gold: it is bolted down")
    expect(at.said.out).toContain("destroy of poc in account 123456789012, us-east-1 not complete: 2 done, 1 failed")
  })
})
