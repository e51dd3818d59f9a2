import { describe, expect, it } from "vitest"
import { accountSummary, rootFindings } from "../../../src/aws/iam/root.ts"
import { bench } from "../../steps/bench.ts"

const names = (summary: Parameters<typeof rootFindings>[0]) => rootFindings(summary).map(({ name }) => name)

describe("the root user", () => {
  it.each([
    [{ AccountMFAEnabled: 1, AccountAccessKeysPresent: 0 }, []],
    [{ AccountMFAEnabled: 0, AccountAccessKeysPresent: 0 }, ["root-mfa"]],
    [{ AccountMFAEnabled: 1, AccountAccessKeysPresent: 1 }, ["root-keys"]],
    [{ AccountMFAEnabled: 0, AccountAccessKeysPresent: 2 }, ["root-mfa", "root-keys"]],
  ])("with %o is found to lack %o", (summary, found) => {
    expect(names(summary)).toEqual(found)
  })

  it("is not taken for safe where AWS says nothing of it", () => {
    expect(names({})).toEqual(["root-mfa", "root-keys"])
  })

  it("is mended by hand, step by step, beginning with the sign-in", () => {
    for (const { steps } of rootFindings({})) {
      expect(steps[0]).toMatch(/^sign in at https:\/\/console\.aws\.amazon\.com\/ as the root user/)
      expect(steps.length).toBeGreaterThan(2)
    }
  })
})

describe("the account's summary", () => {
  const on = bench("account")
  it("says how its root user is", async () => {
    expect(await accountSummary(on.cloud)).toMatchObject({
      AccountMFAEnabled: expect.any(Number),
      AccountAccessKeysPresent: expect.any(Number),
    })
  })
})
