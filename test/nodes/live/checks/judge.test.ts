import { describe, expect, it } from "vitest"
import { checkNames, judge } from "../../../../src/nodes/live/checks/judge.ts"
import type { LiveFacts, TokenFacts } from "../../../../src/nodes/live/facts.ts"
import { nodeOf, noon, said, server, sound, systemOf, trading } from "./facts.ts"

const refused = (facts: LiveFacts, waived: readonly string[] = []) =>
  judge(facts, waived)
    .filter(({ state }) => state === "failed")
    .map(({ name, detail }) => `${name}: ${detail}`)

const base = sound()
const token: TokenFacts = {
  given: "poc-0123",
  known: true,
  made: "2026-11-18T16:50:00Z",
  until: "2026-11-18T21:00:00Z",
  used: undefined,
  differs: [],
}
const atDesk = { terminal: true, token: undefined }
const inCi = (more: Partial<TokenFacts> = {}) => ({ terminal: false, token: { ...token, ...more } })
const approved = {
  wanted: "optional",
  by: "arn:aws:sts::123456789012:assumed-role/approver/ben",
} as const
const record = (more: Parameters<typeof trading>[0]) => ({
  record: { ...base.record, systems: { "smart-0dte": trading(more) } },
})
const minutes = (n: number) => n * 60_000
const at = (time: string, more: Partial<LiveFacts> = {}) => {
  const now = Date.parse(time)
  return { now, backup: { restorable: now, snapshot: undefined }, ...more }
}

describe("nothing stands in the way", () => {
  it.each<[string, Partial<LiveFacts>]>([
    ["at a terminal", {}],
    ["without one, with an approved token", { confirmation: inCi(), approval: approved }],
    [
      "before anybody has made a marker",
      { systems: [systemOf({ marker: "none" })], nodes: [nodeOf("i-1", { marker: "unknown" })] },
    ],
    ["of one whose paper gateway takes orders, as it should", { nodes: [nodeOf("i-1", { readOnly: "no" })] }],
    ["of two nodes", { nodes: [nodeOf(), server("i-2")] }],
    ["for a clock that is a second off", { nodes: [nodeOf("i-1", { clock: "-1.0" })] }],
    ["with a snapshot of today", { backup: { restorable: undefined, snapshot: noon - minutes(200) } }],
    [
      "of what was live before with this digest",
      record({ mode: "development", digest: base.nodes[0]?.said["smart-0dte"]?.digest ?? "" }),
    ],
    ["on a day without a session", at("2026-11-21T17:00:00Z")],
    ["five minutes after the open", at("2026-11-18T14:35:00Z")],
    ["more than thirty minutes before the last trade", at("2026-11-18T20:29:00Z")],
    [
      "of what is live and halted, when it is resumed",
      {
        doing: "resume",
        ...record({ mode: "live", trading: "halted" }),
        nodes: [nodeOf("i-1", { latch: "yes", marker: "halt" })],
      },
    ],
  ])("%s", (_, change) => {
    expect(refused(sound(change))).toEqual([])
  })
})

describe("each check refuses alone", () => {
  const cases: readonly [name: string, words: RegExp, change: Partial<LiveFacts>][] = [
    ["account", /not of 999999999999/, { caller: { ...base.caller, wanted: "999999999999" } }],
    ["account", /nothing says/, { caller: { ...base.caller, wanted: undefined } }],
    ["account", /root user/, { caller: { ...base.caller, arn: "arn:aws:iam::123456789012:root" } }],
    ["confirmation", /is no token/, { confirmation: inCi({ known: false }), approval: approved }],
    ["confirmation", /was used by anna/, { confirmation: inCi({ used: "by anna" }), approval: approved }],
    [
      "confirmation",
      /good until 2026-11-18T16:59/,
      { confirmation: inCi({ until: "2026-11-18T16:59:59Z" }), approval: approved },
    ],
    ["confirmation", /good until never/, { confirmation: inCi({ until: "never" }), approval: approved }],
    [
      "confirmation",
      /another digest, another limits/,
      { confirmation: inCi({ differs: ["digest", "limits"] }), approval: approved },
    ],
    ["confirmation", /another config/, { confirmation: { terminal: true, token: { ...token, differs: ["config"] } } }],
    ["approval", /no token to approve/, { approval: { wanted: "required", by: undefined } }],
    ["approval", /nobody has approved/, { confirmation: inCi() }],
    [
      "approval",
      /nobody has approved/,
      { confirmation: { terminal: true, token }, approval: { wanted: "required", by: undefined } },
    ],
    [
      "approval",
      /is who goes live/,
      { confirmation: inCi(), approval: { wanted: "optional", by: base.caller.arn.replace("anna", "ben") } },
    ],
    ["nodes", /i-2 is not online/, { nodes: [nodeOf(), { ...server("i-2"), online: false }] }],
    ["nodes", /knows epoch 6/, { nodes: [nodeOf("i-1", { epoch: "6" })] }],
    ["nodes", /knows epoch none/, { nodes: [nodeOf("i-1", { epoch: "" })] }],
    [
      "nodes",
      /answers for smart-0dte of i-9/,
      { nodes: [{ ...nodeOf(), said: { "smart-0dte": said("smart-0dte", "i-9") } }] },
    ],
    ["trader", /i-2 may take itself/, { nodes: [nodeOf(), server("i-2", { trader: "yes" })] }],
    ["trader", /i-2 .* reaches the gateway live/, { nodes: [nodeOf(), server("i-2", { gateway: "live" })] }],
    ["trader", /does not take itself/, { nodes: [nodeOf("i-1", { trader: "no" })] }],
    ["trader", /the record names i-7/, record({ trader: "i-7" })],
    ["clock", /i-1 is 1.2 s off/, { nodes: [nodeOf("i-1", { clock: "1.2" })] }],
    ["clock", /i-1 is -4 s off/, { nodes: [nodeOf("i-1", { clock: "-4" })] }],
    ["clock", /does not say/, { nodes: [nodeOf("i-1", { clock: "" })] }],
    ["digest", /i-2 has eeeeeeeeeeee/, { nodes: [nodeOf(), server("i-2", { digest: "e".repeat(64) })] }],
    ["config", /i-2 has eeeeeeeeeeee/, { nodes: [nodeOf(), server("i-2", { config: "e".repeat(16) })] }],
    ["config", /no config of smart-0dte/, { nodes: [nodeOf("i-1", { config: "" })] }],
    ["healthy", /backend answers 503/, { nodes: [nodeOf("i-1", { healthy: "no: backend answers 503" })] }],
    ["data", /the cache does not answer/, { nodes: [nodeOf("i-1", { data: "no: the cache does not answer" })] }],
    ["limits", /told no limits/, { systems: [systemOf({ limits: undefined })] }],
    [
      "limits",
      /none that are finite/,
      { systems: [systemOf({ limits: { dailyLoss: Number.POSITIVE_INFINITY, position: 1, openPositions: 1 } })] },
    ],
    ["limits", /has 9999\/5000\/10, and not 1000/, { nodes: [nodeOf("i-1", { limits: "9999/5000/10" })] }],
    ["limits", /has none/, { nodes: [nodeOf(), server("i-2", { limits: "" })] }],
    ["limits", /configuration says 500/, { systems: [systemOf({ configured: { dailyLoss: 500 } })] }],
    ["keys", /POLYGON_API_KEY of smart-0dte/, { systems: [systemOf({ unset: ["POLYGON_API_KEY"] })] }],
    ["keys", /IBKR_PASSWORD/, { credentials: ["IBKR_PASSWORD"] }],
    ["keys", /the broker's live account/, { credentials: undefined }],
    ["gateway", /no image/, { gateway: { ...base.gateway, image: "ghcr.io/gnzsnz/ib-gateway:latest" } }],
    ["gateway", /no live account/, { gateway: { ...base.gateway, account: "" } }],
    ["gateway", /DU123456 is no account/, { gateway: { ...base.gateway, account: "DU123456" } }],
    ["gateway", /configuration says U7654321/, { gateway: { ...base.gateway, configured: "U7654321" } }],
    ["alarms", /nobody is told/, { subscriptions: [] }],
    ["alarms", /not confirmed yet: ops/, { subscriptions: [{ endpoint: "ops@example.com", confirmed: false }] }],
    ["ledger", /AccessDenied/, { ledger: "AccessDenied" }],
    ["world", /0.0.0.0\/0/, { front: { open: ["load-balancer lets in 0.0.0.0/0"], cleartext: [] } }],
    ["cleartext", /3000/, { front: { open: [], cleartext: ["HTTP at 3000"] } }],
    ["halted", /smart-0dte is halted$/, record({ trading: "halted" })],
    ["halted", /is halted on i-1/, { nodes: [nodeOf("i-1", { latch: "yes" })] }],
    ["halted", /reads halt/, { nodes: [nodeOf("i-1", { marker: "halt" })] }],
    ["halted", /the marker of smart-0dte says halt/, { systems: [systemOf({ marker: "halt" })] }],
    ["halted", /reads halt/, { systems: [systemOf({ marker: "none" })], nodes: [nodeOf("i-1", { marker: "halt" })] }],
    ["halted", /reads unknown/, { nodes: [nodeOf("i-1", { marker: "unknown" })] }],
    ["halted", /is not halted/, { doing: "resume", ...record({ mode: "live" }) }],
    ["mode", /smart-0dte is in live/, record({ mode: "live", digest: "d".repeat(64) })],
    ["mode", /is in testing/, { doing: "resume", ...record({ trading: "halted" }) }],
    ["soak", /never live/, record({ mode: "development" })],
    ["soak", /never live/, record({ mode: "development", digest: "e".repeat(64) })],
    ["soak", /no whole session/, record({ since: "2026-11-17T15:00:00Z" })],
    ["soak", /no whole session/, { systems: [systemOf({ runsSince: Date.parse("2026-11-18T12:00:00Z") })] }],
    ["soak", /nobody knows/, { systems: [systemOf({ runsSince: undefined })] }],
    ["backup", /nothing is kept/, { backup: { restorable: undefined, snapshot: undefined } }],
    [
      "backup",
      /kept last at 2026-11-18T16:44/,
      { backup: { restorable: noon - minutes(15) - 1000, snapshot: undefined } },
    ],
    ["backup", /kept last/, { backup: { restorable: undefined, snapshot: noon - 24 * minutes(60) } }],
    ["hours", /opened less than 5/, at("2026-11-18T14:34:59Z")],
    ["hours", /less than 30 minutes/, at("2026-11-18T20:30:00Z")],
    ["hours", /says nothing of/, at("2049-11-18T17:00:00Z", { ...record({ digest: "d".repeat(64) }) })],
  ]

  it.each(cases)("%s: %s", (name, words, change) => {
    const found = refused(sound(change))
    expect(found).toEqual([expect.stringMatching(words)])
    expect(found[0]?.startsWith(`${name}: `)).toBe(true)
  })

  it("and none where the gateway for paper takes orders, as it always does", () => {
    expect(refused(sound({ nodes: [nodeOf("i-1", { gateways: "paper", readOnly: "no" })] }))).toEqual([])
  })

  it("and no check is without a case", () => {
    expect([...new Set(cases.map(([name]) => name))].toSorted()).toEqual([...checkNames].toSorted())
  })

  it("with what to do about it", () => {
    for (const [, , change] of cases)
      for (const one of judge(sound(change), []).filter(({ state }) => state === "failed"))
        expect(one.fix, one.name).toMatch(/\w/)
  })

  it("with commands that stay where the facts are from: a copied one must not reach the real account", () => {
    const fixes = cases.flatMap(([, , change]) => {
      const facts = sound(change)
      return judge({ ...facts, caller: { ...facts.caller, sandbox: true } }, []).flatMap(({ fix = "" }) => fix)
    })
    const copied = fixes.filter((fix) => fix.includes("smart0dte "))
    expect(copied.length).toBeGreaterThan(5)
    expect(copied.filter((fix) => !/ --env \S+ --sandbox$/.test(fix))).toEqual([])
  })
})

it("without a terminal and without a token, both who confirms and who approves are missing", () => {
  expect(
    refused(sound({ confirmation: { terminal: false, token: undefined } })).map((one) => one.split(":")[0]),
  ).toEqual(["confirmation", "approval"])
})

describe("an approval by another session of the same", () => {
  const by = (approver: string, arn: string) =>
    refused(
      sound({ confirmation: inCi(), approval: { wanted: "optional", by: approver }, caller: { ...base.caller, arn } }),
    )
  const session = (role: string, name: string) => `arn:aws:sts::123456789012:assumed-role/${role}/${name}`

  it("role is none: whoever takes it calls the session as they like", () => {
    expect(by(session("trader", "ben"), session("trader", "anna"))).toHaveLength(1)
    expect(by(session("approver", "anna"), session("trader", "anna"))).toEqual([])
  })

  it("role of single sign-on is one, for AWS names the session after its user", () => {
    const role = "AWSReservedSSO_Trader_0123456789abcdef"
    expect(by(session(role, "ben@example.com"), session(role, "anna@example.com"))).toEqual([])
    expect(by(session(role, "anna@example.com"), session(role, "anna@example.com"))).toHaveLength(1)
  })
})

describe("a reason", () => {
  const worst = sound({
    ...record({ mode: "development" }),
    backup: { restorable: undefined, snapshot: undefined },
    now: Date.parse("2026-11-18T20:45:00Z"),
  })

  it("is good for what is named, and for nothing else", () => {
    expect(refused(worst).map((one) => one.split(":")[0])).toEqual(["soak", "backup", "hours"])
    expect(refused(worst, ["soak", "hours"]).map((one) => one.split(":")[0])).toEqual(["backup"])
    expect(refused(worst, ["soak", "backup", "hours"])).toEqual([])
  })

  it("is never good for what can cost the account", () => {
    for (const name of checkNames.filter((one) => !["soak", "backup", "hours"].includes(one)))
      expect(judge(sound(), [name]).find((one) => one.name === name)?.waivable, name).toBe(false)
    expect(refused(sound({ ledger: "gone" }), checkNames)).toHaveLength(1)
  })

  it("is not used up by what passes", () => {
    expect(judge(sound(), ["hours"]).filter(({ state }) => state === "waived")).toEqual([])
  })
})

it("before anything is prepared, what only a running gateway shows is said to come later", () => {
  const later = (facts: LiveFacts) =>
    judge(facts, [])
      .filter(({ state }) => state === "later")
      .map(({ name }) => name)
  expect(later(sound())).toEqual(["confirmation", "gateway"])
  expect(later(sound({ dryRun: true, confirmation: atDesk }))).toEqual(["confirmation", "approval", "gateway"])
  expect(refused(sound({ dryRun: true, confirmation: { terminal: false, token: undefined } }))).toEqual([])
})

it("that the market calendar ends is said two months before", () => {
  const detail = (time: string) => judge(sound(at(time)), []).find(({ name }) => name === "hours")?.detail
  expect(detail("2028-11-01T17:00:00Z")).not.toContain("calendar")
  expect(detail("2028-11-02T17:00:00Z")).toContain("the market calendar ends on 2028-12-31")
})
