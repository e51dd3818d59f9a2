import { beforeEach, describe, expect, it } from "vitest"
import type { Trading } from "../../src/aws/trading/record.ts"
import { UserError } from "../../src/errors.ts"
import { type World, world } from "./small-world.ts"

let at: World
/** The commands that were offered, in their order. */
let offered: readonly string[]
beforeEach(() => {
  at = world()
  at.terminal.interactive = true
})

async function choose(command: string, line = ""): Promise<number> {
  const run = at.run.bind(at)
  at.answers.push(command)
  offered = []
  at.chosen = (choices) => {
    offered = choices.map(({ value }) => value)
  }
  return run(line)
}

const trading = (mode: Trading["mode"]) =>
  ({ record: { systems: { "smart-0dte": { mode } } }, etag: "1" }) as unknown as World["trading"]

describe("smart0dte without a command, at a terminal", () => {
  it("begins an account that has nothing", async () => {
    expect(await choose("")).toBe(0)
    const rest = ["plan single", "deploy single", "deploy single --sandbox", "--help", ""]
    expect(offered).toEqual(["init", "doctor", "bootstrap", ...rest])
    at.records.push("account")
    await choose("")
    expect(offered).toEqual(["init", "doctor", ...rest])
    expect(at.asked[0]).toContain("has no environment yet. What next?")
    expect(at.said.out).toBe("")
  })

  it("runs what is chosen, as if it had been typed", async () => {
    at.records.push("poc")
    expect(await choose("status")).toBe(0)
    expect(at.said.out).toContain("wall/main")
    expect(offered).toContain("drift")
    expect(offered).not.toContain("halt")
    expect(offered).not.toContain("deploy single")
    expect(offered).toContain("bootstrap")
    at.records.push("account")
    await choose("status")
    expect(offered).not.toContain("bootstrap")
  })

  it("has halting first where something is live, or nobody knows", async () => {
    at.records.push("poc")
    at.trading = trading("live")
    await choose("")
    expect(offered[0]).toBe("halt")
    at.trading = trading("testing")
    await choose("")
    expect(offered[0]).toBe("status")
    at.trading = { record: undefined, etag: "" } as unknown as World["trading"]
    Object.defineProperty(at, "trading", {
      get: () => {
        throw new UserError("the record cannot be read")
      },
    })
    await choose("")
    expect(offered[0]).toBe("halt")
  })

  it("names the environment where there are several", async () => {
    at.records.push("poc", "prod")
    await choose("")
    expect(offered[0]).toBe("status --env poc")
  })

  it("offers what needs no account where there is none, and says why", async () => {
    at.refuses = new UserError("there are no AWS credentials")
    await choose("")
    expect(offered).toEqual(["doctor", "deploy single --sandbox", "--help", ""])
    expect(at.asked[0]).toContain("there are no AWS credentials")
  })

  it("stays in the sandbox", async () => {
    at.records.push("poc")
    expect(await choose("status", "--sandbox")).toBe(0)
    expect(at.said.out).toContain("[sandbox]")
    at.records.length = 0
    await choose("", "--sandbox")
    expect(offered).toContain("deploy single")
    expect(offered).not.toContain("deploy single --sandbox")
  })

  it("is help where there is no terminal, and wrong use as ever", async () => {
    at.terminal.interactive = false
    expect(await at.run("")).toBe(2)
    expect(at.asked).toEqual([])
  })
})
