import { afterAll, afterEach, beforeAll, expect, it } from "vitest"
import { type Kept, type Yard, yard } from "./yard.ts"

const deploy = ["deploy", "single", "--yes"] as const
const destroy = ["destroy", "single", "--confirm=poc"] as const

/** What a run that nobody killed leaves. */
let whole: Awaited<ReturnType<Yard["standing"]>>
let kept: Kept
beforeAll(async () => {
  const alone = await yard()
  const ran = await alone.run(...deploy)
  expect(ran.exitCode, ran.all).toBe(0)
  whole = await alone.standing()
  kept = await alone.keep()
}, 60_000)
afterAll(() => kept.drop())

let at: Yard
afterEach(() => at.close())

it.each([1, 4, 9, 16, 24])(
  "a deploy that is killed at its change %i is finished by the next run, with nothing twice",
  async (count) => {
    at = await yard()
    const first = at.run(...deploy)
    await at.reached(count)
    first.kill("SIGKILL")
    expect((await first).signal).toBe("SIGKILL")

    const second = await at.run(...deploy)
    expect(second.exitCode, second.all).toBe(0)
    expect(await at.standing()).toEqual(whole)
    const before = (await at.changes()).length
    const third = await at.run(...deploy)
    expect(third.exitCode, third.all).toBe(0)
    expect(await at.changes()).toHaveLength(before)
  },
)

it.each([2, 8, 15])("a destroy that is killed at its change %i is finished by the next run", async (count) => {
  at = await yard({ from: kept })
  const made = (await at.changes()).length
  const first = at.run(...destroy)
  await at.reached(made + count)
  first.kill("SIGKILL")
  await first

  const second = await at.run(...destroy)
  expect(second.exitCode, second.all).toBe(0)
  const third = await at.run(...destroy)
  expect(third.exitCode, third.all).toBe(0)
  expect(third.all).toContain("nothing")
  // AWS shows what is gone for an hour.
  await at.admin.advance(2 * 3600)
  const status = await at.run("status", "single")
  expect(status.exitCode, status.all).not.toBe(0)
})
