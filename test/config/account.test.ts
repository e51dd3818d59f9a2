import { describe, expect, it } from "vitest"
import { itemsOf, offeredItems, usualItems } from "../../src/config/account.ts"
import { resolveConfig } from "../../src/config.ts"

const read = (text: string) => resolveConfig({ flags: {}, env: {}, file: { path: "smart0dte.yaml", text } })

describe("the items of an account", () => {
  it("are the usual ones, with what is added and without what is refused", () => {
    expect(itemsOf({ with: [], without: [] })).toEqual(usualItems)
    expect(itemsOf({ with: ["config"], without: ["budget"] })).toEqual([
      ...usualItems.filter((item) => item !== "budget"),
      "config",
    ])
    expect(itemsOf({ with: [...offeredItems], without: [], only: ["budget", "trail"] })).toEqual(["trail", "budget"])
  })
})

describe("what a file says of the account", () => {
  it.each([
    ["bootstrap: { with: [security-hub] }", "security-hub stands on config"],
    ["bootstrap: { without: [trail], with: [trail-key] }", "trail-key stands on trail"],
    ["bootstrap: { only: [] }", "expected at least one item"],
    ["bootstrap: { with: [gold] }", "expected one of trail, analyzer"],
    ["bootstrap: { contacts: { billing: { name: Ada } } }", "expected"],
    ["billing: { thresholds: [] }", "expected at least one amount"],
    ["billing: { thresholds: [1.5] }", "expected a whole number of USD"],
    ["billing: { budget: 0 }", "expected a whole number of USD"],
    ["billing: { forecast: [100, 110, 120] }", "a budget tells of no more"],
  ])("is refused: %s", async (text, words) => {
    const refusal = await read(text).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Error)
    expect(`${refusal} ${(refusal as { hint?: string }).hint}`).toContain(words)
  })
})
