import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Session } from "../../../src/aws/clients.ts"
import { quotasFor } from "../../../src/aws/preflight/quotas.ts"
import type { PlanAction, PlanRow } from "../../../src/engine/plan.ts"
import { type Sandboxed, sandboxed } from "../sandboxed.ts"

let aws: Sandboxed
let cloud: Session
beforeAll(async () => {
  aws = await sandboxed()
  cloud = await aws.open()
})
afterAll(() => aws.close())

type Fields = Readonly<Record<string, unknown>>

const row = (kind: string, action: PlanAction, fields: Fields, live?: Fields): PlanRow => ({
  step: { key: `${kind}/one`, kind, name: "one", scope: "poc" },
  action,
  changes: [],
  holdsData: false,
  fields,
  ...(live && { live }),
  prices: [],
  pricesNow: [],
  usual: 1,
})

const needed = async (code: string, ...rows: readonly PlanRow[]) =>
  (await quotasFor(cloud, rows)).find((quota) => quota.code === code)?.needs

const large = { instanceType: "t3.2xlarge", running: true }
const small = { instanceType: "t3.xlarge", running: true }

describe("what is changed in place", () => {
  it.each([
    ["is made", row("instance", "create", large), 8],
    ["takes another's place beside it", row("instance", "replace", large, small), 8],
    ["grows", row("instance", "update", large, small), 4],
    ["grows and starts again", row("instance", "update", large, { ...small, running: false }), 8],
    ["shrinks", row("instance", "update", small, large), undefined],
    ["changes in something else", row("instance", "update", small, small), undefined],
  ])("counts the processors that it has not yet: a machine that %s", async (_, one, processors) => {
    expect(await needed("L-1216C47A", one)).toBe(processors)
  })

  it.each([
    ["is made", row("database", "create", { storageGb: 50 }), 50],
    ["grows", row("database", "update", { storageGb: 80 }, { storageGb: 50 }), 30],
    ["changes in something else", row("database", "update", { storageGb: 50 }, { storageGb: 50 }), undefined],
  ])("counts the disk that it has not yet: a database that %s", async (_, one, gigabytes) => {
    expect(await needed("L-7ADDB58A", one)).toBe(gigabytes)
  })

  it("makes no room for another by shrinking: which comes first is not known", async () => {
    expect(await needed("L-1216C47A", row("instance", "update", small, large), row("instance", "create", small))).toBe(
      4,
    )
  })
})
