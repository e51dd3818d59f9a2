import { describe, expect, it } from "vitest"
import { latestOf, logLinesOf, type Seen, unseen } from "../../src/commands/log-lines.ts"

const line = (service: string, seconds: string, text: string) => ({
  system: "smart-0dte",
  service,
  time: `2026-11-21T09:30:${seconds}Z`,
  text,
})
const nothing: Seen = new Map()

describe("lines that were not seen yet", () => {
  it("are told once, also several of one moment", () => {
    const first = unseen([line("backend", "01.5", "a")], nothing)
    const next = unseen([line("backend", "01.5", "a"), line("backend", "01.5", "b")], first.seen)
    expect(next.fresh.map(({ text }) => text)).toEqual(["b"])
    expect(unseen([line("backend", "01.5", "a"), line("backend", "01.5", "b")], next.seen).fresh).toEqual([])
  })

  it("may be older than what another service said since", () => {
    const { seen } = unseen([line("backend", "01.0", "a"), line("feed", "05.0", "b")], nothing)
    const late = line("backend", "03.0", "late")
    expect(unseen([line("backend", "01.0", "a"), late, line("feed", "05.0", "b")], seen).fresh).toEqual([late])
    expect(latestOf(seen)).toBe("2026-11-21T09:30:05.0Z")
  })

  it("are of one system: the other one has services of the same name", () => {
    const { seen } = unseen([line("backend", "05.0", "a")], nothing)
    const other = { ...line("backend", "02.0", "b"), system: "mag7-7dte" }
    expect(unseen([other], seen).fresh).toEqual([other])
  })
})

describe("what a node printed", () => {
  it("is in the order of time, whatever digits a second has, and a text without a time stays behind its own", () => {
    const output = [
      "backend | 2026-11-21T09:30:02.51Z third",
      "feed | 2026-11-21T09:30:02.5Z second",
      "feed | a trace of it",
      "feed | 2026-11-21T09:30:02Z first",
    ].join("\n")
    const lines = logLinesOf("smart-0dte", `${output}\n`)
    expect(lines.map(({ text }) => text)).toEqual(["first", "second", "a trace of it", "third"])
    expect(lines[0]).toEqual(line("feed", "02", "first"))
  })
})
