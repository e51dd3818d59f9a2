import { PassThrough } from "node:stream"
import { expect, it } from "vitest"
import { openReport } from "../../src/report/report.ts"
import { widthOf, wrap } from "../../src/report/text/fit.ts"

const words = "one word after the other ".repeat(20).trim()

async function linesAt(columns: number | undefined, isTTY = true): Promise<readonly string[]> {
  let said = ""
  const sink = Object.assign(
    new PassThrough().on("data", (text) => {
      said += text
    }),
    { isTTY, ...(columns !== undefined && { columns }) },
  )
  const manner = {
    format: "text",
    command: "plan",
    version: "1.2.3",
    sandbox: false,
    live: false,
    noColor: true,
  } as const
  const report = await openReport({ ...manner, stdout: sink, stderr: sink, env: {} })
  report.note(words)
  return said.trimEnd().split("\n")
}

const widest = (lines: readonly string[]) => Math.max(...lines.map(widthOf))

it("a terminal that does not know its columns is taken for one of 80", async () => {
  for (const columns of [0, undefined]) expect(await linesAt(columns)).toEqual(await linesAt(80))
  expect(widest(await linesAt(80))).toBeGreaterThan(60)
})

it("lines are as wide as the terminal, and never too narrow to be read", async () => {
  expect(widest(await linesAt(40))).toBeLessThanOrEqual(40)
  expect(await linesAt(3)).toEqual(await linesAt(20))
})

it("a coloured line is broken without a space at either end of the break", () => {
  const bold = (text: string) => `\u001b[1m${text}\u001b[22m`
  expect(wrap(bold("one and two and three and four and five"), 20)).toEqual([
    bold("one and two and"),
    bold("three and four and"),
    bold("five"),
  ])
  expect(wrap(bold("a line of twenty cols and more of it"), 21)[1]).toBe(bold("and more of it"))
  expect(wrap("  stands apart", 40)).toEqual(["  stands apart"])
})
