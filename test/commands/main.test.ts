import { beforeEach, describe, expect, it } from "vitest"
import { Interrupted, UserError } from "../../src/errors.ts"
import { type World, world } from "./small-world.ts"

let at: World
beforeEach(() => {
  at = world()
})

describe("wrong use", () => {
  it.each([
    ["deploi single", "unknown command 'deploi'", "did you mean deploy?"],
    ["fly", "unknown command 'fly'", "smart0dte --help shows what there is"],
    ["deploy", "missing required argument 'target'", "smart0dte deploy --help shows what there is"],
    ["iam create-user", "missing required argument 'user'", "smart0dte iam create-user --help shows what there is"],
    ["--env dev iam fly", "unknown command 'fly'", "smart0dte iam --help shows what there is"],
    ["deploy multi", 'there is no target "multi"', "the target may be: single"],
    ["deploy single --yess", "unknown option '--yess'", "did you mean --yes?"],
    [
      "deploy single multi",
      "too many arguments for 'deploy'. Expected 1 argument but got 2",
      "smart0dte deploy --help shows what there is",
    ],
    [
      "plan single --output yaml",
      "option '--output <format>' argument 'yaml' is invalid. Allowed choices are text, json, markdown",
      "smart0dte plan --help shows what there is",
    ],
    [
      "plan single --region us-est-1",
      '--region is "us-est-1"',
      "expected an AWS region such as us-east-1; did you mean us-east-1?",
    ],
    [
      "plan single --vpc-cidr 10.20.0.0/33",
      '--vpc-cidr is "10.20.0.0/33"',
      "expected an IPv4 range such as 203.0.113.0/24",
    ],
    ["plan single --lock-timeout soon", "unknown option '--lock-timeout'", "smart0dte plan --help shows what there is"],
    [
      "completion ksh",
      "command-argument value 'ksh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish",
      "smart0dte completion --help shows what there is",
    ],
  ])("%s", async (line, what, hint) => {
    expect(await at.run(line)).toBe(2)
    expect(at.said).toEqual({ out: "", err: `error: ${what}\nhint: ${hint}\n` })
    expect(at.cloud.calls).toEqual([])
  })

  it("shows where a broken file is broken", async () => {
    at.settings.file = "region: us-east-1\negress: [nat\n"
    expect(await at.run("plan single")).toBe(2)
    expect(at.said.err).toMatch(/^error: smart0dte\.yaml:3:1: .*\nhint: .*\n$/)
  })

  it.each(["", "sandbox"])("'%s' alone shows which commands there are", async (line) => {
    expect(await at.run(line)).toBe(2)
    expect(at.said.out).toBe("")
    expect(at.said.err).toContain("Commands:")
  })
})

describe("what is asked for", () => {
  it.each(["--help", "-h", "help", "plan --help", "help plan", "sandbox fault --help"])(
    "%s is exit 0, on stdout",
    async (line) => {
      expect(await at.run(line)).toBe(0)
      expect(at.said.out).toContain("Usage: smart0dte")
      expect(at.said.err).toBe("")
    },
  )
  it.each(["--version", "-V"])("%s", async (line) => {
    expect(await at.run(line)).toBe(0)
    expect(at.said.out).toBe("1.2.3\n")
  })
})

describe("an error", () => {
  const failing = (error: unknown) => {
    at.steps = []
    Object.defineProperty(at, "steps", {
      get() {
        throw error
      },
    })
  }

  it("of AWS is told in two lines, with what its support asks for", async () => {
    failing(new UserError("the VPC vpc-1 is not there", { hint: "look again", requestId: "9f3e" }))
    expect(await at.run("plan single")).toBe(1)
    expect(at.said.err).toBe("error: the VPC vpc-1 is not there\nhint: look again\nAWS request id: 9f3e\n")
  })

  it("of ours is called a bug, with its stack only on request", async () => {
    failing(new TypeError("x is undefined"))
    expect(await at.run("plan single")).toBe(1)
    expect(at.said.err).toBe(
      "error: this is a bug in smart0dte: x is undefined\nhint: run it once more with --debug and report what it prints\n",
    )
    await at.run("plan single --debug")
    expect(at.said.err).toContain("TypeError: x is undefined\n    at ")
  })

  it("moves nothing on the reader's screen", async () => {
    failing(new UserError("bad name \u001b[2J\u202e", { hint: "a\rb" }))
    await at.run("plan single")
    expect(at.said.err).toBe("error: bad name \\u{1b}[2J\\u{202e}\nhint: a\\u{d}b\n")
  })

  it("is a line of json too, with the exit code", async () => {
    failing(new UserError("no", { hint: "yes" }))
    await at.run("plan single --output json")
    expect(at.lines().at(-1)).toEqual({ type: "error", exitCode: 1, message: "no", hint: "yes", sandbox: false })
    at.said.out = ""
    at = world()
    await at.run("plan --output json")
    expect(at.lines()[0]).toMatchObject({ schema: "smart0dte/1", command: "plan" })
    expect(at.lines().at(-1)).toMatchObject({ type: "error", exitCode: 2 })
  })

  it.each([
    [130, 130],
    [143, 143],
    [129, 129],
  ])("by a signal has that signal's exit code %i", async (code, expected) => {
    failing(new Interrupted("stopped"))
    at.interrupts = { ...at.interrupts, code: () => code }
    expect(await at.run("plan single")).toBe(expected)
  })
})

it("a signal while nothing has to come to rest ends the command there and then", async () => {
  at.interrupts = { ...at.interrupts, leave: Promise.reject(new Interrupted("stopped by SIGTERM")), code: () => 143 }
  expect(await at.run("plan single")).toBe(143)
  expect(at.said.err).toContain("error: stopped by SIGTERM")
})
