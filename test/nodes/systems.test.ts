import { describe, expect, it, vi } from "vitest"
import { nodeGround } from "./ground.ts"

vi.setConfig({ testTimeout: 60_000 })

const on = nodeGround()
const states = async () =>
  Object.fromEntries(
    (await on.look()).findings.map(({ key, state, changes }) => [key, changes.length ? [state, changes] : state]),
  )

describe("what runs on a node", () => {
  it("is made in one run, each thing once and after what it needs", async () => {
    const { failed, skipped } = await on.deploy()
    expect({ failed, skipped }).toEqual({ failed: [], skipped: [] })
    const { orders } = on.machine
    expect(orders.toSorted()).toEqual(
      [
        "checkout mag7-7dte",
        "checkout smart-0dte",
        "databases",
        "images mag7-7dte",
        "images smart-0dte",
        "influx",
      ].concat(["system mag7-7dte", "system smart-0dte"]),
    )
    for (const system of ["smart-0dte", "mag7-7dte"]) {
      const at = (action: string) => orders.indexOf(`${action} ${system}`)
      expect(at("checkout")).toBeLessThan(at("images"))
      expect(at("images")).toBeLessThan(at("system"))
      expect(orders.indexOf("databases")).toBeLessThan(at("system"))
    }
    expect(new Set(Object.values(await states()))).toEqual(new Set(["same"]))
  })

  it("is left alone by a second run", async () => {
    on.machine.orders.length = 0
    expect((await on.deploy()).done).toEqual([])
    expect(on.machine.orders).toEqual([])
  })
})
