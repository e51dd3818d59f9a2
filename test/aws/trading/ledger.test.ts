import { describe, expect, it } from "vitest"
import { openLedger, readLedger } from "../../../src/aws/trading/ledger.ts"
import { tradingGround, unheard } from "./bucket.ts"

const on = tradingGround()
let now = Date.parse("2026-11-20T15:00:00Z")
const by = "arn:aws:iam::1:user/alice"
const opened = (run = "a".repeat(32), objects = on.objects) =>
  openLedger(objects, { scope: "poc", run, by, now: () => now })
const words = (event: string) => ({ event, systems: ["smart-0dte"], epoch: 7, what: `${event} was done` })
const read = (limit = 20) => readLedger(on.objects, "poc", limit)

describe("the ledger", () => {
  it("has an object for each event, which says who did what, and when", async () => {
    await opened().write({ ...words("halt"), details: { node: "i-1" } })
    expect(await on.objects.list("trading/poc/ledger/")).toEqual([
      "trading/poc/ledger/2026-11-20T150000.000Z-00000007-aaaaaaaa-001.json",
    ])
    expect(await read()).toEqual([
      {
        schema: 1,
        at: "2026-11-20T15:00:00.000Z",
        scope: "poc",
        run: "a".repeat(32),
        epoch: 7,
        event: "halt",
        by,
        systems: ["smart-0dte"],
        what: "halt was done",
        details: { node: "i-1" },
        key: expect.stringContaining("00000007"),
      },
    ])
  })

  it("shows the newest first, and no more than asked for", async () => {
    const ledger = opened()
    for (const event of ["one", "two", "three"]) {
      now += 1_000
      await ledger.write(words(event))
    }
    await ledger.write(words("four"))
    expect((await read()).map(({ event }) => event)).toEqual(["four", "three", "two", "one"])
    expect((await read(2)).map(({ event }) => event)).toEqual(["four", "three"])
  })

  it("keeps what two runs write at the same moment", async () => {
    await Promise.all([opened("a".repeat(32)).write(words("one")), opened("b".repeat(32)).write(words("two"))])
    expect(await read()).toHaveLength(2)
  })

  it("never writes over an event", async () => {
    await opened().write(words("first"))
    await opened().write(words("second"))
    expect((await read()).map(({ event }) => event)).toEqual(["second", "first"])
  })

  it("has an event once where the answer to writing it was lost", async () => {
    await opened("a".repeat(32), unheard(on.objects, true)).write(words("halt"))
    expect(await read()).toHaveLength(1)
  })

  it("says so where it could not be written", async () => {
    await expect(opened("a".repeat(32), unheard(on.objects, false, 9)).write(words("halt"))).rejects.toThrow(
      "the ledger of poc cannot be written: halt",
    )
    expect(await read()).toEqual([])
  })

  it("is empty where there is none, and shows what cannot be read by its name", async () => {
    expect(await read()).toEqual([])
    await on.objects.put("trading/poc/ledger/x.json", "hello", undefined)
    await on.objects.put("trading/poc/ledger/y.json", "{}", undefined)
    expect(await read()).toEqual([{ key: "y.json" }, { key: "x.json" }])
  })
})
