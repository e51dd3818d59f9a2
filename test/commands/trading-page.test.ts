import { readFileSync } from "node:fs"
import type { CommandUnknownOpts } from "@commander-js/extra-typings"
import { describe, expect, it } from "vitest"
import { nameFor, stateBucketName } from "../../src/aws/names.ts"
import { tagKeys } from "../../src/aws/tags.ts"
import { markerKey } from "../../src/aws/trading/marker.ts"
import { programFor } from "../../src/commands/program.ts"
import { waived } from "../../src/commands/waivers.ts"
import { calendarEnds } from "../../src/market/calendar.ts"
import { checkNames } from "../../src/nodes/live/checks/judge.ts"
import type { PolicyName } from "../../src/policies/names.ts"
import { policyFor } from "../../src/policies/policies.ts"
import halt from "../../src/templates/documents/halt.json" with { type: "json" }
import { world } from "./small-world.ts"

const page = readFileSync(new URL("../../docs/trading.md", import.meta.url), "utf8")
const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8")

const at = world()
await at.run("sandbox")
const program = programFor({ ...at.app, exit: () => {} })

/** What the page tells the trader to type: lines of its blocks, which are whole, and code in its sentences. */
const blocks = [...page.matchAll(/^ *(smart0dte [^#\n`]*)/gm)].map(([, line = ""]) => line.trim())
const typed = [...new Set([...blocks, ...[...page.matchAll(/`(smart0dte [^`\n]*)`/g)].map(([, code = ""]) => code)])]

describe("each command that the trader's page names", () => {
  it("is found by this test", () => {
    expect(typed.length).toBeGreaterThan(25)
    expect(typed).toContain("smart0dte halt --env poc --now")
    expect(typed).toContain("smart0dte gateway status --env poc")
  })

  it.each(typed)("%s", (line) => {
    const { command, words, flags } = read(line)
    expect(flags.filter((flag) => !optionsOf(command).includes(flag))).toEqual([])
    const given = command.registeredArguments
    const needed = blocks.includes(line) ? given.filter((one) => one.required).length : 0
    expect(words.length).toBeGreaterThanOrEqual(needed)
    expect(words.length).toBeLessThanOrEqual(given.length)
    const choices = given.map(({ argChoices }) => argChoices)
    expect(words.filter((word, nth) => !(choices[nth] ?? [word]).includes(word))).toEqual([])
  })

  it("has the flags that its sentences name", () => {
    const named = [...page.matchAll(/`(--[a-z][a-z-]+)/g)].map(([, flag = ""]) => flag)
    const known = new Set(all(program).flatMap(optionsOf))
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((flag) => !known.has(flag))).toEqual([])
  })
})

describe("the ways of the page that do without this tool", () => {
  const scope = "poc"
  const account = { account: "123456789012", region: "us-east-1" }

  it("name the document, and only parameters of it that they need", () => {
    expect(page).toContain(`--document-name ${nameFor(scope, "halt")} `)
    expect(page).toContain(`Search for \`${nameFor(scope, "halt")}\``)
    const { System, Now, Run } = halt.parameters
    expect(page).toContain(`--parameters System=${System.allowedValues[0]},Now=${Now.default}\n`)
    expect(Run.default).toMatch(new RegExp(Run.allowedPattern))
    expect(Object.keys(halt.parameters)).toEqual(["System", "Now", "Run"])
  })

  it("find the nodes by their tag", () => {
    expect(page).toContain(`Key=tag:${tagKeys.scope},Values=${scope} `)
    expect(page).toContain(`key \`${tagKeys.scope}\`, value \`${scope}\``)
  })

  it("write the marker where nodes look for it", () => {
    expect(page).toContain(`printf 'halt\\n`)
    expect(page).toContain(` s3://${stateBucketName(account)}/${markerKey(scope, "smart-0dte")}\n`)
  })
})

interface Statement {
  readonly Effect: string
  readonly Action: string | string[]
  readonly Resource: string | string[]
}

/** Those that are told how it trades. */
const traders = ["trader", "operator", "ci-live"] as const

describe("who may do what", () => {
  const cloud = { account: "123456789012", region: "us-east-1", partition: "aws" }
  // What a statement of IAM has: our type leaves that to IAM.
  const statements = (name: PolicyName) => policyFor(name, cloud, "poc").Statement as readonly Statement[]
  const allowed = (name: PolicyName, action: string, resource: string) =>
    statements(name).some(
      ({ Effect, Action, Resource }) =>
        Effect === "Allow" &&
        [Action].flat().includes(action) &&
        [Resource].flat().some((one) => matches(one, resource)),
    )
  const document = (name: string) => `arn:aws:ssm:us-east-1:123456789012:document/${nameFor("poc", name)}`
  const marker = `arn:aws:s3:::${stateBucketName(cloud)}/${markerKey("poc", "smart-0dte")}`

  it.each(traders)("%s may halt by the console, and by the marker, as the page says", (name) => {
    expect(page).toContain(`smart0dte iam policy ${name} --env poc\n`)
    expect(allowed(name, "ssm:SendCommand", document("halt"))).toBe(true)
    expect(allowed(name, "ssm:ListCommands", "*")).toBe(true)
    expect(allowed(name, "s3:PutObject", marker)).toBe(true)
  })

  it("goes live by trader and ci-live only", () => {
    const live = traders.filter((name) => allowed(name, "ssm:SendCommand", document("switch-live")))
    expect(live).toEqual(["trader", "ci-live"])
  })
})

describe("the page's table of checks", () => {
  const rows = [...(page.split("\n## The checks\n")[1] ?? "").matchAll(/^\| `([a-z]+)` \| (.*)$/gm)].map(
    ([, name = "", rest = ""]) => ({ name, rest }),
  )

  it("has each check, in the order in which they are shown", () => {
    expect(rows.map(({ name }) => name)).toEqual(checkNames)
  })

  it("says which can be waived", () => {
    const said = rows.flatMap(({ name, rest }) => (rest.includes("can be waived") ? [name] : []))
    expect(said.length).toBe(3)
    expect(Object.keys(waived({ waive: said, reason: "as it says" }))).toEqual(said)
    for (const name of checkNames.filter((one) => !said.includes(one)))
      expect(() => waived({ waive: [name], reason: "as it says" }), name).toThrow("can be waived")
  })
})

it("the page says until when the calendar goes", () => {
  expect(page).toContain(`to the end of ${calendarEnds.replace(/-12-31$/, "")};`)
})

it("the README leads to the page", () => {
  expect(readme).toContain("\n## For the trader\n")
  expect(readme).toContain("(docs/trading.md)")
})

/** The command that a line means, what is given to it, and its flags. A flag's value after a space goes with it. */
function read(line: string) {
  const [, ...rest] = line.split(" ")
  let command: CommandUnknownOpts = program
  const words: string[] = []
  const flags: string[] = []
  for (const word of valuesGone(rest)) {
    const below = words.length === 0 ? command.commands.find((one) => one.name() === word) : undefined
    if (below) command = below
    else if (word.startsWith("--")) flags.push(word.split("=")[0] ?? "")
    else words.push(word)
  }
  if (command === program) throw new Error(`there is no command: ${line}`)
  return { command, words, flags }
}

/** As IAM reads them: a star is any letters. */
const matches = (pattern: string, arn: string): boolean =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replaceAll(/[^\w]/g, "\\$&"))
      .join(".*")}$`,
  ).test(arn)

const valuesGone = (words: readonly string[]): readonly string[] =>
  words.filter((_, nth) => !["--env", "--system", "--token"].includes(words[nth - 1] ?? ""))

const all = (command: CommandUnknownOpts): readonly CommandUnknownOpts[] => [command, ...command.commands.flatMap(all)]

const optionsOf = (command: CommandUnknownOpts): readonly string[] =>
  [...command.createHelp().visibleGlobalOptions(command), ...command.options].flatMap(({ long }) => long ?? [])
