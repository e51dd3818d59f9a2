import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { shorten, spread, widthOf, wrap } from "../../src/report/text/fit.ts"

describe("text on a screen", () => {
  it("is cut to the width and never beyond it, whatever it is made of", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 60 }), (text, width) => {
        const cut = shorten(text, width)
        return widthOf(cut) <= width && (cut === text || (cut.endsWith("…") && text.startsWith(cut.slice(0, -1))))
      }),
    )
    expect(shorten("    securi…  5 s of 10 s", 19)).toBe("    securi…  5 s o…")
    expect(shorten("東京都", 5)).toBe("東京…")
    expect(shorten("abc", 3)).toBe("abc")
  })

  it("is wrapped without a word lost, and goes on below where it began", () => {
    expect(wrap("one two three four", 20, 4)).toEqual(["    one two three", "    four"])
    expect(wrap("x".repeat(40), 20, 4)).toEqual([
      `    ${"x".repeat(16)}`,
      `    ${"x".repeat(16)}`,
      `    ${"x".repeat(8)}`,
    ])
  })

  it("has its price at the right, below where there is no room, and never further away than the eye follows", () => {
    expect(spread("a", "1.00 USD", 20)).toEqual(["a           1.00 USD"])
    expect(spread("a long name that fills", "1.00 USD", 24)).toEqual([
      "a long name that fills",
      "                1.00 USD",
    ])
    expect(spread("a", "1.00 USD", 300)[0]).toHaveLength(100)
  })
})
