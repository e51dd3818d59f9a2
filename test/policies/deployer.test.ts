import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { documentsFor, policyFor } from "../../src/policies/policies.ts"
import type { Saved } from "../../src/sandbox/state-file.ts"
import { troubles } from "../laws/evidence.ts"
import { deploy, ground } from "../laws/ground.ts"
import { lean, place } from "../laws/wishes.ts"
import { type Enforced, enforced, holding } from "./ground.ts"
import { chapters, tampered } from "./life.ts"
import { allowing, idle, lacking, statementsOf, without } from "./measure.ts"
import { lived, type Recorded } from "./record.ts"

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const documents = documentsFor("deployer", place, "poc")
const whole = policyFor("deployer", place, "poc")
const actions = [...new Set(statementsOf(whole).flatMap(({ Action }) => Action))]

const records: Recorded[] = []
const all = () => records.flatMap(({ needed }) => needed)

/** What none of these lives asks for, and why it stands there. */
const unasked: Readonly<Record<string, string>> = {
  "iam:GetRole on arn:aws:iam::111122223333:role/smart0dte/poc/*": "IAM lists what is new a little later",
  "iam:SimulatePrincipalPolicy on arn:aws:iam::111122223333:user/*/${aws:username}":
    "whom the tool made has a path, and this one has none",
  "iam:GetInstanceProfile on arn:aws:iam::111122223333:instance-profile/smart0dte/poc/*":
    "IAM lists what is new a little later",
  "rds:ModifyDBInstance on arn:aws:rds:us-east-1:111122223333:subgrp:smart0dte-poc-*":
    "RDS names it among the things of a change, whenever it asks for them",
  "rds:ModifyDBInstance on arn:aws:rds:us-east-1:111122223333:og:default:*":
    "another major version brings its own along",
}

describe("whoever has the deployer's policy, and no other, carries an environment through its life", () => {
  let at: Enforced
  beforeAll(async () => {
    at = await enforced(documents)
  })
  afterAll(() => at.close())

  // One goes on where the other ended.
  it.each(chapters.map((chapter) => [chapter.what, chapter] as const))("%s", async (_, chapter) => {
    const record = await lived(at, chapter)
    records.push(record)
    expect(record.wrong).toEqual([])
    expect(lacking(whole, record.needed)).toEqual([])
  })
})

describe("the deployer's policy", () => {
  it("has no action without which all of that would go", () => {
    // No action is written as a pattern: what is taken away is missed by its own requests, and by no others.
    expect(actions.filter((action) => /[*?]/.test(action))).toEqual([])
    expect(all().length).toBeGreaterThan(500)
    const needed = all()
    const isMissed = (gone: string) => {
      const allowed = allowing(without(whole, gone))
      return needed.some((one) => one.action === gone && !allowed(one))
    }
    expect(actions.filter((action) => !isMissed(action))).toEqual([])
  })

  it("allows no action on things on which it is never needed, but these", () => {
    expect(idle(whole, all()).toSorted()).toEqual(Object.keys(unasked).toSorted())
  })

  it("lets nothing be done to another environment", () => {
    const changes = all().filter(
      // Tags at birth come with a creation, which is judged by itself.
      ({ action, context, resource }) =>
        !/:(Describe|Get|List|View)/.test(action) &&
        /poc[-_/]/.test(resource) &&
        context["ec2:CreateAction"] === undefined,
    )
    expect(changes.length).toBeGreaterThan(50)
    const another = policyFor("deployer", place, "prod")
    // Who is in one's own group of users is one's own affair.
    expect(changes.filter(allowing(another)).map(({ action, resource }) => `${action} on ${resource}`)).toEqual([
      expect.stringMatching("^elasticache:ModifyUserGroup on .*:user:"),
    ])
  })
})

describe("with enforcement on", () => {
  let saved: Saved
  beforeAll(async () => {
    const on = await ground()
    await deploy(on, lean)
    saved = on.saved()
    await on.close()
  })
  const cut = (gone: string) => documents.map((policy) => without(policy, gone))

  it.each(["ec2:CreateRoute", "iam:PassRole"])("whoever lacks %s does not deploy", async (gone) => {
    const at = await enforced(cut(gone))
    const { failed } = await holding(at, ["poc"], (run) => deploy(at.on, lean, {}, run))
    expect(failed.map(({ error }) => String(error)).join()).toContain(gone)
    await at.close()
  })

  it.each([
    ["ec2:MonitorInstances", "instance/node", "monitoring"],
    ["ssm:UpdateDocument", "document/release", "content"],
    ["rds:RebootDBInstance", "database/postgres", "parametersInForce"],
  ])("whoever lacks %s does not put right what somebody did to %s: %s", async (gone, key, field) => {
    const at = await enforced(cut(gone), "somebody", { saved })
    await tampered([[key, field]], lean)(at)
    const outcome = await holding(at, ["poc"], (run) => deploy(at.on, lean, {}, run))
    expect(troubles(outcome).join()).toContain(`${gone} is not allowed`)
    await at.close()
  })

  it("whoever has no policy does nothing at all", async () => {
    const at = await enforced([])
    await expect(holding(at, ["poc"], (run) => deploy(at.on, lean, {}, run))).rejects.toThrow("is not allowed")
    await at.close()
  })
})
