import type { CommandUnknownOpts } from "@commander-js/extra-typings"
import { describe, expect, it } from "vitest"
import type { App } from "../../src/app.ts"
import { approveCommand } from "../../src/commands/approve.ts"
import { typeBelow } from "../../src/commands/confirm-live.ts"
import { restartCommand } from "../../src/commands/gateway-restart.ts"
import { haltCommand } from "../../src/commands/halt.ts"
import { modeCommand } from "../../src/commands/mode.ts"
import type { Opened } from "../../src/commands/opening.ts"
import { resumeCommand } from "../../src/commands/resume.ts"
import { switchModeCommand } from "../../src/commands/switch-mode.ts"
import { waived } from "../../src/commands/waivers.ts"
import { resolveConfig } from "../../src/config.ts"
import { Refused, Usage } from "../../src/errors.ts"
import { typingsFor } from "../../src/nodes/live/screen.ts"
import { hostile, hostileArguments } from "../nodes/live/hostile-values.ts"
import { world } from "./small-world.ts"

const at = world()
await at.run("sandbox")
const ending = { ...at.app, exit: () => {} }
const token = "0123456789abcdef0123456789abcdef"

/** Each word of these that says what is to trade, and how. */
const lines: readonly (readonly [words: readonly string[], nth: number])[] = [
  [["switch-mode", "live"], 1],
  [["switch-mode", "testing"], 1],
  [["switch-mode", "live", "--system", "smart-0dte"], 3],
  [["halt", "--system", "mag7-7dte"], 2],
  [["resume", "--system", "smart-0dte"], 2],
  [["mode", "--system", "both"], 2],
  [["restart", "smart-0dte"], 1],
  [["approve", "live", "--token", token], 1],
]

const named = lines.map(([words, nth]) => ({ line: words.join(" "), word: words[nth] ?? "", words, nth }))

describe("a command line", () => {
  it.each(named)("$line begins, and with nothing for $word that only looks like it", async ({ words, nth, word }) => {
    expect(await begins(words)).toBe(true)
    const taken: string[] = []
    for (const [how, value] of hostileArguments(word)) if (await begins(words.with(nth, value))) taken.push(how)
    expect(taken).toEqual([])
  })

  it("takes no word of others for the mode", async () => {
    for (const word of [
      "prod",
      "Production",
      "production ",
      "real",
      "paper",
      "Live",
      "l",
      "li",
      "__proto__",
      "constructor",
    ])
      expect(await begins(["switch-mode", word]), word).toBe(false)
  })
})

/** Whether the command would do its work, which is never done here. */
async function begins([name = "", ...words]: readonly string[]): Promise<boolean> {
  let begun = false
  const run = () => {
    begun = true
    return Promise.resolve(0 as const)
  }
  const quiet = { writeOut: () => {}, writeErr: () => {}, outputError: () => {} }
  const command = commandsBy(run).find((one) => one.name() === name)
  await command
    ?.exitOverride()
    .configureOutput(quiet)
    .parseAsync([...words], { from: "user" })
    .catch(() => {})
  return begun
}

const commandsBy = (run: () => Promise<0>): readonly CommandUnknownOpts[] => [
  switchModeCommand(ending, run),
  haltCommand(ending, run),
  resumeCommand(ending, run),
  modeCommand(ending, run),
  restartCommand(ending, run),
  approveCommand(ending, run),
]

describe("what is typed below the screen", () => {
  const typings = typingsFor("poc", 1000, false)

  it("is the environment's name, and the loss of a day", () => {
    expect(typings.map(({ answer }) => answer)).toEqual(["poc", "1000"])
    expect(typingsFor("poc", 1000, true).map(({ answer }) => answer)).toEqual(["poc"])
  })

  it("is taken letter for letter", async () => {
    await expect(type(["poc", "1000"])).resolves.toBeUndefined()
    const amounts = ["1,000", "1000.0", "1000.00", "01000", "1e3", "+1000", "1000 USD", "$1000", "999", "0x3e8"]
    const wrong: (readonly [how: string, answers: readonly string[]])[] = []
    for (const [how, value] of hostile("poc")) wrong.push([how, [value, "1000"]])
    for (const [how, value] of hostile("1000")) wrong.push([how, ["poc", value]])
    for (const value of [...amounts, "yes", "y", "true"]) wrong.push([value, ["poc", value]])
    for (const value of ["yes", "y", "POC", "prod", "poc2"]) wrong.push([value, [value, "1000"]])
    for (const [how, answers] of wrong) await expect(type(answers), how).rejects.toBeInstanceOf(Refused)
  })

  async function type(answers: readonly string[]): Promise<void> {
    const left = [...answers]
    // All of the two that is used to ask.
    const app = { ask: { text: () => Promise.resolve(left.shift()) } } as unknown as App
    const opened = { config: { options: { sandbox: false } } } as Opened
    await typeBelow(app, opened, typings)
  }
})

describe("what is waived", () => {
  it.each(["soak", "backup", "hours"])("is %s by just that name", (name) => {
    const reason = "the same logic, new logging"
    expect(waived({ waive: [name], reason })).toEqual({ [name]: reason })
    for (const [how, value] of hostile(name)) expect(() => waived({ waive: [value], reason }), how).toThrow(Usage)
  })

  it("has a reason of one plain line", () => {
    const wrong = hostile("why").filter(([, value]) => !/^[\x20-\x7e]{3,300}$/.test(value))
    expect(wrong.length).toBeGreaterThan(12)
    for (const [how, reason] of wrong) expect(() => waived({ waive: ["soak"], reason }), how).toThrow(Usage)
  })

  it("is kept as it was said where it would run, if anything ran it", () => {
    const reason = "$(touch canary) `touch canary` '; touch canary; '"
    expect(waived({ waive: ["soak"], reason })).toEqual({ soak: reason })
  })
})

describe("what going live is bound to in the configuration", () => {
  const image = `ghcr.io/gnzsnz/ib-gateway@sha256:${"5a".repeat(32)}`
  const resolved = (text: string) => resolveConfig({ flags: {}, env: {}, file: { path: "smart0dte.yaml", text } })

  it.each([
    ["env", "poc", (value: string) => `env: ${value}`],
    ["live.account", "U1234567", (value: string) => `live: { account: ${value} }`],
    ["live.approval", "required", (value: string) => `live: { approval: ${value} }`],
    ["gateway.image", image, (value: string) => `gateway: { image: ${value} }`],
    ["options", "index", (value: string) => `systems: { smart-0dte: { options: ${value} } }`],
  ])("takes nothing for %s that only looks like it", async (_, right, written) => {
    await expect(resolved(written(JSON.stringify(right)))).resolves.toBeDefined()
    for (const [how, value] of hostile(right))
      await expect(resolved(written(JSON.stringify(value))), how).rejects.toMatchObject({ exitCode: 2 })
  })

  it.each(["0", "-1", "1e999", ".inf", ".nan", '"1000"', "1000.001", "1_000", "no", "[1000]", "\uff11"])(
    "has no limit of %s",
    async (value) => {
      for (const name of ["dailyLoss", "position", "openPositions"])
        await expect(resolved(`systems: { smart-0dte: { limits: { ${name}: ${value} } } }`)).rejects.toMatchObject({
          exitCode: 2,
        })
    },
  )

  it("takes no environment by a flag that is not exactly one", async () => {
    for (const [how, env] of hostileArguments("poc").filter(([, value]) => value !== ""))
      await expect(resolveConfig({ flags: { env }, env: {} }), how).rejects.toMatchObject({ exitCode: 2 })
    for (const [how, env] of hostileArguments("poc").filter(([, value]) => value !== ""))
      await expect(resolveConfig({ flags: {}, env: { SMART0DTE_ENV: env } }), how).rejects.toMatchObject({
        exitCode: 2,
      })
  })
})
