import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { documentsFor, policyFor } from "../../src/policies/policies.ts"
import { place } from "../laws/wishes.ts"
import { accountChapters } from "./account-life.ts"
import { type Enforced, enforced } from "./ground.ts"
import { allowing, idle, lacking, statementsOf, without } from "./measure.ts"
import { lived, type Recorded } from "./record.ts"

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const whole = policyFor("bootstrap", place, "account")
const actions = [...new Set(statementsOf(whole).flatMap(({ Action }) => Action))]

const records: Recorded[] = []
const all = () => records.flatMap(({ needed }) => needed)

describe("whoever has the policy bootstrap, and no other, makes the account's baseline and gives it back", () => {
  let at: Enforced
  beforeAll(async () => {
    at = await enforced(documentsFor("bootstrap", place, "account"))
  })
  afterAll(() => at.close())

  // One goes on where the other ended.
  it.each(accountChapters.map((chapter) => [chapter.what, chapter] as const))("%s", async (_, chapter) => {
    const record = await lived(at, chapter)
    records.push(record)
    expect(record.wrong).toEqual([])
    expect(lacking(whole, record.needed)).toEqual([])
  })
})

const state = "arn:aws:s3:::smart0dte-111122223333-us-east-1-state"
const forbidden = "without it S3 says of what is not there that it is forbidden"

/** What no chapter asks for, and why it stands there. */
const unasked: Readonly<Record<string, string>> = {
  [`s3:ListBucket on ${state}`]: forbidden,
  [`s3:ListBucket on ${state.replace("us-east-1", "*")}`]: forbidden,
  "iam:GetRole on arn:aws:iam::111122223333:role/smart0dte/account/*": "IAM lists what is new a little later",
}

describe("the policy bootstrap", () => {
  it("has no action without which all of that would go", () => {
    expect(actions.filter((action) => /[*?]/.test(action))).toEqual([])
    const needed = all()
    const isMissed = (gone: string) => {
      const allowed = allowing(without(whole, gone))
      return needed.some((one) => one.action === gone && !allowed(one))
    }
    expect(actions.filter((action) => !isMissed(action))).toEqual(["s3:ListBucket"])
  })

  it("allows no action on things on which it is never needed, but these", () => {
    expect([...new Set(idle(whole, all()))].toSorted()).toEqual(Object.keys(unasked).toSorted())
  })

  it("never allows to take away what all locks and records are in", () => {
    for (const name of ["bootstrap", "deployer", "dev", "ci-deploy"] as const)
      for (const action of ["s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:DeleteObjectVersion"]) {
        const resource = action === "s3:DeleteObjectVersion" ? `${state}/records/poc.json` : state
        expect(allowing(policyFor(name, place, "poc"))({ action, resource, context: {} }), `${name} ${action}`).toBe(
          false,
        )
      }
  })
})
