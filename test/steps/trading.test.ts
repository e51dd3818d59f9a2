import { PutObjectCommand } from "@aws-sdk/client-s3"
import { beforeEach, describe, expect, it } from "vitest"
import { stateBucketName } from "../../src/aws/names.ts"
import { stateObjects } from "../../src/aws/state/objects.ts"
import { markerKey, setMarker } from "../../src/aws/trading/marker.ts"
import { type Trading, tradingKey } from "../../src/aws/trading/record.ts"
import { changeTrading, readTrading } from "../../src/aws/trading/store.ts"
import { stateBucket } from "../../src/steps/bucket.ts"
import { trading, tradingKind } from "../../src/steps/trading.ts"
import { bench, fieldsOf, standIn } from "./bench.ts"

const on = bench()
const place = { partition: "aws", region: "us-east-1", account: "111122223333" }
const bucket = stateBucket(place)
const by = (system: string, id = "i-1") => trading({ scope: "poc", system, bucket, instance: standIn({ id }) })
const smart = by("smart-0dte")
const mag7 = by("mag7-7dte")

const objects = () => stateObjects(on.cloud, on.cloud.s3)
const record = async () => (await readTrading(objects(), "poc"))?.record

/** Somebody switches or halts it. */
const now = async (system: string, other: Partial<Trading>) => {
  if (!(await record())) return
  const who = { by: "arn:other", run: "other", at: "2026-01-01T00:00:00.000Z" }
  await changeTrading(objects(), "poc", who, (systems) => {
    const { [system]: own } = systems
    return own ? { ...systems, [system]: { ...own, ...other } } : systems
  })
}

const takeAway = (system: string) =>
  tradingKind.destroy?.(on.cloud, { ...tradingKind.blank, scope: "poc", system }, { purge: true })

beforeEach(async () => {
  await on.make(bucket)
  for (const system of ["smart-0dte", "mag7-7dte"]) await now(system, { mode: "development", trading: "active" })
  await on.unmake(true, smart, mag7)
})

describe("how a system trades", () => {
  it("is missing where there is no record", async () => {
    expect((await on.see(smart)).state).toBe("missing")
  })

  it("is at first with paper, on the node that there is, said by whoever deploys", async () => {
    await on.make(smart, mag7)
    const first = { mode: "development", trading: "active", trader: "i-1", digest: "", limits: "", account: "" }
    const since = expect.stringMatching(/^\d{4}-\d\d-\d\dT/)
    expect(await record()).toMatchObject({
      epoch: 2,
      by: on.cloud.arn,
      run: expect.stringMatching(/^\S{32}$/),
      systems: { "smart-0dte": { ...first, since }, "mag7-7dte": { ...first, since } },
    })
    expect([(await on.see(smart)).state, (await on.see(mag7)).state]).toEqual(["same", "same"])
  })

  it("stays as it is, whatever mode it came to be in", async () => {
    await on.make(smart, mag7)
    const was = { mode: "live", trading: "halted", digest: "d", limits: "1/2/3", account: "U1234567" } as const
    await now("smart-0dte", was)
    const before = await record()
    expect(await on.make(smart, mag7)).toEqual([])
    expect(await record()).toEqual(before)
  })

  it("is another node's when another one takes its place, and nothing else of it changes", async () => {
    await on.make(smart, mag7)
    await now("smart-0dte", { mode: "testing", trading: "halted" })
    const before = await record()
    const moved = by("smart-0dte", "i-2")
    expect(fieldsOf(await on.see(moved))).toEqual(["trader"])
    await on.make(moved)
    expect((await record())?.systems).toEqual({
      ...before?.systems,
      "smart-0dte": { ...before?.systems["smart-0dte"], trader: "i-2" },
    })
    expect((await record())?.epoch).toBe((before?.epoch ?? 0) + 1)
  })

  it("may become another node's while it is live and halted", async () => {
    await on.make(smart)
    await now("smart-0dte", { mode: "live", trading: "halted" })
    await on.make(by("smart-0dte", "i-2"))
    expect((await record())?.systems["smart-0dte"]).toMatchObject({ mode: "live", trading: "halted", trader: "i-2" })
  })

  it("becomes no other node's while it trades live, which is refused in words", async () => {
    await on.make(smart)
    await now("smart-0dte", { mode: "live" })
    await expect(on.make(by("smart-0dte", "i-2"))).rejects.toThrow(
      "smart-0dte trades live on i-1: the node that trades for it cannot become i-2",
    )
    expect((await record())?.systems["smart-0dte"]?.trader).toBe("i-1")
  })
})

describe("a system that goes", () => {
  it("takes its own lines off, and the last one the record", async () => {
    await on.make(smart, mag7)
    await takeAway("mag7-7dte")
    expect(Object.keys((await record())?.systems ?? {})).toEqual(["smart-0dte"])
    await takeAway("smart-0dte")
    expect(await record()).toBeUndefined()
  })

  it("leaves no halt behind, which would greet the next of its name", async () => {
    await on.make(smart, mag7)
    for (const system of ["smart-0dte", "mag7-7dte"])
      await setMarker(objects(), "poc", system, { by: "arn:me", run: "r", at: "now" })
    await takeAway("smart-0dte")
    expect((await objects().get(markerKey("poc", "smart-0dte"))).text).toBeUndefined()
    expect((await objects().get(markerKey("poc", "mag7-7dte"))).text).toMatch(/^halt/)
  })

  it.each([
    ["the last one", [smart]],
    ["one of two", [smart, mag7]],
  ])("does not while it trades live, as %s", async (_, steps) => {
    await on.make(...steps)
    await now("smart-0dte", { mode: "live" })
    await expect(takeAway("smart-0dte")).rejects.toThrow("smart-0dte trades live on i-1: it cannot be taken away")
    expect(Object.keys((await record())?.systems ?? {})).toContain("smart-0dte")
    await now("smart-0dte", { trading: "halted" })
    await takeAway("smart-0dte")
    expect(Object.keys((await record())?.systems ?? {})).not.toContain("smart-0dte")
  })
})

it("a record that cannot be read is none that is missing", async () => {
  await on.make(smart)
  const Key = tradingKey("poc")
  const { text = "" } = await objects().get(Key)
  const put = (Body: string) => on.cloud.s3.send(new PutObjectCommand({ Bucket: stateBucketName(place), Key, Body }))
  await put(text.replace("mode=development", "mode=everything"))
  expect((await on.see(smart)).because).toMatch(/^the trading record of poc cannot be read/)
  await expect(on.make(smart)).rejects.toThrow("the trading record of poc cannot be read")
  await put(text)
  expect((await on.see(smart)).state).toBe("same")
})
