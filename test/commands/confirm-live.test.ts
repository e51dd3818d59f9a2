import { CreateBucketCommand } from "@aws-sdk/client-s3"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { stateBucketName } from "../../src/aws/names.ts"
import { type Objects, stateObjects } from "../../src/aws/state/objects.ts"
import { approveToken } from "../../src/aws/trading/approvals.ts"
import { openLedger } from "../../src/aws/trading/ledger.ts"
import { useToken } from "../../src/aws/trading/tokens.ts"
import { typeBelow } from "../../src/commands/confirm-live.ts"
import { confirmedBefore } from "../../src/commands/confirmed-before.ts"
import { isWorld } from "../../src/commands/live-surroundings.ts"
import { givenToken, newToken, type TokenLook } from "../../src/commands/live-token.ts"
import { type Bound, bindingOf } from "../../src/nodes/live/binding.ts"
import { typingsFor } from "../../src/nodes/live/screen.ts"
import { type Sandboxed, sandboxed } from "../aws/sandboxed.ts"
import { digest, noon, systemOf } from "../nodes/live/checks/facts.ts"

let aws: Sandboxed
let objects: Objects
beforeEach(async () => {
  aws = await sandboxed()
  const cloud = await aws.open()
  await cloud.s3.send(new CreateBucketCommand({ Bucket: stateBucketName(cloud) }))
  objects = stateObjects(cloud, cloud.s3)
})
afterEach(() => aws.close())

const confirmed = { "smart-0dte": { digest, config: "c".repeat(16), limits: "1000/5000/10", account: "U1234567" } }
const bound: Bound = { command: "live", environment: "poc 1 us-east-1", confirmed, waived: {} }
const anna = "arn:aws:sts::123456789012:assumed-role/trader/anna"
const ben = "arn:aws:iam::123456789012:user/people/ben"
const carl = "arn:aws:iam::123456789012:user/people/carl"
const printed = (more: Partial<Bound> = {}) =>
  newToken(objects, { scope: "poc", bound: { ...bound, ...more }, systems: [systemOf()], by: anna, now: Date.now() })

const look = (given: string, more: Partial<TokenLook> = {}) =>
  givenToken(objects, { scope: "poc", given, bound, caller: anna, ...more })

describe("a token that was given", () => {
  it("is known, and by whom it was approved", async () => {
    const { id } = await printed()
    expect((await look(id)).by).toBeUndefined()
    await approveToken(objects, "poc", id, ben)
    const given = await look(id)
    expect(given).toMatchObject({ by: ben, facts: { known: true, used: undefined, differs: [] } })
  })

  it("has the approval that counts where whoever gives it has approved it, too", async () => {
    const { id } = await printed()
    for (const one of [ben, carl]) await approveToken(objects, "poc", id, one)
    expect((await look(id, { caller: ben })).by).toBe(carl)
    expect((await look(id, { caller: carl })).by).toBe(ben)
  })

  it("is of no use once it was used", async () => {
    const { id, binding } = await printed()
    await useToken(objects, { id, scope: "poc", command: "live", binding, by: anna, run: "r".repeat(32) })
    const { facts } = await look(id)
    expect(facts.used).toContain(`by ${anna}`)
  })

  it("for something else says what is another", async () => {
    const { id } = await printed({ environment: "prod 1 us-east-1" })
    expect((await look(id)).facts.differs).toEqual(["environment"])
  })

  it.each([
    "",
    "x",
    "../../trading/poc/record",
    "A".repeat(32),
    `${"0".repeat(31)}\n`,
    "0".repeat(65_536),
    "0".repeat(32),
  ])("is none: %j", async (text) => {
    expect((await look(text)).facts.known).toBe(false)
  })

  it("of another environment is none here", async () => {
    const { id } = await printed()
    expect((await look(id, { scope: "stage" })).facts.known).toBe(false)
  })

  it("is good until the next close, and not longer", async () => {
    const at = (time: string) =>
      newToken(objects, { scope: "poc", bound, systems: [systemOf()], by: anna, now: Date.parse(time) })
    expect((await at("2026-11-18T17:00:00Z")).until).toBe("2026-11-18T21:15:00.000Z")
    expect((await at("2026-11-18T22:00:00Z")).until).toBe("2026-11-19T21:15:00.000Z")
    expect((await at("2026-11-18T17:00:00Z")).binding).toBe(bindingOf(bound))
  })
})

describe("what is typed", () => {
  const wrong = [
    "",
    "yes",
    "Poc",
    "POC",
    " poc",
    "poc ",
    "рос",
    "poc\u202e",
    "poc\n1000",
    "prod",
    "y",
    "p".repeat(65_536),
  ]
  const app = (answers: readonly string[]) => {
    const left = [...answers]
    const text = async () => left.shift() ?? ""
    return { app: { ask: { text } } as never, left }
  }
  const opened = { config: { options: { sandbox: false } } } as never
  const typings = typingsFor("poc", 1000, false)

  it("is the name and the amount, letter for letter", async () => {
    await typeBelow(app(["poc", "1000"]).app, opened, typings)
  })

  it.each(wrong)("is not %j", async (typed) => {
    await expect(typeBelow(app([typed, "1000"]).app, opened, typings)).rejects.toThrow("not what had to be typed")
  })

  it.each(["", "1e3", "1,000", "1000.0", "1000 ", "999", "$1000", "１０００"])(
    "is not the amount %j",
    async (typed) => {
      await expect(typeBelow(app(["poc", typed]).app, opened, typings)).rejects.toThrow("not what had to be typed")
    },
  )

  it("is asked no further after a wrong answer", async () => {
    const { app: wronged, left } = app(["nope", "1000"])
    await expect(typeBelow(wronged, opened, typings)).rejects.toThrow()
    expect(left).toEqual(["1000"])
  })

  it("is the name alone where the very same was confirmed a little ago", () => {
    expect(typingsFor("poc", 1000, true).map(({ answer }) => answer)).toEqual(["poc"])
  })

  it("is the sum of what all may lose", () => {
    expect(typingsFor("poc", 1500.5, false)[1]?.answer).toBe("1500.50")
  })
})

describe("that the very same was confirmed before", () => {
  const details = { "smart-0dte": `digest ${digest}, setting ${"e".repeat(16)}, limits 1000/5000/10, account U1234567` }
  const write = (at: string, event = "live-end", told: Readonly<Record<string, string>> = details) =>
    openLedger(objects, { scope: "poc", run: "r".repeat(32), by: anna, now: () => Date.parse(at) }).write({
      event,
      systems: ["smart-0dte"],
      epoch: 3,
      what: "live",
      details: told,
    })
  const known = (now = noon) => confirmedBefore(objects, "poc", [systemOf()], confirmed, now)

  it("is so for less than five sessions", async () => {
    await write("2026-11-11T17:00:00Z")
    expect(await known(Date.parse("2026-11-18T17:00:00Z"))).toBe(true)
    expect(await known(Date.parse("2026-11-19T17:00:00Z"))).toBe(false)
  })

  it.each<[string, string, Readonly<Record<string, string>>]>([
    ["only began", "live-begin", details],
    ["failed", "live-failed", details],
    ["had another digest", "live-end", { "smart-0dte": (details["smart-0dte"] ?? "").replace(digest, "e".repeat(64)) }],
    ["had other limits", "live-end", { "smart-0dte": (details["smart-0dte"] ?? "").replace("1000/", "10001000/") }],
    [
      "was of another account",
      "live-end",
      { "smart-0dte": (details["smart-0dte"] ?? "").replace("U1234567", "U7654321") },
    ],
    ["was another system", "live-end", { "mag7-7dte": details["smart-0dte"] ?? "" }],
  ])("is not so where it %s", async (_, event, told) => {
    await write("2026-11-17T17:00:00Z", event, told)
    expect(await known()).toBe(false)
  })

  it("is not so where nothing is written", async () => {
    expect(await known()).toBe(false)
  })
})

it.each([
  ["0.0.0.0/0", true],
  ["128.0.0.0/1", true],
  ["::/0", true],
  ["2000::/3", true],
  ["203.0.113.0/24", false],
  ["10.0.0.0/8", false],
  ["2001:db8::/32", false],
  ["sg-0123", false],
])("the whole world is %s: %s", (peer, is) => {
  expect(isWorld(peer)).toBe(is)
})
