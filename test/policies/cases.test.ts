import { describe, expect, it } from "vitest"
import type { PolicyName } from "../../src/policies/names.ts"
import { documentsFor, policyFor } from "../../src/policies/policies.ts"
import type { Context } from "../../src/sandbox/authorization/conditions.ts"
import { judge } from "../../src/sandbox/authorization/evaluate.ts"
import { place } from "../laws/wishes.ts"
import { statementsOf } from "./measure.ts"

const common: Context = {
  "aws:MultiFactorAuthPresent": undefined,
  "aws:RequestedRegion": "us-east-1",
  "aws:username": "somebody",
  "aws:RequestTag/smart0dte:scope": undefined,
  "ec2:CreateAction": undefined,
  "iam:AWSServiceName": undefined,
  "iam:PassedToService": undefined,
  "route53:ChangeResourceRecordSetsRecordTypes": undefined,
  "secretsmanager:BlockPublicPolicy": undefined,
  "ssm:SessionDocumentAccessCheck": undefined,
}

const may = (name: PolicyName, action: string, resource: string, context: Context = {}): boolean => {
  const identity = documentsFor(name, place, "poc").map((document) => JSON.stringify(document))
  return judge({ identity }, { action, resource, context: { ...common, ...context } }) === "allowed"
}

const tag = (scope: string): Context => ({
  "aws:ResourceTag/smart0dte:scope": scope,
  "ssm:resourceTag/smart0dte:scope": scope,
})
const withMfa = { "aws:MultiFactorAuthPresent": "true" }
const inRegion = (region: string, rest: string) => `arn:aws:ec2:${region}:111122223333:${rest}`
const instance = inRegion("us-east-1", "instance/i-0123456789abcdef0")
const keyPair = inRegion("us-east-1", "key-pair/smart0dte-key")
const group = inRegion("us-east-1", "security-group/sg-0123456789abcdef0")
const rds = (rest: string) => `arn:aws:rds:us-east-1:111122223333:${rest}`
const backups = (scope: string, key: string) => `arn:aws:s3:::smart0dte-111122223333-us-east-1-${scope}-backups/${key}`
const certificate = "arn:aws:acm:us-east-1:111122223333:certificate/0123"
const zone = "arn:aws:route53:::hostedzone/Z0123"
const records = (...types: readonly string[]): Context => ({ "route53:ChangeResourceRecordSetsRecordTypes": types })
const document = (scope: string, name: string) =>
  `arn:aws:ssm:us-east-1:111122223333:document/smart0dte-${scope}-${name}`
const object = (key: string) => `arn:aws:s3:::smart0dte-111122223333-us-east-1-state/${key}`
const key = "arn:aws:kms:us-east-1:111122223333:key/1"
const secret = (name: string) => `arn:aws:secretsmanager:us-east-1:111122223333:secret:smart0dte/${name}-a1b2c3`
const parameter = (name: string) => `arn:aws:ssm:us-east-1:111122223333:parameter/smart0dte/${name}`

type Case = readonly [what: string, action: string, resource: string, context?: Context]

/** With a context each: what has none has an empty one. */
const cases = (all: readonly Case[]) =>
  all.map(([what, action, resource, context = {}]) => [what, action, resource, context] as const)

/** An account of dev or stage deploys and operates there: these of its own, and nothing of another's. */
describe.each([
  ["dev", "prod"],
  ["stage", "prod"],
  ["stage", "dev"],
] as const)("whoever has %s", (own, other) => {
  const works = (scope: string): readonly Case[] => [
    ["ends an instance", "ec2:TerminateInstances", instance, tag(scope)],
    ["reaches its nodes", "ssm:SendCommand", instance, tag(scope)],
    ["releases", "ssm:SendCommand", document(scope, "release")],
    ["halts", "ssm:SendCommand", document(scope, "halt")],
    ["runs a command in a container", "ssm:SendCommand", document(scope, "exec")],
    ["keeps a secret", "secretsmanager:PutSecretValue", secret(`${scope}/node/keys`)],
    ["holds the lock", "s3:PutObject", object(`locks/${scope}.json`)],
    ["chooses", "ssm:PutParameter", parameter(`${scope}/choices/image`)],
    ["takes up a key pair of nobody's", "ec2:CreateTags", keyPair, { "aws:RequestTag/smart0dte:scope": scope }],
    ["goes back to a snapshot", "rds:RestoreDBInstanceFromDBSnapshot", rds(`snapshot:smart0dte-${scope}-postgres-x`)],
    ["copies a nightly one", "rds:CopyDBSnapshot", rds(`snapshot:rds:smart0dte-${scope}-postgres-x`)],
    ["keeps what it wished", "s3:PutObject", backups(scope, "configuration/x.json")],
    ["empties a group", "ec2:RevokeSecurityGroupIngress", group, tag(scope)],
    ["gives up a certificate", "acm:DeleteCertificate", certificate, tag(scope)],
    ["marks its certificate", "acm:AddTagsToCertificate", certificate, tag(scope)],
    ["asks for a certificate", "acm:AddTagsToCertificate", certificate, { "aws:RequestTag/smart0dte:scope": scope }],
    ["makes a network", "ec2:CreateVpc", inRegion("us-east-1", "vpc/*"), { "aws:RequestTag/smart0dte:scope": scope }],
  ]
  it.each(cases(works(own)))("in its environment %s", (_, action, resource, context) => {
    expect(may(own, action, resource, context)).toBe(true)
  })

  it.each(cases(works(other)))(`in ${other} never %s`, (_, action, resource, context) => {
    expect(may(own, action, resource, context)).toBe(false)
  })

  it.each(
    cases([
      ["an untagged instance", "ec2:TerminateInstances", instance],
      ["an untagged node", "ssm:SendCommand", instance],
      ["an instance in another region", "ec2:TerminateInstances", instance.replace("us-east-1", "eu-west-1"), tag(own)],
      [
        "a database in another region",
        "rds:DeleteDBInstance",
        rds(`db:smart0dte-${own}-postgres`).replace("us-", "eu-"),
      ],
      ["a secret in another region", "secretsmanager:PutSecretValue", secret(`${own}/node/keys`).replace("us-", "eu-")],
      ["a document in another region", "ssm:SendCommand", document(own, "halt").replace("us-", "eu-")],
      ["another's key pair", "ec2:CreateTags", keyPair, { ...tag(other), "aws:RequestTag/smart0dte:scope": own }],
      ["a key pair of nobody's for another", "ec2:CreateTags", keyPair, { "aws:RequestTag/smart0dte:scope": other }],
      ["another's certificate", "acm:DeleteCertificate", certificate, tag(other)],
      ["a certificate of nobody's", "acm:DeleteCertificate", certificate],
      [
        "another's certificate, to make it its own",
        "acm:AddTagsToCertificate",
        certificate,
        { ...tag(other), "aws:RequestTag/smart0dte:scope": own },
      ],
      ["mail of a domain", "route53:ChangeResourceRecordSets", zone, records("CNAME", "MX")],
      ["a domain of which nobody says what is changed", "route53:ChangeResourceRecordSets", zone],
      ["another's group", "ec2:RevokeSecurityGroupEgress", group, tag(other)],
      ["another's address", "ec2:DisassociateAddress", inRegion("us-east-1", "elastic-ip/eipalloc-1"), tag(other)],
      ["the bucket of all states", "s3:DeleteBucket", object("").slice(0, -1)],
      ["a network without a tag", "ec2:CreateVpc", inRegion("us-east-1", "vpc/*")],
      ["a tag on what is there", "ec2:CreateTags", instance, { "aws:RequestTag/smart0dte:scope": own }],
      ["a shell on a node", "ssm:SendCommand", "arn:aws:ssm:us-east-1::document/AWS-RunShellScript", withMfa],
      ["live trading", "ssm:SendCommand", document(own, "switch-live"), withMfa],
      ["an approval", "s3:PutObject", object(`trading/${own}/approvals/1/somebody.json`), withMfa],
      ["a user", "iam:CreateUser", "arn:aws:iam::111122223333:user/somebody"],
      [
        "a role of another service",
        "iam:PassRole",
        `arn:aws:iam::111122223333:role/smart0dte/${own}/node`,
        {
          "iam:PassedToService": "lambda.amazonaws.com",
        },
      ],
      ["the account's own settings", "ec2:DisableEbsEncryptionByDefault", "*"],
      ["the account's trail", "cloudtrail:StopLogging", "arn:aws:cloudtrail:us-east-1:111122223333:trail/main"],
    ]),
  )("never touches %s", (_, action, resource, context) => {
    expect(may(own, action, resource, context)).toBe(false)
  })
})

describe("whoever has prod", () => {
  it.each(
    cases([
      ["the instances", "ec2:DescribeInstances", "*"],
      ["how busy they are", "cloudwatch:GetMetricData", "*"],
      ["the logs", "logs:FilterLogEvents", "arn:aws:logs:us-east-1:111122223333:log-group:/smart0dte/prod/node:*"],
      ["how it trades", "s3:GetObject", object("trading/prod/record")],
    ]),
  )("sees %s", (_, action, resource, context) => {
    expect(may("prod", action, resource, context)).toBe(true)
  })

  it.each(
    cases([
      ["how another one trades", "s3:GetObject", object("trading/poc/record")],
      ["a secret", "secretsmanager:GetSecretValue", secret("prod/node/keys"), withMfa],
      ["halt by hand", "ssm:SendCommand", document("prod", "halt"), withMfa],
      ["the end of an instance", "ec2:TerminateInstances", instance, tag("prod")],
    ]),
  )("may not have %s", (_, action, resource, context) => {
    expect(may("prod", action, resource, context)).toBe(false)
  })

  it("is allowed nothing that changes anything", () => {
    const allowed = statementsOf(policyFor("prod", place, "prod")).filter(({ Effect }) => Effect === "Allow")
    const actions = allowed.flatMap(({ Action }) => [Action].flat())
    expect(actions.length).toBeGreaterThan(50)
    expect(actions.filter((action) => !/^[a-z0-9-]+:(Describe|Filter|Get|List|View)/.test(String(action)))).toEqual([])
  })
})

it("names are led somewhere, and proved", () => {
  expect(may("dev", "route53:ChangeResourceRecordSets", zone, records("A", "CNAME"))).toBe(true)
})

it("a subscription is ended, which AWS judges as if it were done with anything", () => {
  for (const name of ["bootstrap", "deployer"] as const) expect(may(name, "sns:Unsubscribe", "*")).toBe(true)
})

it("the first load balancer of an account is made, for which AWS looks at the account", () => {
  expect(may("deployer", "ec2:DescribeAccountAttributes", "*")).toBe(true)
})

it("a command keeps what it says in the bucket of all states, and in no other", () => {
  expect(may("deployer", "ssm:SendCommand", object("").slice(0, -1))).toBe(true)
  expect(may("deployer", "ssm:SendCommand", "arn:aws:s3:::theirs")).toBe(false)
})

it("whoever deploys may ask what he may himself, and of nobody else", () => {
  const of = (rest: string) => may("deployer", "iam:SimulatePrincipalPolicy", `arn:aws:iam::111122223333:${rest}`)
  for (const own of ["user/somebody", "user/smart0dte/service/somebody"]) expect(of(own), own).toBe(true)
  for (const other of ["user/else", "user/not-somebody", "role/smart0dte/ci/smart0dte-ci-prod-deploy", "role/admin"])
    expect(of(other), other).toBe(false)
})

it("what carries nobody's tag is emptied where it comes with a network, and never deleted", () => {
  // The group that comes with a network carries no tag.
  expect(may("dev", "ec2:RevokeSecurityGroupIngress", group)).toBe(true)
  expect(may("dev", "ec2:DeleteSecurityGroup", group)).toBe(false)
})

describe("whoever bootstraps", () => {
  it.each(
    cases([
      ["the trail", "cloudtrail:CreateTrail", "arn:aws:cloudtrail:us-east-1:111122223333:trail/smart0dte-account-main"],
      ["what passwords are like", "iam:UpdateAccountPasswordPolicy", "*"],
      ["the lock of the account", "s3:PutObject", object("locks/account.json")],
      ["what was there before", "s3:PutObject", object("former/account/password-policy/main.json")],
    ]),
  )("has %s", (_, action, resource) => {
    expect(may("bootstrap", action, resource)).toBe(true)
  })

  it.each(
    cases([
      ["an instance", "ec2:TerminateInstances", instance, tag("account")],
      ["a database", "rds:DeleteDBInstance", rds("db:smart0dte-poc-postgres")],
      ["the lock of an environment", "s3:PutObject", object("locks/poc.json")],
      ["a user", "iam:CreateUser", "arn:aws:iam::111122223333:user/somebody"],
      ["a secret", "secretsmanager:GetSecretValue", secret("poc/node/keys")],
      ["a node", "ssm:SendCommand", instance, tag("account")],
      [
        "a role for a machine",
        "iam:PassRole",
        "arn:aws:iam::111122223333:role/smart0dte/account/trail-logs",
        { "iam:PassedToService": "ec2.amazonaws.com" },
      ],
      ["another key", "kms:ScheduleKeyDeletion", key],
      ["the key of an environment", "kms:ScheduleKeyDeletion", key, tag("poc")],
      [
        "a trail of somebody else's",
        "cloudtrail:DeleteTrail",
        "arn:aws:cloudtrail:us-east-1:111122223333:trail/theirs",
      ],
      [
        "an analyzer of somebody else's",
        "access-analyzer:DeleteAnalyzer",
        "arn:aws:access-analyzer:us-east-1:111122223333:analyzer/theirs",
      ],
      ["a budget of somebody else's", "budgets:ModifyBudget", "arn:aws:budgets::111122223333:budget/theirs"],
    ]),
  )("does nothing with %s", (_, action, resource, context) => {
    expect(may("bootstrap", action, resource, context)).toBe(false)
  })
})

/** What a tag makes of a key that is there already. */
describe("whoever bootstraps, and wants a key that is there to be the account's", () => {
  const born = { "aws:RequestTag/smart0dte:scope": "account" }

  it("does not get that of an environment, by whose tag he could put its policy and delete it", () => {
    expect(may("bootstrap", "kms:TagResource", key, { ...tag("poc"), ...born })).toBe(false)
    expect(may("bootstrap", "kms:PutKeyPolicy", key, tag("poc"))).toBe(false)
  })

  it("gets one without our tag in two steps: to IAM it is as one that is being made", () => {
    expect(may("bootstrap", "kms:TagResource", key, born)).toBe(true)
    expect(may("bootstrap", "kms:TagResource", key)).toBe(false)
    expect(may("bootstrap", "kms:PutKeyPolicy", key)).toBe(false)
    expect(may("bootstrap", "kms:PutKeyPolicy", key, tag("account"))).toBe(true)
  })
})

describe("live trading", () => {
  const live: readonly (readonly [string, string, Context?])[] = [
    ["ssm:SendCommand", document("poc", "switch-live")],
    ["s3:PutObject", object("trading/poc/approvals/1/somebody.json")],
    [
      "secretsmanager:PutResourcePolicy",
      secret("poc/broker-live/keys"),
      { "secretsmanager:BlockPublicPolicy": "true" },
    ],
  ]
  it.each(live.map(([action, resource, context = {}]) => [action, resource, context] as const))(
    "%s: a trader with a second factor, and no trader without one",
    (action, resource, context) => {
      expect(may("trader", action, resource, { ...context, ...withMfa })).toBe(true)
      expect(may("trader", action, resource, { ...context, "aws:MultiFactorAuthPresent": "false" })).toBe(false)
      expect(may("trader", action, resource, context)).toBe(false)
    },
  )

  it("an approval: a trader under his own name alone", () => {
    for (const key of ["1.json", "1/other.json", "1/Somebody.json", "1/somebody/other.json"])
      expect(may("trader", "s3:PutObject", object(`trading/poc/approvals/${key}`), withMfa)).toBe(false)
  })

  it.each(["trader", "ci-live"] as const)("the login: no %s whom the secret's own policy names", (name) => {
    const identity = documentsFor(name, place, "poc").map((document) => JSON.stringify(document))
    const action = "secretsmanager:GetSecretValue"
    const resource = [{ Effect: "Allow", Action: action, Resource: "*" }]
    const verdict = (kind: string) =>
      judge(
        { identity, resource },
        { action, resource: secret(`poc/broker-${kind}/keys`), context: { ...common, ...withMfa } },
      )
    expect(verdict("live")).toBe("denied by identity")
    // It is that policy that would let him in.
    expect(verdict("paper")).toBe("allowed")
  })

  it("an approval: no CI job, with whatever factor", () => {
    const approval = object("trading/poc/approvals/1/somebody.json")
    for (const name of ["ci-plan", "ci-deploy", "ci-live"] as const)
      expect(may(name, "s3:PutObject", approval, withMfa)).toBe(false)
    expect(may("ci-live", "ssm:SendCommand", document("poc", "switch-live"))).toBe(true)
    expect(may("ci-deploy", "ssm:SendCommand", document("poc", "switch-live"))).toBe(false)
  })
})

describe("a plan", () => {
  it.each(
    cases([
      ["networks", "ec2:DescribeVpcs", "*"],
      ["databases", "rds:DescribeDBInstances", "arn:aws:rds:us-east-1:111122223333:db:*"],
      ["the record", "s3:GetObject", object("records/poc.json")],
      ["the lock", "s3:GetObject", object("locks/poc.json")],
      ["choices", "ssm:GetParametersByPath", parameter("poc/choices")],
    ]),
  )("sees %s", (_, action, resource) => {
    expect(may("ci-plan", action, resource)).toBe(true)
  })

  it.each(
    cases([
      ["a secret", "secretsmanager:GetSecretValue", secret("poc/node/keys"), withMfa],
      ["a change", "ec2:CreateVpc", inRegion("us-east-1", "vpc/*"), { "aws:RequestTag/smart0dte:scope": "poc" }],
      ["the lock for itself", "s3:PutObject", object("locks/poc.json")],
      ["a node", "ssm:SendCommand", instance, tag("poc")],
    ]),
  )("has no %s", (_, action, resource, context) => {
    expect(may("ci-plan", action, resource, context)).toBe(false)
  })
})
