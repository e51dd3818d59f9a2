import { describe, expect, it } from "vitest"
import { ownAddress } from "../../src/app/own-address.ts"

const answering = (text: string, status = 200) => {
  const asked: string[] = []
  const ask = (async (url: string) => {
    asked.push(url)
    return new Response(text, { status })
  }) as typeof fetch
  return { ask, asked }
}

describe("the own address", () => {
  it("is what AWS says", async () => {
    const { ask, asked } = answering("198.51.100.7\n")
    expect(await ownAddress(false, ask)).toBe("198.51.100.7")
    expect(asked).toEqual(["https://checkip.amazonaws.com/"])
  })

  it("is one for documentation in the sandbox, and nobody is asked", async () => {
    const { ask, asked } = answering("198.51.100.7")
    expect(await ownAddress(true, ask)).toBe("203.0.113.77")
    expect(asked).toEqual([])
  })

  it.each([
    ["2001:db8::1", 200, "which is no IPv4 address"],
    ["0.0.0.0", 200, "which is no IPv4 address"],
    ["<html>please sign in</html>", 200, "which is no IPv4 address"],
    ["no", 503, "answered 503"],
  ])("is not known where the answer is %s with %i", async (text, status, why) => {
    await expect(ownAddress(false, answering(text, status).ask)).rejects.toThrow(why)
  })

  it("is not known where nobody answers", async () => {
    const ask = async () => {
      throw new Error("ENOTFOUND")
    }
    await expect(ownAddress(false, ask)).rejects.toThrow("cannot be asked: ENOTFOUND")
  })
})
