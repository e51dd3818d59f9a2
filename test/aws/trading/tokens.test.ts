import { describe, expect, it } from "vitest"
import { approveToken, readApproval, samePerson } from "../../../src/aws/trading/approvals.ts"
import { makeToken, readToken, type TokenWish, useToken } from "../../../src/aws/trading/tokens.ts"
import { tradingGround, unheard } from "./bucket.ts"

const on = tradingGround()
const alice = "arn:aws:iam::1:user/alice"
const bob = "arn:aws:iam::1:user/bob"
const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString()
const wish = (): TokenWish => ({
  scope: "poc",
  command: "live",
  systems: ["smart-0dte"],
  binding: "f".repeat(64),
  made: hours(0),
  by: alice,
  until: hours(6),
})
const make = (more: Partial<TokenWish> = {}) => makeToken(on.objects, { ...wish(), ...more })
const use = (id: string, more: object = {}, objects = on.objects) =>
  useToken(objects, {
    id,
    scope: "poc",
    command: "live",
    binding: "f".repeat(64),
    by: alice,
    run: "a".repeat(32),
    ...more,
  })

describe("a token", () => {
  it("is used once, and says by whom", async () => {
    const { id } = await make()
    expect(await use(id)).toMatchObject({ id, used: { by: alice, run: "a".repeat(32), at: expect.any(String) } })
    await expect(use(id)).rejects.toMatchObject({ name: "Refused", message: expect.stringContaining("was used at") })
    expect((await readToken(on.objects, "poc", id)).token.used).toMatchObject({ by: alice })
  })

  it("is used once by two who use it at the same time", async () => {
    const { id } = await make()
    const ends = await Promise.allSettled([use(id), use(id, { run: "b".repeat(32) })])
    expect(ends.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"])
  })

  it("is made and used once also where an answer was lost", async () => {
    const { id } = await makeToken(unheard(on.objects, true), wish())
    expect(await use(id, {}, unheard(on.objects, true))).toMatchObject({ used: { by: alice } })
    await expect(use(id)).rejects.toThrow("was used at")
    await expect(makeToken(unheard(on.objects, false), wish())).rejects.toMatchObject({ name: "OutcomeUnknown" })
    const other = await make()
    await expect(use(other.id, {}, unheard(on.objects, false, 9))).rejects.toMatchObject({ name: "OutcomeUnknown" })
  })

  it("is refused for anything but what it was printed for", async () => {
    const { id } = await make()
    await expect(use(id, { binding: "e".repeat(64) })).rejects.toThrow("printed for something else")
    await expect(use(id, { command: "resume" })).rejects.toThrow("is for live, not for resume")
    await expect(use(id, { scope: "prod" })).rejects.toThrow(`prod has no token ${id}`)
    expect((await readToken(on.objects, "poc", id)).token.used).toBeUndefined()
  })

  it("is refused when it is late, or when its end is no time", async () => {
    await expect(use((await make({ until: hours(-1) })).id)).rejects.toThrow("was good until")
    await expect(use((await make({ until: "soon" })).id)).rejects.toThrow("was good until soon")
  })

  it.each(["", "x", "../record", `${"a".repeat(32)}\n`, "A".repeat(32)])("is not %j", async (id) => {
    await expect(use(id)).rejects.toMatchObject({ name: "Usage", message: expect.stringContaining("is no token") })
  })

  it.each(["hello", "{}", "null"])("that cannot be read (%s) is none", async (text) => {
    const id = "a".repeat(32)
    await on.objects.put(`trading/poc/tokens/${id}.json`, text, undefined)
    await expect(use(id)).rejects.toThrow(`poc has no token ${id}`)
  })

  it("of another environment, copied here, is none", async () => {
    const { id } = await make({ scope: "prod" })
    const { text = "" } = await on.objects.get(`trading/prod/tokens/${id}.json`)
    await on.objects.put(`trading/poc/tokens/${id}.json`, text, undefined)
    await expect(use(id)).rejects.toThrow(`poc has no token ${id}`)
  })
})

describe("an approval", () => {
  const key = (id: string, name: string) => `trading/poc/approvals/${id}/${name}.json`
  const approve = (id: string, by = bob, objects = on.objects) => approveToken(objects, "poc", id, by)

  it("is another person's word for this very token", async () => {
    const token = await make()
    expect(await readApproval(on.objects, token)).toBeUndefined()
    const approval = await approve(token.id)
    expect(approval).toMatchObject({ id: token.id, by: bob, binding: token.binding })
    expect(await readApproval(on.objects, token)).toEqual(approval)
    expect(await approve(token.id)).toEqual(approval)
  })

  it("is refused to whoever had the token made, and does not count where he wrote it himself", async () => {
    const token = await make()
    await expect(approve(token.id, alice)).rejects.toMatchObject({ name: "Refused" })
    const own = { schema: 1, id: token.id, at: hours(0), by: alice, binding: token.binding }
    await on.objects.put(key(token.id, "alice"), JSON.stringify(own), undefined)
    expect(await readApproval(on.objects, token)).toBeUndefined()
    await approve(token.id)
    expect(await readApproval(on.objects, token)).toMatchObject({ by: bob })
  })

  it.each([
    ["in another's name under his own", (id: string) => key(id, "alice"), bob],
    ["in another's name below a folder of that name", (id: string) => key(id, "bob/alice"), bob],
    ["under a name that is only like the other's", (id: string) => key(id, "alice"), `${bob}/../alice`],
    ["in the name of a role", (id: string) => key(id, "alice"), "arn:aws:sts::1:assumed-role/trader/alice"],
    ["where approvals were not kept by name", (id: string) => `trading/poc/approvals/${id}.json`, bob],
  ])("does not count where it was written by hand %s", async (_how, at, by) => {
    const token = await make()
    const own = { schema: 1, id: token.id, at: hours(0), by, binding: token.binding }
    await on.objects.put(at(token.id), JSON.stringify(own), undefined)
    expect(await readApproval(on.objects, token)).toBeUndefined()
  })

  it.each(["arn:aws:iam::1:root", "arn:aws:sts::1:assumed-role/approver/bob"])("is refused to %s", async (by) => {
    const { id } = await make()
    await expect(approve(id, by)).rejects.toThrow("is no user of IAM, and nobody else approves")
  })

  it("does not count for a token that binds something else by now", async () => {
    const token = await make()
    await approve(token.id)
    expect(await readApproval(on.objects, { ...token, binding: "e".repeat(64) })).toBeUndefined()
  })

  it("is not given to what is used, late, or not there", async () => {
    const used = await make()
    await use(used.id)
    await expect(approve(used.id)).rejects.toThrow("was used at")
    await expect(approve((await make({ until: hours(-1) })).id)).rejects.toThrow("was good until")
    await expect(approve("a".repeat(32))).rejects.toThrow("has no token")
  })

  it("that does not fit its token is not taken for one", async () => {
    const token = await make()
    await on.objects.put(key(token.id, "bob"), "{}", undefined)
    await expect(approve(token.id)).rejects.toThrow("an approval that does not fit it")
    expect(await readApproval(on.objects, token)).toBeUndefined()
  })

  it("is known where the answer to giving it was lost", async () => {
    const token = await make()
    expect(await approve(token.id, bob, unheard(on.objects, true))).toMatchObject({ by: bob })
  })
})

it.each([
  [alice, bob, false],
  [alice, "arn:aws:iam::1:user/people/Alice", true],
  [alice, "arn:aws:sts::1:assumed-role/alice/alice", false],
  ["arn:aws:sts::1:assumed-role/trader/alice", "arn:aws:sts::1:assumed-role/trader/bob", true],
  ["arn:aws:sts::1:assumed-role/trader/alice", "arn:aws:sts::1:assumed-role/approver/alice", false],
  [
    "arn:aws:sts::1:assumed-role/AWSReservedSSO_trader_0/alice",
    "arn:aws:sts::1:assumed-role/AWSReservedSSO_trader_0/bob",
    false,
  ],
])("%s and %s may be one person: %s", (one, other, same) => {
  expect(samePerson(one, other)).toBe(same)
})
