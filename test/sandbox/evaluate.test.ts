import { describe, expect, it } from "vitest"
import { judge, type Wanted } from "../../src/sandbox/authorization/evaluate.ts"

const said = (...Statement: readonly object[]): string => JSON.stringify({ Version: "2012-10-17", Statement })

const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" }
const wanted: Wanted = {
  action: "s3:GetObject",
  resource: "arn:aws:s3:::bucket/key",
  context: {
    "aws:username": "ann",
    "aws:TagKeys": ["a", "b"],
    "aws:MultiFactorAuthPresent": "true",
    "aws:MultiFactorAuthAge": "60",
    "aws:TokenIssueTime": "2026-11-21T12:00:00Z",
    "aws:ResourceTag/scope": "dev",
    "aws:PrincipalArn": "arn:aws:iam::111122223333:role/smart0dte/dev/node",
    "s3:prefix": undefined,
  },
}

const verdict = (statement: object, more: Partial<Wanted> = {}) =>
  judge({ identity: [said(statement)] }, { ...wanted, ...more })

describe("a decision", () => {
  it("is no where nobody says yes, and no where anybody says no", () => {
    expect(judge({ identity: [] }, wanted)).toBe("no policy")
    expect(judge({ identity: [said(allow)] }, wanted)).toBe("allowed")
    expect(judge({ identity: [said(allow), said({ ...allow, Effect: "Deny" })] }, wanted)).toBe("denied by identity")
    expect(judge({ identity: [said(allow)], resource: [{ ...allow, Effect: "Deny" }] }, wanted)).toBe(
      "denied by resource",
    )
    expect(judge({ identity: [], resource: [allow] }, wanted)).toBe("allowed")
  })

  it("is no where a boundary says no, or one of several does not say yes", () => {
    const boundary = said({ ...allow, Action: "*" }, { ...allow, Effect: "Deny" })
    expect(judge({ identity: [said(allow)], boundaries: [boundary] }, wanted)).toBe("denied by identity")
    const other = said({ ...allow, Action: "iam:*" })
    expect(judge({ identity: [said(allow)], boundaries: [said(allow), other] }, wanted)).toBe("no boundary")
  })

  it.each([
    ["a role", "arn:aws:iam::111122223333:role/node", "no boundary"],
    ["anybody", "*", "no boundary"],
    ["a user", "arn:aws:iam::111122223333:user/people/ann", "allowed"],
    ["a session", "arn:aws:sts::111122223333:assumed-role/node/i-1", "allowed"],
  ])("of a thing's own policy that names %s heeds the boundary, or not", (_, AWS, expected) => {
    const narrow = said({ ...allow, Action: "iam:*" })
    const resource = [{ ...allow, Principal: { AWS } }]
    expect(judge({ identity: [], boundaries: [narrow], resource }, wanted)).toBe(expected)
    expect(judge({ identity: [], boundaries: [said(allow)], resource }, wanted)).toBe("allowed")
  })

  it("hears every statement, in every document", () => {
    const identity = [said({ ...allow, Action: "iam:*" }), said({ ...allow, Action: "ec2:*" }, allow)]
    expect(judge({ identity }, wanted)).toBe("allowed")
    expect(judge({ identity: [said(allow), said({ ...allow, Action: "iam:*", Effect: "Deny" })] }, wanted)).toBe(
      "allowed",
    )
  })

  it("is no where a policy is no JSON, or a statement says nothing", () => {
    expect(judge({ identity: ["{"] }, wanted)).toBe("no policy")
    expect(verdict({ Effect: "Allow", Resource: "*" })).toBe("no policy")
    expect(verdict({ Effect: "Allow", Action: "s3:GetObject" })).toBe("no policy")
  })

  it("is neither where a statement names whom it is not about", () => {
    const notFor = { ...allow, NotPrincipal: { AWS: "*" } }
    expect(() => judge({ identity: [], resource: [notFor] }, wanted)).toThrow(expect.objectContaining({ status: 501 }))
  })

  it("is yes within a boundary only, which allows nothing by itself", () => {
    const narrow = said({ ...allow, Resource: "arn:aws:s3:::other/*" })
    expect(judge({ identity: [said(allow)], boundaries: [narrow] }, wanted)).toBe("no boundary")
    expect(judge({ identity: [said(allow)], boundaries: [said(allow)] }, wanted)).toBe("allowed")
    expect(judge({ identity: [], boundaries: [said(allow)] }, wanted)).toBe("no policy")
  })

  it.each([
    ["the action in other letters", { Action: "S3:getobject" }, "allowed"],
    ["part of its name", { Action: "s3:Get*" }, "allowed"],
    ["all but others", { Action: undefined, NotAction: "iam:*" }, "allowed"],
    ["all but this", { Action: undefined, NotAction: "s3:*" }, "no policy"],
    ["all things but others", { Resource: undefined, NotResource: "arn:aws:s3:::other/*" }, "allowed"],
    ["all things but this", { Resource: undefined, NotResource: "arn:aws:s3:::bucket/*" }, "no policy"],
    ["a variable of the caller", { Resource: `arn:aws:s3:::bucket/$${"{aws:username}"}` }, "no policy"],
    ["a resource in other letters", { Resource: "arn:aws:s3:::BUCKET/key" }, "no policy"],
    ["one letter that may be any", { Resource: "arn:aws:s3:::bucket/k?y" }, "allowed"],
    ["a letter that must be there", { Resource: "arn:aws:s3:::bucket/key?" }, "no policy"],
    ["the beginning of a name alone", { Resource: "arn:aws:s3:::bucket/k" }, "no policy"],
    ["a dot that is no pattern", { Resource: "arn:aws:s3:::bucket/k.y" }, "no policy"],
    ["several resources", { Resource: ["arn:aws:s3:::other/*", "arn:aws:s3:::bucket/*"] }, "allowed"],
    ["several actions", { Action: ["s3:PutObject", "s3:GetObject"] }, "allowed"],
    ["the end of a name alone", { Action: "3:GetObject" }, "no policy"],
    ["other actions of its service", { Action: "s3:PutObject" }, "no policy"],
  ])("knows %s", (_, more, expected) => {
    expect(verdict({ ...allow, ...more })).toBe(expected)
  })

  it("puts the caller's name in", () => {
    const Resource = `arn:aws:s3:::bucket/$${"{aws:username}"}/*`
    expect(verdict({ ...allow, Resource }, { resource: "arn:aws:s3:::bucket/ann/x" })).toBe("allowed")
    expect(verdict({ ...allow, Resource }, { resource: "arn:aws:s3:::bucket/bob/x" })).toBe("no policy")
    const inCondition = { StringEquals: { "aws:ResourceTag/owner": `$${"{aws:UserName}"}` } }
    const owned = (owner: string) => ({ context: { ...wanted.context, "aws:ResourceTag/owner": owner } })
    expect(verdict({ ...allow, Condition: inCondition }, owned("ann"))).toBe("allowed")
    expect(verdict({ ...allow, Condition: inCondition }, owned("bob"))).toBe("no policy")
  })

  it("lets a variable stand for nothing where the request has no such value", () => {
    const resource = "arn:aws:s3:::bucket//x"
    const of = (name: string) => verdict({ ...allow, Resource: `arn:aws:s3:::bucket/$${`{${name}}`}/x` }, { resource })
    expect(of("aws:PrincipalTag/team")).toBe("no policy")
    expect(of("s3:prefix")).toBe("no policy")
    expect(() => of("aws:SourceVpc")).toThrow(expect.objectContaining({ status: 501 }))
    expect(() => of("aws:username, 'nobody'")).toThrow(expect.objectContaining({ status: 501 }))
  })
})

it("does not read over the colons of an ARN", () => {
  const Resource = "arn:aws:*:a:b:c"
  expect(verdict({ ...allow, Resource }, { resource: "arn:aws:s3:a:b:c" })).toBe("allowed")
  expect(verdict({ ...allow, Resource }, { resource: "arn:aws:s3:x:y:a:b:c" })).toBe("no policy")
  expect(verdict({ ...allow, Resource: "arn:aws:s3" })).toBe("allowed")
  expect(verdict({ ...allow, Resource: "arn:aws:sqs" })).toBe("no policy")
  expect(verdict(allow, { resource: "*" })).toBe("allowed")
  expect(verdict({ ...allow, Resource: "arn:aws:s3:::*" }, { resource: "*" })).toBe("no policy")
  const group = "arn:aws:logs:us-east-1:111122223333:log-group:/smart0dte/dev/*"
  const stream = "arn:aws:logs:us-east-1:111122223333:log-group:/smart0dte/dev/node:log-stream:x"
  expect(verdict({ ...allow, Resource: group }, { resource: stream })).toBe("allowed")
  expect(verdict({ ...allow, Resource: group.replace("dev", "prod") }, { resource: stream })).toBe("no policy")
  expect(verdict({ ...allow, Resource: group }, { resource: "arn:aws:logs" })).toBe("no policy")
})

describe("a condition", () => {
  it.each([
    ["StringEquals", { "aws:ResourceTag/scope": "dev" }, true],
    ["StringEquals", { "aws:ResourceTag/scope": ["prod", "dev"] }, true],
    ["StringEquals", { "aws:ResourceTag/scope": "DEV" }, false],
    ["StringEqualsIgnoreCase", { "aws:ResourceTag/scope": "DEV" }, true],
    ["StringEquals", { "aws:ResourceTag/other": "dev" }, false],
    ["StringEqualsIfExists", { "aws:ResourceTag/other": "dev" }, true],
    ["StringNotEquals", { "aws:ResourceTag/other": "dev" }, true],
    ["StringNotEquals", { "aws:ResourceTag/scope": ["dev", "prod"] }, false],
    ["StringLike", { "aws:ResourceTag/scope": "d*" }, true],
    ["StringNotLike", { "aws:ResourceTag/scope": "d?v" }, false],
    ["ArnLike", { "aws:PrincipalArn": "arn:aws:iam::*:role/smart0dte/*" }, true],
    ["ArnNotLike", { "aws:PrincipalArn": "arn:aws:iam::*:role/smart0dte/*" }, false],
    ["ArnNotLike", { "aws:PrincipalArn": "arn:aws:iam::*:user/*" }, true],
    ["ArnLike", { "aws:PrincipalArn": "arn:aws:*:role/smart0dte/*" }, false],
    ["ArnEquals", { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/smart0dte/dev/node" }, true],
    ["ArnEquals", { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/other" }, false],
    ["ArnNotEquals", { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/other" }, true],
    ["ArnNotEquals", { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/smart0dte/dev/node" }, false],
    ["Bool", { "aws:MultiFactorAuthPresent": "false" }, false],
    ["Bool", { "s3:prefix": "false" }, false],
    ["BoolIfExists", { "s3:prefix": "false" }, true],
    ["NumericEquals", { "aws:MultiFactorAuthAge": "60.0" }, true],
    ["NumericEquals", { "aws:MultiFactorAuthAge": 61 }, false],
    ["NumericEquals", { "aws:MultiFactorAuthAge": 59 }, false],
    ["NumericGreaterThan", { "aws:MultiFactorAuthAge": "59" }, true],
    ["NumericGreaterThan", { "aws:MultiFactorAuthAge": "60" }, false],
    ["NumericLessThanEquals", { "aws:MultiFactorAuthAge": "60" }, true],
    ["NumericLessThanEquals", { "aws:MultiFactorAuthAge": "59" }, false],
    ["StringLike", { "aws:ResourceTag/scope": "p*" }, false],
    ["StringEquals", { "AWS:USERNAME": "ann" }, true],
    ["StringEquals", { "aws:resourcetag/SCOPE": "dev" }, true],
    ["StringNotEqualsIfExists", { "aws:ResourceTag/other": "dev" }, true],
    ["ForAnyValue:StringNotEquals", { "aws:TagKeys": ["a"] }, true],
    ["ForAnyValue:StringNotEquals", { "aws:TagKeys": ["a", "b"] }, false],
    ["ForAnyValue:StringNotEquals", { "s3:prefix": ["a"] }, false],
    ["ForAllValues:StringNotEquals", { "aws:TagKeys": ["c"] }, true],
    ["ForAllValues:StringNotEquals", { "aws:TagKeys": ["a"] }, false],
    ["DateLessThan", { "aws:TokenIssueTime": "2026-11-21T12:00:00Z" }, false],
    ["DateGreaterThan", { "aws:TokenIssueTime": "2026-11-21T11:59:59Z" }, true],
    ["DateGreaterThan", { "aws:TokenIssueTime": "2026-11-21T12:00:00Z" }, false],
    ["Null", { "s3:prefix": "false" }, false],
    ["Null", { "aws:username": false }, true],
    ["Bool", { "aws:MultiFactorAuthPresent": "true" }, true],
    ["Bool", { "aws:MultiFactorAuthPresent": true }, true],
    ["BoolIfExists", { "aws:MultiFactorAuthPresent": "false" }, false],
    ["Null", { "s3:prefix": "true" }, true],
    ["Null", { "aws:username": "true" }, false],
    ["NumericLessThan", { "aws:MultiFactorAuthAge": "61" }, true],
    ["NumericLessThan", { "aws:MultiFactorAuthAge": "60" }, false],
    ["DateLessThan", { "aws:TokenIssueTime": "2026-11-21T12:00:01Z" }, true],
    ["DateGreaterThan", { "aws:TokenIssueTime": "2026-11-21T12:00:01Z" }, false],
    ["ForAllValues:StringEquals", { "aws:TagKeys": ["a", "b", "c"] }, true],
    ["ForAllValues:StringEquals", { "aws:TagKeys": ["a"] }, false],
    ["ForAllValues:StringEquals", { "s3:prefix": ["a"] }, true],
    ["ForAnyValue:StringEquals", { "aws:TagKeys": ["b", "c"] }, true],
    ["ForAnyValue:StringEquals", { "s3:prefix": ["a"] }, false],
  ])("%s %j: %s", (operator, tests, expected) => {
    expect(verdict({ ...allow, Condition: { [operator]: tests } }) === "allowed").toBe(expected)
  })

  it("holds only with all the others, of one operator and of several", () => {
    const both = (scope: string, mfa: string) =>
      verdict({
        ...allow,
        Condition: {
          StringEquals: { "aws:username": "ann", "aws:ResourceTag/scope": scope },
          Bool: { "aws:MultiFactorAuthPresent": mfa },
        },
      })
    expect([both("dev", "true"), both("prod", "true"), both("dev", "false")]).toEqual([
      "allowed",
      "no policy",
      "no policy",
    ])
  })

  it.each([
    ["an operator", { IpAddress: { "aws:username": "ann" } }],
    ["an operator with a suffix", { BinaryEqualsIfExists: { "aws:username": "ann" } }],
    ["a key", { StringEquals: { "aws:SourceVpc": "vpc-1" } }],
    ["one value where there are several", { StringEquals: { "aws:TagKeys": "a" } }],
  ])("with %s that nobody wrote is an error, and neither yes nor no", (_, Condition) => {
    expect(() => verdict({ ...allow, Condition })).toThrow(
      expect.objectContaining({ code: "NotImplemented", status: 501 }),
    )
  })
})
