import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { keptTrader, type Trader, trader } from "./trader.ts"

let before: Trader
beforeAll(async () => {
  before = await keptTrader()
  await before.run("start", "smart-0dte")
}, 60_000)
afterAll(() => before.remove())

/** What a minute of a node tells alarms, by metric and system. */
async function minuteOf(on: Trader): Promise<Readonly<Record<string, string>>> {
  const said = () => readFile(join(on.world, "calls"), "utf8")
  const earlier = (await said()).length
  expect(await on.run("health")).toMatchObject({ code: 0 })
  const calls = (await said()).slice(earlier)
  const found = calls.matchAll(/put-metric-data .*--metric-name (\w+) .*--value (\d) --dimensions (\S+)/g)
  return Object.fromEntries([...found].map(([, name, value = "", where = ""]) => [`${name} ${where}`, value]))
}

const halted = "Halted Scope=poc,System=smart-0dte"
const well = "Healthy Scope=poc,System=smart-0dte"
const unreadable = "RecordUnreadable Scope=poc"

it("a system that trades is not halted, and one that is halted is well all the same", { timeout: 30_000 }, async () => {
  const on = await trader(before)
  expect(await minuteOf(on)).toMatchObject({ [halted]: "0", [well]: "1", [unreadable]: "0" })
  await on.run("halt", "smart-0dte", "no")
  expect(await minuteOf(on)).toMatchObject({ [halted]: "1", [well]: "1", [unreadable]: "0" })
})

it("a record that cannot be read is told each minute until it can be", { timeout: 30_000 }, async () => {
  const on = await trader(before)
  await on.trouble("silence")
  expect(await minuteOf(on)).toMatchObject({ [halted]: "0", [unreadable]: "1" })
  await on.trouble("")
  expect(await minuteOf(on)).toMatchObject({ [unreadable]: "0" })
  await on.rawRecord("nonsense\n")
  expect(await minuteOf(on)).toMatchObject({ [unreadable]: "1" })
})
