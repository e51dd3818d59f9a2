import { PutAlternateContactCommand } from "@aws-sdk/client-account"
import { UpdateAccountPasswordPolicyCommand } from "@aws-sdk/client-iam"
import { beforeAll, describe, expect, it, vi } from "vitest"
import { account } from "../../src/blueprints/account.ts"
import { type AccountItem, accountItems } from "../../src/config/account.ts"
import { graphOf } from "../../src/engine/order.ts"
import { keyOf } from "../../src/engine/types.ts"
import { Awaited } from "../../src/errors.ts"
import type { Saved } from "../../src/sandbox/state-file.ts"
import { bootstrap, lookAt, passDay, takeBack, wholeAccount, withItems } from "./account-ground.ts"
import { attacksOn, carryOut, fieldsWanted, roundsOf } from "./attacks.ts"
import { deviations, forget, mutations, standing, troubles } from "./evidence.ts"
import { type Ground, ground } from "./ground.ts"
import { tampers } from "./tampers/index.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const nothing = { done: [], failed: [], skipped: [], remains: [] }
const { steps } = graphOf(account(wholeAccount))

/** All there is, a day after its first bootstrap. */
async function settled(): Promise<Ground> {
  const on = await ground()
  await somebodyBefore(on)
  await bootstrap(on, wholeAccount)
  passDay(on)
  await bootstrap(on, wholeAccount)
  return on
}

/** What somebody has set by hand, long before. */
async function somebodyBefore({ outsider }: Ground): Promise<void> {
  await outsider.iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 10, MaxPasswordAge: 90 }))
  const person = { Name: "Eve Before", Title: "Owner", EmailAddress: "eve@example.com", PhoneNumber: "1" }
  await outsider.contacts.send(new PutAlternateContactCommand({ AlternateContactType: "BILLING", ...person }))
}

describe("the account's baseline", () => {
  it("is as wanted after two runs a day apart, and a third changes nothing", async () => {
    const on = await ground()
    const first = await bootstrap(on, wholeAccount)
    expect(first.failed.map(({ step, error }) => [step.key, error instanceof Awaited])).toEqual([
      ["cost-tags/main", true],
    ])
    passDay(on)
    expect(troubles(await bootstrap(on, wholeAccount))).toEqual([])
    expect(deviations(await lookAt(on, wholeAccount))).toEqual([])
    forget(on)
    expect(await bootstrap(on, wholeAccount)).toEqual(nothing)
    expect(mutations(on)).toEqual([])
    await on.close()
  })

  it("puts back what somebody had set before, and leaves nothing but what is declared", async () => {
    const on = await ground()
    await somebodyBefore(on)
    const before = standing(on)
    await bootstrap(on, wholeAccount)
    passDay(on)
    await bootstrap(on, wholeAccount)
    const outcome = await takeBack(on, wholeAccount, true)
    expect(troubles(outcome)).toEqual([])
    const isLeft = ({ what, id }: { what: string; id: string }) =>
      id.includes("-state") ||
      // In its waiting time.
      what === "kms/key" ||
      (what === "iam/role" && id.startsWith("AWSServiceRoleFor"))
    expect(standing(on).filter((thing) => !isLeft(thing) && !told.includes(thing.what))).toEqual(before)
    forget(on)
    expect(await takeBack(on, wholeAccount, true)).toEqual(nothing)
    expect(mutations(on)).toEqual([])
    await on.close()
  })

  it("never takes the bucket of states away, whatever is asked for", async () => {
    const on = await ground()
    await bootstrap(on, withItems("ebs-encryption"))
    const outcome = await takeBack(on, withItems("ebs-encryption"), true)
    expect(outcome.done.map(({ step }) => step.key).toSorted()).toEqual(["ebs-encryption/main", "record/main"])
    expect(standing(on).map(({ id }) => id)).toContain("smart0dte-111122223333-us-east-1-state")
    await on.close()
  })

  it("makes of each item what is its own, and nothing of the others", () => {
    const keysOf = (...items: readonly AccountItem[]) =>
      graphOf(account(withItems(...items)))
        .steps.map(keyOf)
        .filter((key) => !shared.includes(key))
    for (const item of accountItems) {
      const lone = keysOf(item, ...standsOn(item))
      const without = keysOf(...accountItems.filter((one) => one !== item && !standsOn(one).includes(item)))
      expect(lone, item).not.toEqual([])
      expect(without.length, item).toBeLessThan(keysOf(...accountItems).length)
    }
  })
})

/** What everything stands on, or what both alarms and budget tell. */
const shared = ["bucket/state", "record/main"]

/** AWS remembers the status of tags that it once split a bill by. */
const told = ["ce/tag"]

const standsOn = (item: AccountItem): readonly AccountItem[] =>
  (({ "trail-key": ["trail"], "change-alarms": ["trail"], "security-hub": ["config"] }) as const)[
    item as "trail-key"
  ] ?? []

describe("a call whose answer is lost", () => {
  const wish = withItems("password-policy", "contacts", "service-linked-roles", "spending-alarms", "budget")
  const strike = (on: Ground, calls: readonly string[]) => {
    expect(calls.length).toBeGreaterThan(3)
    on.faults(...calls.map((operation) => ({ name: "lost", operation, times: 1 }) as const))
  }

  it("makes nothing twice, and is no failure when it puts something back", async () => {
    const calm = await ground()
    await bootstrap(calm, wish)
    const made = new Set(mutations(calm))
    forget(calm)
    await takeBack(calm, wish)
    const unmade = new Set(mutations(calm))
    await calm.close()

    const on = await ground()
    strike(on, [...made])
    expect(troubles(await bootstrap(on, wish))).toEqual([])
    expect(deviations(await lookAt(on, wish))).toEqual([])
    strike(on, [...unmade])
    expect(troubles(await takeBack(on, wish))).toEqual([])
    await on.close()
  })
})

describe("the tables", () => {
  it.each(steps.map((step) => [keyOf(step), step] as const))("know every wanted field of %s", (_, step) => {
    const table = tampers.find(({ kind }) => kind === step.kind.name)
    const known = [...Object.keys(table?.rows ?? {}), ...Object.keys(table?.fixed ?? {})]
    expect(fieldsWanted(step).filter((field) => !known.includes(field))).toEqual([])
  })
})

describe("tampered with from outside", () => {
  let saved: Saved
  beforeAll(async () => {
    const on = await settled()
    saved = on.saved()
    await on.close()
  })

  it.each(roundsOf(steps.map(attacksOn)).map((round, n) => [n + 1, round] as const))(
    "it is seen field by field, and put right (round %i)",
    async (_, round) => {
      const on = await ground({ saved })
      const expected = await carryOut(on.outsider, await lookAt(on, wholeAccount), round)
      expect(deviations(await lookAt(on, wholeAccount)).toSorted()).toEqual(expected)
      expect(troubles(await bootstrap(on, wholeAccount))).toEqual([])
      expect(deviations(await lookAt(on, wholeAccount))).toEqual([])
      await on.close()
    },
  )
})
