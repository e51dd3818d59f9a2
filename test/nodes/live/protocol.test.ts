import { beforeEach, describe, expect, it } from "vitest"
import { goLive } from "../../../src/nodes/live/protocol.ts"
import type { LiveFailed, LiveWish } from "../../../src/nodes/live/wish.ts"
import { confirmed, only, type StageWorld, stage, trading } from "./stage.ts"

let world: StageWorld
let stop: AbortController
beforeEach(() => {
  world = stage()
  stop = new AbortController()
})

const wish = (more: Partial<LiveWish> = {}): LiveWish => ({
  ...{ by: "anna", run: "mine", command: "live", epoch: 7, confirmed: { "smart-0dte": confirmed } },
  signal: stop.signal,
  ...more,
})
const go = (more: Partial<LiveWish> = {}) => goLive(world, wish(more))
const failed = async (more: Partial<LiveWish> = {}): Promise<LiveFailed> => {
  const end = await go(more)
  if (end.end !== "failed") throw new Error("it went live")
  return end
}
const now = () => world.record.systems["smart-0dte"]
const resuming = { command: "resume" } as const
const halted = () => {
  world = stage({ "smart-0dte": trading({ mode: "live", trading: "halted" }) })
  world.markers.set("smart-0dte", { halted: true, etag: "halt" })
}

describe("going live", () => {
  it("is two phases around one write of the record, and what each of it waits for is done before", async () => {
    expect(await go()).toMatchObject({ end: "live", epoch: 8, notes: [] })
    expect(only(world, /^(?!read|marker)/)).toEqual([
      ...["write live-begin", "arm", "prepare i-1 smart-0dte 7", "prepare i-2 smart-0dte 7"],
      ...["verify i-1 smart-0dte 7", "verify i-2 smart-0dte 7", "write live-commit", "swap 8 live/active"],
      ...["activate i-1 smart-0dte 8", "prove i-1 smart-0dte 8", "prove i-2 smart-0dte 8", "write live-end"],
    ])
    expect(now()).toMatchObject({ mode: "live", trading: "active", digest: confirmed.digest, limits: "1/2/3" })
  })

  it("makes the marker that nobody has made, before a node is told anything", async () => {
    world.markers.clear()
    expect((await go()).end).toBe("live")
    expect(world.did.indexOf("clear")).toBeLessThan(world.did.indexOf("arm"))
  })

  it("of what is halted lifts the very halt that was there, after the commit", async () => {
    halted()
    world.says.set("prove", { marker: "clear" })
    expect((await go(resuming)).end).toBe("live")
    expect(world.did.indexOf("clear")).toBeGreaterThan(world.did.indexOf("swap 8 live/active"))
    expect(world.markers.get("smart-0dte")?.halted).toBe(false)
  })

  it("of two systems on one node prepares, activates and proves each", async () => {
    world = stage({ "smart-0dte": trading(), "mag7-7dte": trading() })
    expect((await go({ confirmed: { "smart-0dte": confirmed, "mag7-7dte": confirmed } })).end).toBe("live")
    expect(only(world, /^(activate|swap)/)).toEqual([
      ...["swap 8 live/active live/active", "activate i-1 smart-0dte 8", "activate i-1 mag7-7dte 8"],
    ])
    expect(only(world, /^prove/)).toHaveLength(4)
  })

  it("that is proved is not taken back where only the ledger fails", async () => {
    world.fails.set("write live-end", 1)
    expect(await go()).toMatchObject({ end: "live", notes: [expect.stringContaining("ledger")] })
    expect(only(world, /^deactivate/)).toEqual([])
  })
})

describe("there is nothing to begin with", () => {
  it.each<[string, RegExp, () => unknown, Partial<LiveWish>]>([
    ["the record has changed", /its epoch is 7, and 6 was confirmed/, () => {}, { epoch: 6 }],
    ["no system was confirmed", /no system/, () => {}, { confirmed: {} }],
    ["it is live already", /says live\/active/, () => (world = stage({ "smart-0dte": trading({ mode: "live" }) })), {}],
    [
      "it is halted",
      /says testing\/halted/,
      () => (world = stage({ "smart-0dte": trading({ trading: "halted" }) })),
      {},
    ],
    [
      "the trader is another node",
      /i-9 is not among/,
      () => (world = stage({ "smart-0dte": trading({ trader: "i-9" }) })),
      {},
    ],
    [
      "its marker says halt",
      /marked as halted/,
      () => world.markers.set("smart-0dte", { halted: true, etag: "x" }),
      {},
    ],
    ["what is resumed is not live", /wants live\/halted/, () => {}, resuming],
    ["the record cannot be read", /cannot be read/, () => world.fails.set("read", 9), {}],
  ])("where %s", async (_, why, change, more) => {
    change()
    const end = await failed(more)
    expect(end.reasons.join()).toMatch(why)
    expect(end).toMatchObject({ safe: true, traded: false, now: ["nothing was changed"] })
    expect(only(world, /^(?!read|marker)/)).toEqual([])
  })
})

describe("before the commit, all is taken back", () => {
  it.each<[string, () => unknown, RegExp]>([
    ["the ledger cannot be written", () => world.fails.set("write live-begin", 1), /^$/],
    ["the credentials cannot be opened", () => world.fails.set("arm", 1), /^disarm$/],
    ["a node is not prepared", () => world.fails.set("prepare i-2", 1), /^deactivate i-1.*7,deactivate i-2.*7,disarm$/],
    ["a node is not as confirmed", () => world.says.set("verify i-2", { digest: "e" }), /^deactivate.*disarm$/],
    ["another node answers", () => world.says.set("verify i-2", { node: "i-1", trader: "no" }), /^deactivate.*disarm$/],
    ["the ledger cannot say it", () => world.fails.set("write live-commit", 1), /^deactivate.*disarm$/],
  ])("where %s", async (_, change, undone) => {
    change()
    expect(await failed()).toMatchObject({ safe: true, traded: false })
    expect(only(world, /^(deactivate|disarm)/).join()).toMatch(undone)
    expect(only(world, /^(swap|activate)/)).toEqual([])
    expect(now()).toEqual(trading())
    expect(world.did.at(-1)).toBe("write live-failed")
  })

  it.each(["write live-begin", "arm", "prepare i-1 smart-0dte 7", "verify i-1 smart-0dte 7", "write live-commit"])(
    "where somebody stops it: %s",
    async (what) => {
      world.meanwhile.set(what, () => stop.abort())
      expect(await failed()).toMatchObject({ stopped: true, safe: true, reasons: [] })
      const end = world.did.lastIndexOf(what)
      expect(world.did.slice(end).filter((one) => /^(swap|activate)/.test(one))).toEqual([])
    },
  )

  it("a node is told once to prepare, and asked again how it stands", async () => {
    world.fails.set("prepare i-1", 1)
    await failed()
    expect(only(world, /^prepare i-1/)).toHaveLength(1)
    world = stage()
    world.fails.set("verify i-1", 2)
    expect((await go()).end).toBe("live")
  })
})

describe("after the commit", () => {
  it("to stop it stops nothing", async () => {
    world.meanwhile.set("swap", () => stop.abort())
    expect((await go()).end).toBe("live")
  })

  it.each<[string, () => unknown]>([
    ["the trader does not begin", () => world.fails.set("activate", 1)],
    ["the trader is another than it says", () => world.says.set("activate", { node: "i-7" })],
    ["a node proves something else", () => world.says.set("prove i-2", { trading: "active" })],
    ["the trader reaches the paper gateway", () => world.says.set("prove i-1", { gateway: "paper" })],
  ])("the record is put back first, then the nodes, then the credentials, where %s", async (_, change) => {
    change()
    expect(await failed()).toMatchObject({ traded: true, safe: true })
    expect(only(world, /^(swap|deactivate|disarm)/)).toEqual([
      ...["swap 8 live/active", "swap 9 testing/active"],
      ...["deactivate i-1 smart-0dte 8", "deactivate i-2 smart-0dte 8", "disarm"],
    ])
    expect(now()?.since).toBe("now")
    expect(only(world, /^activate/)).toEqual(["activate i-1 smart-0dte 8"])
  })

  it("what somebody else has written since stays, such as a halt", async () => {
    world.meanwhile.set("activate", () => {
      const systems = { "smart-0dte": trading({ mode: "live", trading: "halted" }) }
      world.record = { ...world.record, epoch: 9, run: "halt", by: "ben", systems }
    })
    world.fails.set("activate", 1)
    const end = await failed()
    expect(world.record).toMatchObject({ epoch: 9, run: "halt" })
    expect(end.now.join()).toContain("says live/halted, by ben, whose change stays")
    expect(only(world, /^(swap|deactivate i-1|disarm)/)).toEqual(["swap 8 live/active", "deactivate i-1 smart-0dte 8"])
  })

  it("of what was live and halted it is halted again, and the nodes may go on reading the credentials", async () => {
    halted()
    world.fails.set("activate", 1)
    await failed(resuming)
    expect(only(world, /^(swap|disarm)/)).toEqual(["swap 8 live/active", "swap 9 live/halted"])
  })

  it("a halt that came meanwhile is not lifted, and nobody is told to trade", async () => {
    halted()
    world.meanwhile.set("swap", () => void world.markers.set("smart-0dte", { halted: true, etag: "another" }))
    const end = await failed(resuming)
    expect(end.reasons.join()).toContain("somebody has halted it meanwhile")
    expect(end.traded).toBe(false)
    expect(only(world, /^activate/)).toEqual([])
    expect(world.markers.get("smart-0dte")?.halted).toBe(true)
  })

  it("that a trader may have begun is not safe where nobody confirms that it has stopped", async () => {
    world.fails.set("activate", 1)
    world.fails.set("deactivate i-1", 9)
    expect(await failed()).toMatchObject({ safe: false, traded: true })
    expect(only(world, /^deactivate i-1/)).toHaveLength(3)
  })
})

describe("a commit", () => {
  it("whose answer is lost is found to be done", async () => {
    world.swaps.push("answer lost")
    expect((await go()).end).toBe("live")
  })

  it("that may still be under way is fenced off by a newer record, and the nodes are told after that", async () => {
    world.swaps.push("never")
    expect(await failed()).toMatchObject({ safe: true, traded: false })
    expect(only(world, /^(swap|deactivate|disarm)/)).toEqual([
      ...["swap 8 live/active", "swap 8 testing/active"],
      ...["deactivate i-1 smart-0dte 8", "deactivate i-2 smart-0dte 8", "disarm"],
    ])
    expect(world.record).toMatchObject({ epoch: 8, run: "mine" })
  })

  it("that another one was before leaves the other's record, and what it activated, alone", async () => {
    world.swaps.push("other first")
    const end = await failed()
    expect(end.reasons).toEqual(["somebody else has changed the trading record"])
    expect(world.record).toMatchObject({ epoch: 8, run: "other" })
    expect(only(world, /^(swap|deactivate)/)).toEqual([
      ...["swap 8 live/active", "deactivate i-1 smart-0dte 7", "deactivate i-2 smart-0dte 7"],
    ])
  })

  it("of which nothing can be read back any more is tried once more, halted, when the nodes have stopped", async () => {
    world.swaps.push("answer lost")
    // The reading back of the commit, and three times of what is to be put back.
    world.meanwhile.set("swap", () => void world.fails.set("read", 4))
    const end = await failed()
    expect(only(world, /^(swap|deactivate i-1)/)).toEqual([
      ...["swap 8 live/active", "deactivate i-1 smart-0dte 8", "swap 9 testing/halted"],
    ])
    expect(end.safe).toBe(true)
  })

  it("of which nobody ever knows is not said to be safe", async () => {
    world.swaps.push("answer lost")
    world.meanwhile.set("swap", () => void world.fails.set("read", 99))
    const end = await failed()
    expect(end.safe).toBe(false)
    expect(end.now.join()).toContain("nobody knows whether the trading record says live")
  })

  it("that never came to be takes the credentials from nobody who went live meanwhile, or was live before", async () => {
    const live = { "smart-0dte": trading(), "mag7-7dte": trading({ mode: "live" }) }
    world = stage({ ...live, "mag7-7dte": trading() })
    world.meanwhile.set("prepare", () => {
      world.record = { ...world.record, epoch: 8, run: "other", systems: live }
    })
    world.fails.set("prepare", 2)
    await failed()
    expect(only(world, /^disarm/)).toEqual([])
    world = stage(live)
    world.meanwhile.set("prepare", () => void world.fails.set("read", 99))
    world.fails.set("prepare", 2)
    await failed()
    expect(only(world, /^disarm/)).toEqual([])
  })
})
