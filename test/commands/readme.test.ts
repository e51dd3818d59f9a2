import { readFileSync } from "node:fs"
import type { CommandUnknownOpts } from "@commander-js/extra-typings"
import { describe, expect, it } from "vitest"
import { programFor } from "../../src/commands/program.ts"
import { settingsSchema } from "../../src/config/settings.ts"
import { checkNames } from "../../src/nodes/live/checks/judge.ts"
import { world } from "./small-world.ts"

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8")
const rows = readme
  .split("\n## Commands\n")[1]
  ?.split("\n## ")[0]
  ?.split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split("|")) as readonly (readonly string[])[]

/** What is more than a word. */
const inTheFile = ["billing", "bootstrap", "gateway", "live", "systems"]

const at = world()
await at.run("sandbox")
const { commands } = programFor({ ...at.app, exit: () => {} })

/** What stands in code in a cell, such as `plan` of `plan TARGET`. */
const codeIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code)

describe("the README's table of commands", () => {
  const named = rows.flatMap(([, names = ""]) => codeIn(names).map((code) => code.split(" ")[0]))

  it("has a row for each command that --help lists, and no others", () => {
    expect([...new Set(named)].sort()).toEqual(commands.map((command) => command.name()).sort())
  })

  it.each(commands.filter((command) => command.commands.length > 0).map((command) => [command.name(), command]))(
    "names every command below %s",
    (name, command: CommandUnknownOpts) => {
      const row = rows.find(([, names = ""]) => codeIn(names).some((code) => code.split(" ")[0] === name))
      const told = codeIn(row?.[2] ?? "").map((code) => code.split(" ")[0])
      expect(command.commands.map((one) => one.name()).filter((one) => !told.includes(one))).toEqual([])
    },
  )

  it("is followed by one with a row for each setting, its flag and its variable", () => {
    const keys = Object.keys(settingsSchema.shape).filter((key) => !inTheFile.includes(key))
    expect(keys.length).toBeGreaterThan(20)
    const lacking = keys.filter((key) => {
      const words = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
      const variable = `SMART0DTE_${words.replaceAll("-", "_").toUpperCase()}`
      return !readme.includes(`\n| \`${key}\` | \`--${words}\` | \`${variable}\` | `)
    })
    expect(lacking).toEqual([])
  })

  it("is followed by what is only in the file", () => {
    expect(inTheFile.filter((key) => !readme.includes(`\n${key}:`))).toEqual([])
  })

  it("says how many checks there are before a system goes live", () => {
    expect(readme).toContain(`Going live wants ${checkNames.length} checks`)
  })

  it("speaks only of options that a command has", () => {
    const known = new Set(commands.flatMap(optionsOf))
    const spoken = [...readme.matchAll(/`(?:smart0dte [^`]*)?(--[a-z][a-z-]+)/g)].map(([, option = ""]) => option)
    expect(spoken.length).toBeGreaterThan(10)
    expect(spoken.filter((option) => !known.has(option) && option !== "--help")).toEqual([])
  })
})

function optionsOf(command: CommandUnknownOpts): readonly string[] {
  const below = command.commands.flatMap(optionsOf)
  const own = command.createHelp().visibleGlobalOptions(command)
  return [...below, ...own.flatMap(({ long }) => long ?? []), ...command.options.flatMap(({ long }) => long ?? [])]
}
