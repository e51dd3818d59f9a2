import { Chalk } from "chalk"
import { describe, expect, it } from "vitest"
import type { Result } from "../../src/report/results.ts"
import { widthOf } from "../../src/report/text/fit.ts"
import { textLines } from "../../src/report/text/text.ts"
import { place, plan, row, status } from "./samples.ts"

const plain = new Chalk({ level: 0 })
const at = (width: number, result: Result, sandbox = false) => textLines(result, { paint: plain, width, sandbox })

const applied = {
  type: "applied",
  ...place,
  command: "deploy",
  outcome: "partly",
  done: 12,
  failed: [
    {
      step: "instance/node",
      message: "there is no capacity for t3.xlarge in us-east-1a",
      hint: "try another size",
      requestId: "9f3e",
    },
  ],
  skipped: 2,
  seconds: 134,
  outputs: { vpcId: "vpc-0a1b2c3d4e5f60718" },
  remains: ["bucket/flow-logs: 3 objects, 0.02 USD a month"],
  monthlyUsd: 36.5,
  next: ["run the same command again"],
} as const satisfies Result

const containers = {
  type: "containers",
  ...place,
  node: "i-0a1b2c3d4e5f60718",
  system: "smart-0dte",
  rows: [
    { service: "signal-generator", state: "running", health: "healthy", ports: [] },
    { service: "backend", state: "exited", health: "unhealthy", ports: ["10.20.1.6:8000:8000"] },
  ],
} as const satisfies Result

describe.each([40, 80, 200])("at %i columns", (width) => {
  it("a plan", () => expect(at(width, plan).join("\n")).toMatchSnapshot())
  it("a status", () => expect(at(width, status).join("\n")).toMatchSnapshot())
  it("the end of a run", () => expect(at(width, applied, true).join("\n")).toMatchSnapshot())
  it("no line is wider than the screen", () => {
    for (const result of [plan, status, applied, containers])
      for (const line of at(width, result, true)) expect(widthOf(line), line).toBeLessThanOrEqual(width)
  })
})

describe("a result in the sandbox", () => {
  it.each([plan, status, applied, containers])("says so in its heading or its last line", (result) => {
    expect(at(80, result, true).filter((line) => line.startsWith("[sandbox]")).length).toBeGreaterThan(0)
    expect(at(80, result, false).join("\n")).not.toContain("sandbox")
  })
})

describe("what is to be made", () => {
  const shown = (fields: Record<string, unknown>) =>
    at(100, { ...plan, rows: [row("alarm/cpu", { action: "create", fields })] })
      .filter((line) => line.startsWith("      "))
      .map((line) => line.trim())

  it("is told in few lines, without what only AWS can give", () => {
    expect(shown({ id: "x-new", arn: "", name: "cpu", network: ["vpc-new", "vpc-new"], tags: {} })).toEqual([
      "name: cpu",
    ])
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`field${n}`, "x".repeat(30)]))
    expect(shown(many).length).toBeLessThanOrEqual(3)
    expect(shown(many).at(-1)).toMatch(/, and 14 more fields$/)
  })

  it("shows the beginning of what is long", () => {
    expect(shown({ policy: "y".repeat(500) })).toEqual([`policy: ${"y".repeat(59)}…`])
  })
})

describe("a value from the account", () => {
  const shown = (value: unknown) => {
    const rows = [
      row("vpc/main", { action: "update", changes: [{ field: "name", live: value, want: "x", cause: "drift" }] }),
    ]
    return at(200, { ...plan, rows }).find((line) => line.includes("name:"))
  }
  it("cannot move the cursor, change the colours, or turn the text around", () => {
    expect(shown("a\u001b[31mred\u001b[0m")).toBe('      name: "a\\u{1b}[31mred\\u{1b}[0m" -> x')
    expect(shown("line\nbreak\r\u0007")).toBe('      name: "line\\u{a}break\\u{d}\\u{7}" -> x')
    expect(shown("\u202egnp.exe")).toBe('      name: "\\u{202e}gnp.exe" -> x')
    expect(shown("zero\u200bwidth")).toBe('      name: "zero\\u{200b}width" -> x')
  })
  it("may be of any script, and is measured as wide as it is", () => {
    expect(shown("東京")).toBe("      name: 東京 -> x")
    const rows = [row("vpc/main", { action: "create", fields: { name: "東京".repeat(30) } })]
    for (const line of at(40, { ...plan, rows })) expect(widthOf(line)).toBeLessThanOrEqual(40)
  })
  it("is told by what was added to a list or taken from it", () => {
    const rule = (from: number) => ({ from, peer: "sg-1" })
    const changes = [
      { field: "ingress", live: [rule(22), rule(3000)], want: [rule(3000), rule(8000), rule(9000)], cause: "drift" },
    ] as const
    const lines = at(200, { ...plan, rows: [row("security-group/app", { action: "update", changes })] })
    expect(lines.slice(3, 6)).toEqual([
      "      ingress[]: {from: 22, peer: sg-1} -> (none)",
      "      ingress[]: (none) -> {from: 8000, peer: sg-1}",
      "      ingress[]: (none) -> {from: 9000, peer: sg-1}",
    ])
  })
  it("is left out where its kind has words for it", () => {
    const changes = [{ field: "wishes", live: "1f", want: "2e", cause: "pending" }] as const
    const words = ["newly wished: vpc/main, subnet/b"]
    const lines = at(200, { ...plan, rows: [row("record/main", { action: "update", changes, words })] })
    expect(lines.slice(2, 5)).toEqual(["  ~ update record/main", "      newly wished: vpc/main, subnet/b", ""])
    const made = at(200, { ...plan, rows: [row("record/main", { action: "create", fields: { a: 1 }, words: [] })] })
    expect(made.slice(2, 4)).toEqual(["  + create record/main", ""])
  })
  it("is told by what differs in it, however deep", () => {
    const policy = (action: string) => ({
      Statement: [
        { Sid: "A", Action: "s3:*" },
        { Sid: "B", Action: action },
      ],
    })
    const changes = [{ field: "policy", live: policy("a"), want: policy("b"), cause: "drift" }] as const
    const lines = at(200, { ...plan, rows: [row("role/node", { action: "update", changes })] })
    expect(lines).toContain("      policy.Statement[1].Action: a -> b")
  })
})
