import { beforeEach, describe, expect, it } from "vitest"
import { type World, world } from "./small-world.ts"

let at: World
beforeEach(() => {
  at = world()
  at.records.push("poc")
})

const all = () => at.said.out + at.said.err

describe("the word for a mode", () => {
  it.each(["prod", "dev+stage", "poc"])("is never an environment's: %s", async (word) => {
    expect(await at.run(`switch-mode ${word}`)).toBe(2)
    expect(at.said.err).toContain(`"${word}" is no mode`)
    expect(at.said.err).toContain(word === "prod" ? "the mode is called live" : "the modes are")
    expect(at.journal).toEqual([])
  })

  it("production is live, and confirmed as that", async () => {
    expect(await at.run("switch-mode production")).toBe(2)
    expect(at.said.err).toContain("--confirm-live")
    expect(at.journal).toEqual([])
  })

  it.each(["Live", "LIVE", "livе", "lіve", "--live", "constructor", "toString", "paper", ""])(
    "is not guessed at: %j",
    async (word) => {
      expect(await at.run(`switch-mode ${word}`)).toBe(2)
      expect(at.journal).toEqual([])
    },
  )

  it.each(["--dry-run", "--confirm-live 0123", "--waive soak --reason because"])(
    "without money goes without %s",
    async (flags) => {
      expect(await at.run(`switch-mode testing ${flags}`)).toBe(2)
      expect(at.said.err).toContain("of going live, and the mode is testing")
      expect(at.journal).toEqual([])
    },
  )
})

describe("without a terminal", () => {
  it("going live is exit 2 with the flag named, before AWS is asked anything", async () => {
    expect(await at.run("switch-mode live")).toBe(2)
    expect(at.said.err).toContain("--confirm-live")
    expect(at.journal).toEqual([])
  })

  it.each<[string, Record<string, string>]>([
    [
      "a variable of each flag",
      { SMART0DTE_CONFIRM_LIVE: "0".repeat(32), SMART0DTE_YES: "true", SMART0DTE_MODE: "live" },
    ],
    ["CI", { CI: "true" }],
    ["a variable that names the environment", { SMART0DTE_ENV: "poc", SMART0DTE_CONFIRM: "poc" }],
  ])("%s is no confirmation", async (_, env) => {
    at.env = env
    expect(await at.run("switch-mode live")).toBe(2)
    expect(at.journal).toEqual([])
  })

  it.each(["--yes", "--confirm=poc", "--force", "-y"])("%s is none either", async (flag) => {
    expect(await at.run(`switch-mode live ${flag}`)).toBe(2)
    expect(at.said.err).toMatch(/unknown option|--confirm-live/)
    expect(at.journal).toEqual([])
  })

  it.each(["live:\n  confirm: true", "confirmLive: true", "live:\n  confirmLive: poc", "yes: true"])(
    "nor is the configuration: %j",
    async (file) => {
      at.settings.file = file
      expect(await at.run("switch-mode live")).toBe(2)
      expect(at.journal).toEqual([])
    },
  )

  it("what is piped in is not asked for: `yes |`", async () => {
    at.piped = "yes\nyes\npoc\n1000\n"
    expect(await at.run("switch-mode live")).toBe(2)
    expect(at.asked).toEqual([])
  })
})

describe("a terminal whose screen nobody sees", () => {
  it.each(["switch-mode live --output json", "switch-mode live"])("is none: %s", async (line) => {
    at.terminal.interactive = true
    // Where stdout leads into a file there is no width.
    if (line.includes("json")) at.width = 80
    expect(await at.run(line)).toBe(2)
    expect(all()).toContain("--confirm-live")
    expect(at.asked).toEqual([])
  })
})

describe("--waive", () => {
  const live = "switch-mode live --dry-run"

  it.each(["account", "approval", "limits", "gateway", "halted", "Soak", "hours ", "все"])(
    "does not know %j",
    async (name) => {
      expect(await at.run(`${live} --waive ${name.trim()}x --reason because`)).toBe(2)
      expect(await at.run(`${live} --waive ${name.trim() === name ? name : "x"} --reason because`)).toBe(2)
      expect(at.said.err).toContain("only these can: soak, backup, hours")
      expect(at.journal).toEqual([])
    },
  )

  it("wants a reason, and a reason wants it", async () => {
    expect(await at.run(`${live} --waive hours`)).toBe(2)
    expect(at.said.err).toContain("--waive wants a --reason")
    expect(await at.run(`${live} --reason because`)).toBe(2)
    expect(at.said.err).toContain("nothing is waived")
  })

  it.each(["x", "a\u202eb-reversed", "a\tb-tab", `${"long".repeat(100)}`])("takes %j for no reason", async (reason) => {
    expect(await at.run(`${live} --waive hours --reason ${reason}`)).toBe(2)
    expect(at.said.err).toContain("plain letters")
  })
})
