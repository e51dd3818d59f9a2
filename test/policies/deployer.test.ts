import { beforeAll, describe, expect, it, vi } from "vitest"
import type { Policy } from "../../src/aws/iam/policy.ts"
import { documentsFor, policyFor } from "../../src/policies/policies.ts"
import { judge } from "../../src/sandbox/authorization/evaluate.ts"
import type { Needed } from "../../src/sandbox/enforcement.ts"
import { troubles } from "../laws/evidence.ts"
import { deploy, takeDown } from "../laws/ground.ts"
import { everything, lean, place } from "../laws/wishes.ts"
import { elsewhere } from "./elsewhere.ts"
import { enforced } from "./ground.ts"
import { deployAndDestroy, type Recorded, runOf } from "./record.ts"

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

interface Statement {
  readonly Action: string | readonly string[]
}

// What a statement of IAM has: our type leaves that to IAM.
const statementsOf = ({ Statement }: Policy) => Statement as readonly Statement[]

const whole = policyFor("deployer", place, "poc")
const actions = [...new Set(statementsOf(whole).flatMap(({ Action }) => Action))]

const without = (policy: Policy, gone: string): Policy => ({
  ...policy,
  // IAM takes no statement without an action.
  Statement: statementsOf(policy)
    .map((one) => ({ ...one, Action: [one.Action].flat().filter((action) => action !== gone) }))
    .filter(({ Action }) => Action.length > 0),
})

const lacking = (policy: Policy, needed: readonly Needed[]): readonly string[] => {
  const identity = [JSON.stringify(policy)]
  return needed
    .filter((one) => judge({ identity }, one) !== "allowed")
    .map(({ action, operation, resource }) => `${action} on ${resource} (${operation})`)
}

let record: Recorded
beforeAll(async () => {
  record = await deployAndDestroy()
})

describe("the deployer's policy, against what a deploy of every option and its destroy needed", () => {
  it("is measured by a run that came to its end", () => {
    expect(record.wrong).toEqual([])
    expect(record.needed.length).toBeGreaterThan(300)
  })

  it("is enough", () => {
    expect(lacking(whole, record.needed)).toEqual([])
  })

  it("has no action without which all would go, but those that other runs need", () => {
    // No action is written as a pattern: what is taken away is missed by its own requests, and by no others.
    expect(actions.filter((action) => /[*?]/.test(action))).toEqual([])
    const asking = (action: string) => record.needed.filter((one) => one.action === action)
    const idle = actions.filter((action) => lacking(without(whole, action), asking(action)).length === 0)
    expect(idle.toSorted()).toEqual(Object.values(elsewhere).flat().toSorted())
  })

  it("lets nothing be done to another environment", () => {
    const other = policyFor("deployer", place, "prod")
    const changes = record.needed.filter(
      // Tags at birth come with a creation, which is judged by itself.
      ({ action, context, resource }) =>
        !/:(Describe|Get|List|View)/.test(action) &&
        /poc[-_/]/.test(resource) &&
        context["ec2:CreateAction"] === undefined,
    )
    expect(changes.length).toBeGreaterThan(50)
    expect(changes.filter((one) => judge({ identity: [JSON.stringify(other)] }, one) === "allowed")).toEqual([])
  })
})

describe("with enforcement on", () => {
  it("whoever has the policy, and no other, deploys and destroys", async () => {
    const at = await enforced(documentsFor("deployer", place, "poc"))
    expect(troubles(await deploy(at.on, everything, {}, runOf(at)))).toEqual([])
    expect(troubles(await takeDown(at.on, everything, true, runOf(at)))).toEqual([])
    await at.close()
  })

  it.each(["ec2:CreateRoute", "iam:PassRole"])("whoever lacks %s does not deploy", async (gone) => {
    const at = await enforced(documentsFor("deployer", place, "poc").map((policy) => without(policy, gone)))
    const { failed } = await deploy(at.on, lean, {}, runOf(at))
    expect(failed.map(({ error }) => String(error)).join()).toContain(gone)
    await at.close()
  })

  it("whoever has no policy does nothing at all", async () => {
    const at = await enforced([])
    const { done } = await deploy(at.on, lean, {}, runOf(at)).catch(() => ({ done: [] }))
    expect(done).toEqual([])
    await at.close()
  })
})
