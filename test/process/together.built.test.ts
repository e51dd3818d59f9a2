import { hostname } from "node:os"
import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { lease, type Yard, yard } from "./yard.ts"

const deploy = ["deploy", "single", "--yes"] as const

let at: Yard
beforeEach(async () => {
  at = await yard()
})
afterEach(() => at.close())

describe("two runs at once", () => {
  it("with no patience, the second ends with 5 and names the holder", async () => {
    const first = at.run(...deploy)
    await at.reached(5)
    const second = await at.run(...deploy, "--lock-timeout", "0")
    expect(second.exitCode, second.all).toBe(5)
    expect(second.stderr).toContain(`@${hostname()} (deploy poc) since`)
    expect((await first).exitCode).toBe(0)
  })

  it("with patience, the second waits, sees that nothing is left to do, and nothing is made twice", async () => {
    const alone = await yard()
    try {
      const runs = [at.run(...deploy), at.run(...deploy), alone.run(...deploy)]
      const ended = await Promise.all(runs)
      expect(ended.map(({ exitCode, all }) => [exitCode, all])).toEqual(ended.map(({ all }) => [0, all]))
      expect(await at.standing()).toEqual(await alone.standing())
    } finally {
      await alone.close()
    }
  })
})

it("a run that was paused beyond its lease changes nothing when it wakes", async () => {
  const first = at.run(...deploy)
  await at.reached(8)
  first.kill("SIGSTOP")
  await sleep((lease + 1) * 1000)
  const second = at.run(...deploy)
  const other = await second
  expect(other.exitCode, other.all).toBe(0)
  const before = await at.changes()
  first.kill("SIGCONT")
  const woken = await first
  expect(woken.exitCode, woken.all).toBe(5)
  expect(woken.all).toContain("lost the lock")
  // What was already on its way when it was paused is AWS's to finish; nothing is begun.
  expect(await at.changes()).toEqual(before)
  const third = await at.run(...deploy)
  expect(third.exitCode, third.all).toBe(0)
  expect(await at.changes()).toEqual(before)
})

describe.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("%s", (signal, code) => {
  it(`ends a run with ${code}, waits for nothing more, frees its lock, and the next run continues`, async () => {
    const first = at.run(...deploy)
    await at.reached(10)
    first.kill(signal)
    const ended = await first
    const changed = await at.changes()
    expect(changed).not.toContain("CreateNatGateway")
    expect(ended.exitCode, ended.all).toBe(code)
    expect(ended.all).toContain("run the same command again")
    const second = await at.run(...deploy, "--lock-timeout", "0")
    expect(second.exitCode, second.all).toBe(0)
  })
})
