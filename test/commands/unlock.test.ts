import { beforeEach, describe, expect, it } from "vitest"
import type { LockReport } from "../../src/aws/state/unlock.ts"
import { type World, world } from "./small-world.ts"

let at: World
beforeEach(() => {
  at = world()
})

const lock = (state: LockReport["state"]): LockReport => ({
  scope: "poc",
  state,
  epoch: 7,
  holder:
    state === "free"
      ? undefined
      : {
          owner: "ada@desk",
          runId: "r",
          what: "deploy poc",
          since: "2026-11-20T10:00:00Z",
          expiresAt: "2026-11-20T10:01:30Z",
        },
  intents: { "vpc/main": { nonce: "n", runId: "r", since: "2026-11-20T10:00:10Z" } },
  at: 0,
})

describe("unlock", () => {
  it("says so where nobody holds it", async () => {
    expect(await at.run("unlock --env poc")).toBe(0)
    expect(at.said.out).toContain("poc is not locked")
    at.lock = lock("free")
    expect(await at.run("unlock --env poc")).toBe(0)
    expect(at.journal).toEqual(["close", "close"])
  })

  it("shows who holds it, since when, doing what, and leaves it to a run that is alive", async () => {
    at.lock = lock("held")
    expect(await at.run("unlock --env poc")).toBe(5)
    expect(at.said.out).toContain("ada@desk")
    expect(at.said.out).toContain("begun       vpc/main")
    expect(at.said.err).toContain("poc is locked by ada@desk (deploy poc) since 2026-11-20T10:00:00Z")
    expect(at.said.err).toContain("smart0dte unlock --env poc --force --epoch 7")
    expect(at.journal).toEqual(["close"])
  })

  it("frees that of a dead run", async () => {
    at.lock = lock("expired")
    expect(await at.run("unlock --env poc")).toBe(0)
    expect(at.journal).toEqual(["break poc of epoch 7", "close"])
  })

  it("takes a living run's only by force, and only that run's", async () => {
    at.lock = lock("held")
    expect(await at.run("unlock --env poc --force")).toBe(2)
    expect(await at.run("unlock --env poc --force --epoch seven")).toBe(2)
    expect(await at.run("unlock --env poc --force --epoch 6")).toBe(3)
    expect(at.journal.filter((line) => line.startsWith("break"))).toEqual([])
    expect(await at.run("unlock --env poc --force --epoch 7")).toBe(0)
    expect(at.journal).toContain("break poc of epoch 7 by force")
  })

  it("finds the environment by its record", async () => {
    at.records.push("poc")
    at.lock = lock("free")
    expect(await at.run("unlock")).toBe(0)
    expect(at.said.out).toContain("poc is not locked")
  })
})
