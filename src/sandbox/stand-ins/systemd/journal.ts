import { appendFileSync, existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Context } from "../context.ts"

/** What a unit said, each line with its time. */
export function appendToJournal(on: Context, unit: string, text: string): void {
  if (text === "") return
  const at = new Date().toISOString()
  const lines = text.split("\n").map((line) => `${at} ${unit.replace(/\.service$/, "")}: ${line}\n`)
  appendFileSync(fileOf(on), lines.join(""))
}

export const journalLines = (on: Context): readonly string[] =>
  existsSync(fileOf(on)) ? readFileSync(fileOf(on), "utf8").split("\n").slice(0, -1) : []

const fileOf = ({ paths }: Context): string => join(paths.root, "var/log/journal")
