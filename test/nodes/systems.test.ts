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

  it("follows another ref in one run, from the checkout to what runs", async () => {
    const wish = { "smart-0dte": { enabled: true, ref: "v2" } }
    const { findings } = await on.look(wish)
    const moving = findings.filter(({ state }) => state !== "same").map(({ key, state }) => `${key} ${state}`)
    expect(moving).toEqual([
      "choice/ref-smart-0dte differs",
      "setting/smart-0dte differs",
      "checkout/smart-0dte differs",
      "override/smart-0dte differs",
      "images/smart-0dte differs",
      "system/smart-0dte differs",
    ])
    on.machine.orders.length = 0
    expect((await on.deploy(wish)).failed).toEqual([])
    expect(on.machine.orders).toEqual(["checkout smart-0dte", "images smart-0dte", "system smart-0dte"])
    on.machine.orders.length = 0
    expect((await on.deploy()).done).toEqual([])
    expect(on.machine.orders).toEqual([])
  })

  it("is built and started anew where the config says another way to build it, and once", async () => {
    const building = (MODE: string) => ({
      "smart-0dte": { enabled: true, services: { backend: { build: { args: { MODE } } } } },
    })
    expect((await on.deploy(building("a"))).failed).toEqual([])
    on.machine.orders.length = 0
    expect((await on.deploy(building("b"))).failed).toEqual([])
    expect(on.machine.orders).toEqual(["images smart-0dte", "system smart-0dte"])
    on.machine.orders.length = 0
    expect((await on.deploy(building("b"))).done).toEqual([])
    expect((await on.deploy()).failed).toEqual([])
  })

  it("is fetched anew where the config names another Compose file", async () => {
    const named = { "smart-0dte": { enabled: true, composeFile: "deploy/compose.yaml" } }
    on.machine.orders.length = 0
    expect((await on.deploy(named)).failed).toEqual([])
    expect(on.machine.orders[0]).toBe("checkout smart-0dte")
    expect((await on.deploy(named)).done).toEqual([])
    expect((await on.deploy()).failed).toEqual([])
  })

  it("is not touched on a node whose config speaks of a service that the project has not", async () => {
    on.machine.orders.length = 0
    const { failed } = await on.deploy({ "smart-0dte": { enabled: true, services: { backnd: { memory: "2g" } } } })
    expect(failed.map(({ step, error }) => [step.key, String(error)])).toEqual([
      ["override/smart-0dte", expect.stringContaining('smart-0dte has no service "backnd" in its Compose file')],
    ])
    expect(on.machine.orders).toEqual([])
    expect((await on.deploy()).done).toEqual([])
  })

  it("that fails leaves the other system running, says why, and is taken up again when it is mended", async () => {
    on.machine.fails.set("system/mag7-7dte", "backend exited with 1\nModuleNotFoundError: app.core")
    const wish = { "mag7-7dte": { enabled: true, ref: "v3" }, "smart-0dte": { enabled: true, ref: "v3" } }
    const { failed, done } = await on.deploy(wish)
    expect(failed.map(({ step, error }) => [step.key, error])).toEqual([
      [
        "system/mag7-7dte",
        expect.objectContaining({
          message: expect.stringMatching(/^system\/mag7-7dte has failed: on node i-\w+: backend exited with 1\nModule/),
          hint: "see more with: smart0dte logs mag7-7dte; mend it, and run the same command again",
        }),
      ],
    ])
    expect(done.map(({ step }) => step.key)).toContain("system/smart-0dte")
    on.machine.orders.length = 0
    expect((await on.deploy(wish)).failed).toHaveLength(1)
    expect(on.machine.orders).toEqual(["system mag7-7dte"])
    on.machine.fails.clear()
    expect(await on.deploy(wish)).toMatchObject({
      failed: [],
      done: [{ verb: "update", step: { key: "system/mag7-7dte" } }],
    })
    expect((await on.deploy(wish)).done).toEqual([])
  })

  it("that left the blueprint is taken off the node, and its reports with it", async () => {
    on.machine.orders.length = 0
    const one = { "mag7-7dte": { enabled: false } }
    expect((await on.deploy(one, { prune: true })).failed).toEqual([])
    expect(on.machine.orders.filter((order) => order.startsWith("remove"))).toEqual(["remove mag7-7dte"])
    expect((await on.look(one)).leftovers).toEqual([])
  })

  it("goes with its environment, and nothing is sent to a node that goes anyway", async () => {
    on.machine.orders.length = 0
    const { failed } = await on.takeDown()
    expect(failed).toEqual([])
    expect(on.machine.orders).toEqual([])
    const { findings } = await on.look()
    const there = findings.filter(({ found }) => found).map(({ key }) => key)
    expect(there.toSorted()).toEqual(["bucket/state", "stand-in/db.example 5432 arn:master", "stand-in/vol-1"])
  })
})
