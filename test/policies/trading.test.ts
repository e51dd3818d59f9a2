import { describe, expect, it } from "vitest"
import { policyFor } from "../../src/policies/policies.ts"

const policyNames = ["trader", "operator", "ci-live"] as const

const place = { partition: "aws", region: "us-east-1", account: "111122223333" }

interface Statement {
  readonly Sid: string
  readonly Effect: "Allow" | "Deny"
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

const statementsOf = (name: (typeof policyNames)[number]) =>
  // Each was written in one of the templates.
  policyFor(name, place, "poc").Statement as readonly Statement[]

const covers = (resource: string, arn: string): boolean =>
  new RegExp(`^${resource.replaceAll(/[.+?^$()|[\]{}\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(arn)

/** What the caller has shown of himself, or what AWS says of the call. */
type Context = Readonly<Record<string, string>>

const holds = ({ Condition = {} }: Statement, context: Context): boolean =>
  Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      context[key] === undefined ? operator.endsWith("IfExists") : context[key] === wanted,
    ),
  )

/** As IAM judges: a refusal wins, and what nobody allows is refused. */
const may = (name: (typeof policyNames)[number], action: string, arn: string, context: Context = {}): boolean => {
  const fitting = statementsOf(name).filter(
    (one) =>
      [one.Action].flat().some((each) => covers(each, action)) &&
      [one.Resource].flat().some((each) => covers(each.replace(`\${aws:username}`, me), arn)) &&
      holds(one, context),
  )
  return fitting.some(({ Effect }) => Effect === "Allow") && !fitting.some(({ Effect }) => Effect === "Deny")
}

const me = "tess"
const document = (name: string) => `arn:aws:ssm:us-east-1:111122223333:document/smart0dte-poc-${name}`
const instance = "arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0"
const object = (key: string) => `arn:aws:s3:::smart0dte-111122223333-us-east-1-state/${key}`
const broker = (kind: string) =>
  `arn:aws:secretsmanager:us-east-1:111122223333:secret:smart0dte/poc/broker-${kind}/keys-a1b2c3`
const withMfa = { "aws:MultiFactorAuthPresent": "true" }
const withoutMfa = { "aws:MultiFactorAuthPresent": "false" }
const closed = { "secretsmanager:BlockPublicPolicy": "true" }
const documents = ["compose", "exec", "halt", "resume", "release", "switch-paper", "switch-live"]

describe.each(policyNames)("the policy %s", (name) => {
  it("fits into a policy of IAM, and names no field of a template", () => {
    const text = JSON.stringify(policyFor(name, place, "poc"))
    expect(text.length).toBeLessThan(6144)
    expect([...text.matchAll(/\$\{[^}]*\}/g)].map(([one]) => one).filter((one) => one !== `\${aws:username}`)).toEqual(
      [],
    )
    const ids = statementsOf(name).map(({ Sid }) => Sid)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it("tells only nodes of ours, by documents that are named one by one", () => {
    const sending = statementsOf(name).filter(
      ({ Action, Effect }) => Effect === "Allow" && [Action].flat().includes("ssm:SendCommand"),
    )
    for (const { Resource, Condition } of sending)
      for (const arn of [Resource].flat())
        if (arn.includes(":instance/"))
          expect(Condition).toEqual({ StringEquals: { "ssm:resourceTag/smart0dte:scope": "poc" } })
        else if (arn !== object("").slice(0, -1)) expect(arn).toMatch(/:document\/smart0dte-poc-[a-z-]+$/)
    expect(may(name, "ssm:SendCommand", instance, { "ssm:resourceTag/smart0dte:scope": "poc" })).toBe(true)
    expect(may(name, "ssm:SendCommand", instance, { "ssm:resourceTag/smart0dte:scope": "prod" })).toBe(false)
    expect(may(name, "ssm:SendCommand", instance)).toBe(false)
    expect(may(name, "ssm:SendCommand", "arn:aws:ssm:us-east-1::document/AWS-RunShellScript", withMfa)).toBe(false)
  })

  it("keeps what nodes answer in our bucket, and in no other", () => {
    const bucket = object("").slice(0, -1)
    expect(may(name, "ssm:SendCommand", bucket)).toBe(true)
    expect(may(name, "ssm:SendCommand", bucket.replace("-state", "-poc-backups"))).toBe(false)
    expect(may(name, "ssm:SendCommand", "arn:aws:s3:::theirs")).toBe(false)
  })

  it("halts by both ways, also without a second factor", () => {
    expect(may(name, "ssm:SendCommand", document("halt"), withoutMfa)).toBe(true)
    for (const key of ["halt/smart-0dte", "record", "ledger/2026-01-01T000000.json"])
      expect(may(name, "s3:PutObject", object(`trading/poc/${key}`), withoutMfa)).toBe(true)
    expect(may(name, "secretsmanager:DeleteResourcePolicy", broker("live"), withoutMfa)).toBe(true)
  })

  it("reads no secret, and changes nothing of another environment", () => {
    for (const kind of ["live", "paper"])
      expect(may(name, "secretsmanager:GetSecretValue", broker(kind), withMfa)).toBe(false)
    expect(may(name, "s3:PutObject", object("trading/prod/record"), withMfa)).toBe(false)
    expect(may(name, "ssm:SendCommand", document("halt").replace("poc", "prod"), withMfa)).toBe(false)
    expect(may(name, "s3:DeleteObject", object("trading/poc/ledger/x.json"), withMfa)).toBe(false)
  })
})

it.each([
  ["trader", withMfa, ["compose", "halt", "resume", "switch-paper", "switch-live"]],
  ["trader", withoutMfa, ["compose", "halt", "resume", "switch-paper"]],
  ["trader", {}, ["compose", "halt", "resume", "switch-paper"]],
  ["operator", withMfa, ["compose", "exec", "halt", "resume", "release", "switch-paper"]],
  ["ci-live", {}, ["compose", "halt", "resume", "switch-paper", "switch-live"]],
] as const)("a %s with %j may run these documents", (name, context, allowed) => {
  expect(documents.filter((one) => may(name, "ssm:SendCommand", document(one), context))).toEqual(allowed)
})

describe("what is live", () => {
  const approval = object(`trading/poc/approvals/0123/${me}.json`)

  it.each([
    ["run switch-live", "ssm:SendCommand", document("switch-live")],
    ["approve", "s3:PutObject", approval],
    ["give nodes the live login", "secretsmanager:PutResourcePolicy", broker("live")],
  ])("wants a second factor of a trader to %s, in the statement itself", (_, action, arn) => {
    expect(may("trader", action, arn, { ...withMfa, ...closed })).toBe(true)
    expect(may("trader", action, arn, { ...withoutMfa, ...closed })).toBe(false)
    expect(may("trader", action, arn, closed)).toBe(false)
    const allowing = statementsOf("trader").filter(
      (one) => one.Effect === "Allow" && [one.Action].flat().includes(action) && [one.Resource].flat().includes(arn),
    )
    const own = statementsOf("trader").filter(
      (one) =>
        one.Effect === "Allow" &&
        [one.Resource].flat().some((each) => covers(each.replace(`\${aws:username}`, me), arn)) &&
        [one.Action].flat().includes(action),
    )
    for (const { Condition } of [...allowing, ...own])
      expect(Condition).toMatchObject({ Bool: { "aws:MultiFactorAuthPresent": "true" } })
    expect(own.length).toBe(1)
  })

  it("is approved by everybody under his own name alone", () => {
    for (const key of ["0123.json", "0123/ben.json", "0123/ben/x.json", "0123/tess.json.json", "0123/tess"])
      expect(may("trader", "s3:PutObject", object(`trading/poc/approvals/${key}`), withMfa)).toBe(false)
  })

  it.each(["trader", "ci-live"] as const)(
    "lets no %s read the login, whatever the secret's own policy says",
    (name) => {
      const denied = statementsOf(name).filter(
        ({ Action, Effect }) => Effect === "Deny" && [Action].flat().includes("secretsmanager:GetSecretValue"),
      )
      expect(denied).toHaveLength(1)
      expect(denied[0]).not.toHaveProperty("Condition")
      // A copy in another region takes the policy with it.
      expect(denied[0]?.Action).toContain("secretsmanager:ReplicateSecretToRegions")
      for (const arn of [broker("live"), broker("live").replace("us-east-1", "eu-west-1")])
        expect([denied[0]?.Resource ?? []].flat().some((each) => covers(each, arn))).toBe(true)
    },
  )

  it("is refused to a trader without a second factor, whatever other policies allow", () => {
    const [refusal] = statementsOf("trader").filter(({ Effect }) => Effect === "Deny")
    expect(refusal?.Condition).toEqual({ BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } })
    for (const arn of [document("switch-live"), approval, broker("live")])
      expect([refusal?.Resource ?? []].flat().some((each) => covers(each, arn))).toBe(true)
  })

  it("is carried out by a CI job that can approve nothing, and never opened to the public", () => {
    expect(may("ci-live", "s3:PutObject", object("trading/poc/tokens/0123.json"))).toBe(true)
    expect(may("ci-live", "s3:PutObject", approval, withMfa)).toBe(false)
    expect(statementsOf("ci-live")).toContainEqual(
      expect.objectContaining({ Effect: "Deny", Resource: object("trading/poc/approvals/*") }),
    )
    expect(may("ci-live", "secretsmanager:PutResourcePolicy", broker("live"), closed)).toBe(true)
    expect(may("ci-live", "secretsmanager:PutResourcePolicy", broker("live"))).toBe(false)
    expect(may("ci-live", "secretsmanager:PutResourcePolicy", broker("paper"), closed)).toBe(false)
  })

  it("is nothing for an operator", () => {
    expect(may("operator", "s3:PutObject", approval, withMfa)).toBe(false)
    expect(may("operator", "s3:PutObject", object("trading/poc/tokens/0123.json"), withMfa)).toBe(false)
    expect(may("operator", "secretsmanager:PutResourcePolicy", broker("live"), { ...withMfa, ...closed })).toBe(false)
  })
})
