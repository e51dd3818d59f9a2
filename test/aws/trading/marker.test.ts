import { describe, expect, it } from "vitest"
import { clearMarker, markerKey, readMarker, setMarker } from "../../../src/aws/trading/marker.ts"
import { tradingGround, unheard } from "./bucket.ts"

const on = tradingGround()
const note = { by: "arn:aws:iam::1:user/alice", run: "a".repeat(32), at: "2026-01-01T00:00:00Z" }
const set = () => setMarker(on.objects, "poc", "smart-0dte", note)
const read = () => readMarker(on.objects, "poc", "smart-0dte")
const clear = (seen: string | undefined, objects = on.objects) =>
  clearMarker(objects, "poc", "smart-0dte", seen, { ...note, run: "b".repeat(32) })
const text = async () => (await on.objects.get(markerKey("poc", "smart-0dte"))).text

describe("the marker", () => {
  it("says halt in its first line, whatever stood there, and when by AWS's clock", async () => {
    expect(await read()).toBeUndefined()
    const at = await set()
    expect(Math.abs(at - Date.now())).toBeLessThan(5_000)
    await set()
    expect((await text())?.split("\n", 1)).toEqual(["halt"])
    expect(await read()).toEqual({ halted: true, etag: expect.any(String) })
  })

  it("is cleared by whoever has seen it, and by nobody else", async () => {
    await set()
    const seen = await read()
    expect(await clear("another")).toBe(false)
    expect(await clear(undefined)).toBe(false)
    expect((await read())?.halted).toBe(true)
    expect(await clear(seen?.etag)).toBe(true)
    expect((await text())?.split("\n", 1)).toEqual(["clear"])
    expect((await read())?.halted).toBe(false)
  })

  it("that was set again meanwhile stays", async () => {
    await set()
    const seen = await read()
    await setMarker(on.objects, "poc", "smart-0dte", { ...note, run: "c".repeat(32) })
    expect(await clear(seen?.etag)).toBe(false)
    expect((await read())?.halted).toBe(true)
  })

  it("is made where there was none", async () => {
    expect(await clear(undefined)).toBe(true)
    expect((await read())?.halted).toBe(false)
  })

  it("is known to be cleared by us where the answer was lost, and cleared again where it was not", async () => {
    await set()
    expect(await clear((await read())?.etag, unheard(on.objects, true))).toBe(true)
    await set()
    expect(await clear((await read())?.etag, unheard(on.objects, false))).toBe(true)
    await set()
    await expect(clear((await read())?.etag, unheard(on.objects, false, 9))).rejects.toMatchObject({
      name: "OutcomeUnknown",
    })
  })

  it.each(["", "hello", "clear it", "CLEAR\n"])("that says %j halts", async (words) => {
    await on.objects.put(markerKey("poc", "smart-0dte"), words, undefined)
    expect((await read())?.halted).toBe(true)
  })
})
