import { expect, it } from "vitest"
import { type AccountWish, account } from "../../src/blueprints/account.ts"
import { wishesOf } from "../../src/engine/wishes.ts"

const place = { partition: "aws", region: "us-east-1", account: "111122223333" }
const of = (more: Partial<AccountWish>) =>
  account({
    place,
    items: ["trail"],
    contacts: {},
    billing: { thresholds: [100], actual: [], forecast: [] },
    budgetUsd: 1,
    email: [],
    sms: [],
    webhook: [],
    ...more,
  })

it("knows of a step what another item wished of it, where that is left alone", () => {
  const others = wishesOf(of({ items: ["trail", "trail-key", "change-alarms"] }).steps)
  const { first } = of({ others })
  const { key, logGroup, role } = others["trail/main"] ?? {}
  expect([key, logGroup, role]).not.toContain(undefined)
  expect(first?.spec.wishes["trail/main"]).toMatchObject({ key, logGroup, role })
  expect(Object.keys(of({}).first?.spec.wishes["trail/main"])).not.toContain("key")
})
