import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"

/** What is tried, how AWS refuses it (the code, and a part of the message where it says too little), who says so. */
export type Row<On> = readonly [what: string, refusal: string, source: string, attempt: (on: On) => string]

/** Tries every row on ground of its own, and holds that no code in the service's source lacks one. */
export const provesRefusals = <On>(folder: URL, rows: readonly Row<On>[], ground: () => On): void => {
  describe("refused as on AWS", () => {
    test.each(rows)("%s: %s (%s)", (_what, refusal, _source, attempt) => {
      const [code = "", says = ""] = refusal.split(/: (.*)/s)
      const answer = attempt(ground())
      expect(answer.split(": ")[0]).toBe(code)
      expect(answer).toContain(says)
    })
  })

  test("every refusal in the source stands in the table", () => {
    const tried = new Set(rows.map(([, refusal]) => refusal.split(": ")[0]))
    const written = codesIn(folder)
    expect(written).not.toEqual([])
    expect(written.filter((code) => !tried.has(code))).toEqual([])
  })
}

/** A code is what stands first where a refusal is made, or last where a member is demanded. */
const codesIn = (folder: URL): readonly string[] => {
  const made = /(?:\bRefusal|\bnotThere)\(\s*"(\w+)"|\bgiven\([^()]*"([A-Z]\w+)"\)/g
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"))
  const codes = files.flatMap((name) =>
    [...readFileSync(new URL(name, folder), "utf8").matchAll(made)].map(([, first, last]) => first ?? last ?? ""),
  )
  return [...new Set(codes)]
}
