import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { Session } from "../../../src/aws/clients.ts"
import { type Objects, stateObjects } from "../../../src/aws/state/objects.ts"
import { liveSystems, type Trading, type TradingRecord, tradingKey } from "../../../src/aws/trading/record.ts"
import { changeTrading, readTrading, swapTrading } from "../../../src/aws/trading/store.ts"
import { type Sandboxed, sandboxed } from "../sandboxed.ts"
import { makeBucket } from "../state/bucket.ts"

let aws: Sandboxed
let session: Session
let objects: Objects
beforeEach(async () => {
  aws = await sandboxed()
  session = await aws.open()
  objects = stateObjects(session, session.s3)
})
afterEach(() => aws.close())

const paper: Trading = {
  mode: "development",
  trading: "active",
  trader: "i-1",
  since: "2026-01-01T00:00:00Z",
  digest: "",
  limits: "",
  account: "",
}

const record: TradingRecord = {
  schema: 1,
  scope: "poc",
  epoch: 1,
  at: "2026-01-01T00:00:00Z",
  by: "arn:aws:iam::123456789012:user/alice",
  run: "a".repeat(32),
  systems: { "smart-0dte": paper },
}

const change = { by: record.by, run: "b".repeat(32), at: "2026-01-02T00:00:00Z" }

describe("the trading record", () => {
  it("is not there where there is no bucket", async () => {
    expect(await readTrading(objects, "poc")).toBeUndefined()
  })

  describe("in a bucket", () => {
    beforeEach(() => makeBucket(session))

    it("is read as it was written, with what the next one takes the place of", async () => {
      expect(await readTrading(objects, "poc")).toBeUndefined()
      expect(await swapTrading(objects, record, undefined)).toBe(true)
      expect(await readTrading(objects, "poc")).toEqual({ record, etag: expect.any(String) })
    })

    it("takes the place of none but the one seen", async () => {
      await swapTrading(objects, record, undefined)
      const seen = await readTrading(objects, "poc")
      const mine = { ...record, epoch: 2, run: "c".repeat(32) }
      const theirs = { ...record, epoch: 2, run: "d".repeat(32) }
      expect(await swapTrading(objects, theirs, seen?.etag)).toBe(true)
      expect(await swapTrading(objects, mine, seen?.etag)).toBe(false)
      expect(await swapTrading(objects, mine, undefined)).toBe(false)
      expect((await readTrading(objects, "poc"))?.record).toEqual(theirs)
    })

    it("is known to be ours where the answer to writing it was lost", async () => {
      aws.fault({ name: "lost", operation: "s3:PutObject", times: 1 })
      expect(await swapTrading(objects, record, undefined)).toBe(true)
      expect(aws.asked("s3:PutObject")).toBeGreaterThan(0)
    })

    it("is not said to be written, or not, where nobody knows", async () => {
      const silent: Objects = { ...objects, put: async () => undefined }
      await expect(swapTrading(silent, record, undefined)).rejects.toMatchObject({ name: "OutcomeUnknown" })
    })

    it("is ours where the write failed after its effect, and else the failure is told", async () => {
      const refused: Objects = {
        ...objects,
        put: async () => {
          throw new Error("gone")
        },
      }
      await expect(swapTrading(refused, record, undefined)).rejects.toThrow("gone")
      const late: Objects = {
        ...objects,
        put: async (...args) => {
          await objects.put(...args)
          throw new Error("gone")
        },
      }
      expect(await swapTrading(late, record, undefined)).toBe(true)
    })

    it("is written again where the first write was not done", async () => {
      let swallowed = 0
      const slow: Objects = {
        ...objects,
        put: async (...args) => (swallowed++ === 0 ? undefined : objects.put(...args)),
      }
      expect(await swapTrading(slow, record, undefined)).toBe(true)
      expect((await readTrading(objects, "poc"))?.record).toEqual(record)
    })

    it("that cannot be read is said, and not written over", async () => {
      await objects.put(tradingKey("poc"), "schema=1\nscope=poc\n", undefined)
      await expect(readTrading(objects, "poc")).rejects.toThrow("the trading record of poc cannot be read")
      await expect(changeTrading(objects, "poc", change, (now) => now)).rejects.toThrow("cannot be read")
    })
  })
})

describe("a change", () => {
  beforeEach(() => makeBucket(session))

  it("makes the record where there is none", async () => {
    const made = await changeTrading(objects, "poc", change, (now) => ({ ...now, "mag7-7dte": paper }))
    expect(made).toEqual({ ...record, ...change, epoch: 1, systems: { "mag7-7dte": paper } })
    expect((await readTrading(objects, "poc"))?.record).toEqual(made)
  })

  it("counts one on, and says who, when and by which run", async () => {
    await swapTrading(objects, record, undefined)
    const halted: Trading = { ...paper, trading: "halted" }
    const next = await changeTrading(objects, "poc", change, () => ({ "smart-0dte": halted }))
    expect(next).toEqual({ ...record, ...change, epoch: 2, systems: { "smart-0dte": halted } })
  })

  it("that changes nothing is not written", async () => {
    await swapTrading(objects, record, undefined)
    expect(await changeTrading(objects, "poc", change, (now) => ({ ...now }))).toEqual(record)
  })

  it("is made on what others wrote meanwhile, and loses nothing of theirs", async () => {
    const add = (name: string) => changeTrading(objects, "poc", change, (now) => ({ ...now, [name]: paper }))
    await Promise.all(["one", "two", "three", "four"].map(add))
    const seen = await readTrading(objects, "poc")
    expect(Object.keys(seen?.record.systems ?? {}).toSorted()).toEqual(["four", "one", "three", "two"])
    expect(seen?.record.epoch).toBe(4)
  })

  it("gives up where others come first all the time", async () => {
    const never: Objects = {
      ...objects,
      put: async (key, text, seen) => {
        const run = Math.random().toString(16)
        await objects.put(key, text.replace(/^run=.*$/m, `run=${run}`), seen)
        return undefined
      },
    }
    await expect(
      changeTrading(never, "poc", change, (now) => ({ ...now, [`s${Object.keys(now).length}`]: paper })),
    ).rejects.toMatchObject({ name: "Locked" })
  })
})

it("knows those that trade with real money", () => {
  const live: Trading = { ...paper, mode: "live" }
  const systems = { one: paper, two: live, three: { ...live, trading: "halted" as const } }
  expect(liveSystems({ systems })).toEqual(["two"])
})
