import { beforeEach, describe, expect, it } from "vitest"
import { haltAll } from "../../../src/nodes/live/halting.ts"
import { leaveLive } from "../../../src/nodes/live/leave.ts"
import { resumePaper } from "../../../src/nodes/live/resuming.ts"
import { only, type StageWorld, stage, trading } from "./stage.ts"

let world: StageWorld
beforeEach(() => {
  world = stage()
})

const wisher = { by: "anna", run: "mine", systems: ["smart-0dte"] } as const
const now = (system = "smart-0dte") => world.record.systems[system]
const reasons = ({ reasons }: { readonly reasons: readonly string[] }) => reasons.join("; ")

describe("leaving live", () => {
  const leave = (systems: readonly string[] = wisher.systems) =>
    leaveLive(world, { ...wisher, systems, mode: "testing" })
  beforeEach(() => {
    world = stage({ "smart-0dte": trading({ mode: "live" }) })
  })

  it("halts first, then says so in the record, takes the credentials back, and reads every node back", async () => {
    expect(await leave()).toMatchObject({ end: "done", reasons: [], notes: [] })
    expect(only(world, /^(?!read)/)).toEqual([
      ...["write paper-begin", "halt i-1 smart-0dte now", "halt i-2 smart-0dte now", "swap 8 testing/halted"],
      ...["disarm", "paper i-1 smart-0dte 8", "paper i-2 smart-0dte 8", "write paper-done"],
    ])
    expect(now()).toMatchObject({ mode: "testing", trading: "halted", since: "now" })
  })

  it("from the other paper mode halts nothing, and stays as it was", async () => {
    world = stage({ "smart-0dte": trading({ mode: "development" }) })
    expect((await leave()).end).toBe("done")
    expect(only(world, /^halt/)).toEqual([])
    expect(now()).toMatchObject({ mode: "testing", trading: "active" })
  })

  it("keeps the credentials where another system is live, halted or not", async () => {
    world = stage({
      "smart-0dte": trading({ mode: "live" }),
      "mag7-7dte": trading({ mode: "live", trading: "halted" }),
    })
    expect((await leave()).end).toBe("done")
    expect(only(world, /^disarm/)).toEqual([])
  })

  it("leaves what somebody took live meanwhile", async () => {
    world = stage({ "smart-0dte": trading({ mode: "development" }) })
    let reads = 0
    const { read } = world
    const changing = Object.assign(world, {
      async read() {
        if (++reads === 2)
          changing.record = { ...changing.record, epoch: 8, systems: { "smart-0dte": trading({ mode: "live" }) } }
        return read()
      },
    })
    expect(reasons(await leave())).toContain("somebody took smart-0dte live meanwhile")
    expect(now()).toMatchObject({ mode: "live", trading: "active" })
    expect(only(world, /^(swap|disarm|paper)/)).toEqual([])
  })

  it.each(["halt", "halt i-2"])(
    "goes on where a node does not halt, which the record will tell it: %s",
    async (what) => {
      world.fails.set(what, 9)
      expect((await leave()).end).toBe("done")
      expect(now()).toMatchObject({ mode: "testing", trading: "halted" })
    },
  )

  it.each<[string, RegExp, () => unknown]>([
    ["a node is silent", /i-2: smart-0dte: /, () => world.fails.set("paper i-2", 9)],
    ["a node still trades", /it still trades/, () => world.says.set("paper i-1", { trading: "active" })],
    ["a live gateway still runs", /live gateway still runs/, () => world.says.set("paper i-1", { gateways: "live" })],
    ["the credentials cannot be taken back", /may still read the live cred/, () => world.fails.set("disarm", 9)],
  ])("has failed where %s", async (_, why, change) => {
    change()
    const end = await leave()
    expect(end.end).toBe("failed")
    expect(reasons(end)).toMatch(why)
    expect(now()?.mode).toBe("testing")
  })

  it("is tried again where others write the record, or nothing is heard, and says in the end that nobody knows", async () => {
    world.swaps.push("other first", "never", "answer lost")
    expect((await leave()).end).toBe("done")
    world = stage({ "smart-0dte": trading({ mode: "live" }) })
    world.swaps.push(...(["never", "never", "never", "never", "never"] as const))
    const end = await leave()
    expect(end.end).toBe("failed")
    expect(reasons(end)).toContain("nobody knows whether the trading record was changed")
    expect(only(world, /^(disarm|paper)/)).toEqual([])
  })

  it("changes nothing of what is not in the record", async () => {
    expect(reasons(await leave(["mag7-7dte"]))).toContain("mag7-7dte is not in the trading record")
    expect(only(world, /^(?!read)/)).toEqual([])
  })
})

describe("halting", () => {
  const halt = (systems: readonly string[] = wisher.systems) => haltAll(world, { ...wisher, systems, now: false })
  beforeEach(() => {
    world = stage({ "smart-0dte": trading({ mode: "live" }) })
  })

  it("tells all nodes, sets the marker, and says so in the record and the ledger", async () => {
    expect(await halt()).toMatchObject({ halted: true, notes: [] })
    expect(only(world, /^(?!read)/).toSorted()).toEqual([
      ...["halt i-1 smart-0dte", "halt i-2 smart-0dte", "mark", "swap 8 live/halted"],
      ...["write halt-begin", "write halt-end"],
    ])
    expect(world.markers.get("smart-0dte")?.halted).toBe(true)
  })

  it("writes the record anew where it says halted already: whoever is about to resume has lost then", async () => {
    world = stage({ "smart-0dte": trading({ trading: "halted" }) })
    expect((await halt()).halted).toBe(true)
    expect(world.record).toMatchObject({ epoch: 8, run: "mine" })
    expect(now()?.since).toBe("then")
  })

  it("gets between others that write as often as they like", async () => {
    world.swaps.push("other first", "other first", "never", "other first")
    expect((await halt()).halted).toBe(true)
    expect(now()?.trading).toBe("halted")
  })

  it.each(["read", "swap", "mark", "write halt-begin", "halt i-1"])(
    "what fails keeps nothing else back: %s",
    async (what) => {
      world.fails.set(what, 99)
      const end = await halt()
      expect(end.halted).toBe(!["read", "swap", "halt i-1"].includes(what))
      expect(only(world, /^halt i-2/)).toHaveLength(1)
      if (what !== "mark") expect(world.markers.get("smart-0dte")?.halted).toBe(true)
      else expect(end.notes.join()).toContain("its halt marker could not be set")
      if (!["read", "swap"].includes(what)) expect(now()?.trading).toBe("halted")
      else expect(end.record).toContain("may not say so")
    },
  )

  it("tells nodes without waiting for the record, and the record without waiting for them", async () => {
    const order: string[] = []
    let open = () => {}
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    const { swap, tell } = world
    Object.assign(world, {
      swap: async (...given: Parameters<typeof swap>) => {
        order.push("swap")
        if (order.includes("tell")) open()
        await gate
        return swap(...given)
      },
      tell: async (...given: Parameters<typeof tell>) => {
        order.push("tell")
        if (order.includes("swap")) open()
        await gate
        return tell(...given)
      },
    })
    expect((await halt()).halted).toBe(true)
  })

  it.each([{ latch: "no" }, { trading: "active" }, { node: "i-9" }])(
    "is not done where a node says %j",
    async (said) => {
      world.says.set("halt i-2", said)
      const end = await halt()
      expect(end.halted).toBe(false)
      expect(end.answers.map(({ node, halted }) => `${node} ${halted}`)).toEqual(["i-1 true", "i-2 false"])
      expect(only(world, /^write/)).toContain("write halt-failed")
    },
  )
})

describe("resuming on paper", () => {
  const resume = (systems: readonly string[] = wisher.systems) => resumePaper(world, { ...wisher, systems })
  beforeEach(() => {
    world = stage({ "smart-0dte": trading({ trading: "halted" }) })
    world.markers.set("smart-0dte", { halted: true, etag: "halt" })
  })

  it("says so in the record, lifts the halt that was there, and only then tells the nodes", async () => {
    expect(await resume()).toMatchObject({ end: "done", reasons: [], notes: [] })
    expect(only(world, /^(?!read|marker)/)).toEqual([
      ...["write resume-begin", "swap 8 testing/active", "clear"],
      ...["resume i-1 smart-0dte 8", "resume i-2 smart-0dte 8", "write resume-done"],
    ])
    expect(world.markers.get("smart-0dte")?.halted).toBe(false)
  })

  it("writes the record also where it says so already: nodes lift no halt but by a newer one", async () => {
    world = stage()
    expect((await resume()).end).toBe("done")
    expect(world.record.epoch).toBe(8)
  })

  it("makes the marker that nobody has made", async () => {
    world.markers.clear()
    expect((await resume()).end).toBe("done")
    expect(world.markers.get("smart-0dte")?.halted).toBe(false)
  })

  it("is not for what is live", async () => {
    world = stage({ "smart-0dte": trading({ mode: "live", trading: "halted" }) })
    expect(reasons(await resume())).toContain("is live")
    expect(only(world, /^(?!read|marker)/)).toEqual([])
  })

  it.each<[string, RegExp, () => unknown]>([
    ["the record cannot be read", /record cannot be read/, () => world.fails.set("read", 1)],
    ["the markers cannot be read", /halt markers cannot be read/, () => world.fails.set("marker", 1)],
    ["another one was first", /somebody else has changed/, () => world.swaps.push("other first")],
    ["nobody knows", /nobody knows/, () => world.swaps.push("never")],
  ])("lifts nothing and tells nobody where %s", async (_, why, change) => {
    change()
    expect(reasons(await resume())).toMatch(why)
    expect(only(world, /^(clear|resume)/)).toEqual([])
    expect(world.markers.get("smart-0dte")?.halted).toBe(true)
  })

  it("a halt that came meanwhile wins: the record says halted again, and no node is told", async () => {
    world.meanwhile.set("swap", () => void world.markers.set("smart-0dte", { halted: true, etag: "another" }))
    const end = await resume()
    expect(reasons(end)).toContain("somebody has halted it meanwhile")
    expect(end.now).toEqual(["the trading record says halted again"])
    expect(now()?.trading).toBe("halted")
    expect(only(world, /^resume/)).toEqual([])
    expect(world.markers.get("smart-0dte")?.halted).toBe(true)
  })

  it("and is not written over where that halt has changed the record too", async () => {
    world.meanwhile.set("clear", () => {
      world.markers.set("smart-0dte", { halted: true, etag: "another" })
      world.record = { ...world.record, epoch: 9, run: "other" }
    })
    expect((await resume()).now).toEqual(["the trading record was left as it is"])
    expect(world.record).toMatchObject({ epoch: 9, run: "other" })
  })

  it.each<[string, RegExp, object]>([
    ["is still halted", /it is still halted there/, { latch: "yes" }],
    ["does not trade", /does not trade/, { trading: "stopped" }],
    ["has read something else", /has read/, { record: "testing/halted" }],
  ])("has failed where the trader %s", async (_, why, said) => {
    world.says.set("resume i-1", said)
    const end = await resume()
    expect(end.end).toBe("failed")
    expect(reasons(end)).toMatch(why)
  })
})
