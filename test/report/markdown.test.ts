import { describe, expect, it } from "vitest"
import { code, words } from "../../src/report/markdown/escape.ts"
import { markdownOf } from "../../src/report/markdown.ts"
import type { Result } from "../../src/report/results.ts"
import { place, plan, row, status } from "./samples.ts"

const drift = {
  type: "drift" as const,
  ...place,
  rows: [
    row("vpc/main", {
      action: "update",
      changes: [
        { field: "cidr", live: "10.0.0.0/16", want: "10.20.0.0/16", cause: "drift" },
        { field: "color", live: "red", want: "blue", cause: "pending" },
      ],
    }),
    row("subnet/a", { action: "create", cause: "drift" }),
  ],
  pending: 1,
  next: ["smart0dte deploy single puts it back"],
}

const cost: Result = {
  type: "cost",
  ...place,
  rows: [
    {
      step: "instance/node",
      group: "compute",
      now: [
        { what: "t3.xlarge instance", units: 1, monthlyUsd: 121.47 },
        { what: "GB of gp3 disk", units: 100, monthlyUsd: 8 },
        { what: "thing | nobody knows", units: 1, monthlyUsd: undefined },
      ],
      wanted: [{ what: "t3.large instance", units: 1, monthlyUsd: 60.74 }],
    },
  ],
  groups: [{ group: "compute", monthlyUsd: 129.47, wantedUsd: 60.74 }],
  monthlyUsd: 129.47,
  wantedUsd: 60.74,
  notPriced: ["ec2/x99"],
  notIncluded: ["traffic to the internet (0.09 USD per GB)"],
  stays: ["bucket/state: less than 0.01 USD a month"],
  pricesOf: "us-east-1, 2026-11-20",
  next: ["smart0dte plan single"],
}

describe("in markdown", () => {
  it("what it costs", () => expect(markdownOf(cost, false)).toMatchSnapshot())
  it("a plan", () => expect(markdownOf(plan, false)).toMatchSnapshot())
  it("a status", () => expect(markdownOf(status, true)).toMatchSnapshot())
  it("a drift", () => expect(markdownOf(drift, false)).toMatchSnapshot())

  it("says that it is of the sandbox", () => {
    for (const result of [plan, status, drift, cost]) expect(markdownOf(result, true)).toMatch(/^### \\\[sandbox\\\] /)
  })

  it("keeps below what a comment may hold, and says what it left out", () => {
    const rows = Array.from({ length: 100 }, (_, number) =>
      row(`parameter/${number}`, { action: "create", fields: { value: "x".repeat(2000) } }),
    )
    const text = markdownOf({ ...plan, rows }, false)
    expect(text.length).toBeLessThan(65_536)
    expect(text).toMatch(/^and \d+ more: \\--output json has all of it$/m)
    expect(text).toContain("</details>")
    expect(text.match(/^\| create /gm)).toHaveLength(100)
  })
})

describe("a value of the account", () => {
  const value = "a|b`c``d\n<img src=x onerror=1> @all #1 **bold**"
  const hostile = row("vpc/main", {
    action: "update",
    because: value,
    changes: [{ field: "na|me", live: value, want: "x", cause: "drift" }],
  })

  it("makes no cell, no line, no HTML and no mention of its own", () => {
    const text = markdownOf({ ...plan, rows: [hostile] }, false)
    const [cells] = text.split("\n").filter((line) => line.startsWith("| update"))
    expect(cells?.split(/(?<!\\)\|/)).toHaveLength(6)
    expect(text).not.toMatch(/^<img/m)
    expect(withoutCode(text)).not.toMatch(/(?<!\\)<img|@all|(?<!\\)\*\*bold/)
    expect(
      markdownOf({ ...drift, rows: [hostile] }, false)
        .split("\n")
        .filter((line) => line.startsWith("|")),
    ).toHaveLength(3)
  })

  it("stands between more backticks than it has", () => {
    expect(code("plain")).toBe("`plain`")
    expect(code("a`b")).toBe("``a`b``")
    expect(code("`a")).toBe("`` `a ``")
    expect(code("a|b\nc")).toBe("`a|b\\u{a}c`")
    expect(code("")).toBe('`""`')
    expect(code("vpc-new")).toBe("`(new)`")
    expect(code(undefined)).toBe("`(none)`")
  })

  it("is words where it is words", () => {
    expect(words("[a](http://b) _c_ @me")).toBe("\\[a\\]\\(http://b\\) \\_c\\_ @<!-- -->me")
  })
})

const withoutCode = (text: string) => text.replaceAll(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, "")
