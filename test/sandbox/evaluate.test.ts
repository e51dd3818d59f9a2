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
  ])("knows %s", (_, more, expected) => {
    expect(verdict({ ...allow, ...more })).toBe(expected)
  })

  it("puts the caller's name in", () => {
    const Resource = `arn:aws:s3:::bucket/$${"{aws:username}"}/*`
    expect(verdict({ ...allow, Resource }, { resource: "arn:aws:s3:::bucket/ann/x" })).toBe("allowed")
    expect(verdict({ ...allow, Resource }, { resource: "arn:aws:s3:::bucket/bob/x" })).toBe("no policy")
  })
})

it("does not read over the colons of an ARN", () => {
  const Resource = "arn:aws:*:a:b:c"
  expect(verdict({ ...allow, Resource }, { resource: "arn:aws:s3:a:b:c" })).toBe("allowed")
  expect(verdict({ ...allow, Resource }, { resource: "arn:aws:s3:x:y:a:b:c" })).toBe("no policy")
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
