import { describe, expect, it } from "vitest"
import { lineTag, lineTimesOf } from "../../../src/aws/secrets/line-tags.ts"
import { checkLine, generated, linesOf, textOf } from "../../../src/aws/secrets/lines.ts"

describe("a secret's text", () => {
  it("has a line for each value, in the order of the names, and is read as it was written", () => {
    const lines = { SMTP_PASSWORD: "b", POLYGON_API_KEY: "a=b== 'c' \"d\" $e \\f" }
    const text = textOf(lines)
    expect(text).toBe("POLYGON_API_KEY=a=b== 'c' \"d\" $e \\f\nSMTP_PASSWORD=b\n")
    expect(linesOf(text)).toEqual(lines)
  })

  it("that somebody else wrote may have lines that are none", () => {
    expect(linesOf("\nnothing\n=no name\nA=1\n\n")).toEqual({ A: "1" })
    expect(linesOf("")).toEqual({})
  })
})

describe("a line", () => {
  it.each(["A", "POLYGON_API_KEY", `A${"0".repeat(99)}`])("may be called %s", (name) => {
    expect(() => checkLine(name, "x")).not.toThrow()
  })

  it.each(["", "a", "1A", "A-B", "A=B", `A${"0".repeat(100)}`])('may not be called "%s"', (name) => {
    expect(() => checkLine(name, "x")).toThrow("cannot name a secret")
  })

  it.each(["a\nb", "a\rb", "a\0b"])("has no end within it, and is not repeated", (value) => {
    expect(() => checkLine("A", `canary${value}`)).toThrow(/^the value of A has more than one line$/)
  })
})

it("what is made by chance is letters and digits, long, and never the same", () => {
  const made = Array.from({ length: 50 }, generated)
  for (const one of made) expect(one).toMatch(/^[A-Za-z0-9]{48}$/)
  expect(new Set(made).size).toBe(50)
})

describe("a line's tag", () => {
  it("tells since when it is set, or that it isn't", () => {
    const since = new Date("2026-11-21T06:00:00.000Z")
    const tags = [lineTag("A", since), lineTag("B", undefined), { Key: "Name", Value: "x" }]
    expect(tags.map(({ Value }) => Value)).toEqual(["2026-11-21T06:00:00.000Z", "unset", "x"])
    expect(lineTimesOf(tags)).toEqual({ A: "2026-11-21T06:00:00.000Z", B: undefined })
    expect(lineTimesOf(undefined)).toEqual({})
  })
})
