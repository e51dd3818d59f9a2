import type * as client from "@aws-sdk/client-securityhub"
import { describe, expect, test } from "vitest"
import { securityhub } from "../../../../src/sandbox/services/securityhub/index.ts"
import { unheeded } from "../heeding.ts"
import { provesRefusals, type Row } from "../refusal-table.ts"
import { type Rig, rigOf } from "../rig.ts"

type Ground = Rig<typeof client>

const api = (operation: string) => `Security Hub API reference: ${operation}`
const arn = "arn:aws:securityhub:us-east-1:111122223333:hub/default"
const standard = "arn:aws:securityhub:us-east-1::standards/nist-800-53/v/5.0.0"
const subscription = "arn:aws:securityhub:us-east-1:111122223333:subscription/nist-800-53/v/5.0.0"
const StandardsSubscriptionRequests = [{ StandardsArn: standard }]

const ground = (): Ground => {
  const aws = rigOf<typeof client>(securityhub)
  aws.run("EnableSecurityHub", { EnableDefaultStandards: false, Tags: { a: "b" } })
  aws.run("BatchEnableStandards", { StandardsSubscriptionRequests })
  return aws
}

const statesOn = (aws: Ground) =>
  aws.run("GetEnabledStandards", {}).StandardsSubscriptions?.map(({ StandardsStatus }) => StandardsStatus)

const rows: readonly Row<Ground>[] = [
  [
    "what is on already",
    "ResourceConflictException",
    api("EnableSecurityHub"),
    (aws) => aws.refused("EnableSecurityHub", {}),
  ],
  [
    "what is not on",
    "InvalidAccessException: not subscribed",
    api("DescribeHub"),
    (aws) => {
      aws.run("DisableSecurityHub", {})
      return aws.refused("DescribeHub", {})
    },
  ],
  [
    "another hub",
    "ResourceNotFoundException",
    api("DescribeHub"),
    (aws) => aws.refused("DescribeHub", { HubArn: `${arn}-more` }),
  ],
  [
    "an unknown standard",
    "InvalidInputException: unknown standard",
    api("BatchEnableStandards"),
    (aws) => aws.refused("BatchEnableStandards", { StandardsSubscriptionRequests: [{ StandardsArn: "arn:none" }] }),
  ],
  [
    "an unknown subscription",
    "InvalidInputException: no subscription",
    api("BatchDisableStandards"),
    (aws) => aws.refused("BatchDisableStandards", { StandardsSubscriptionArns: ["none"] }),
  ],
  [
    "a tag of AWS's",
    "InvalidInputException: aws:",
    api("TagResource"),
    (aws) => aws.refused("TagResource", { ResourceArn: arn, Tags: { "aws:a": "b" } }),
  ],
]

provesRefusals(new URL("../../../../src/sandbox/services/securityhub/", import.meta.url), rows, ground)

describe("a hub", () => {
  test("needs a moment for a standard, and to let go of one", () => {
    const aws = ground()
    expect(statesOn(aws)).toEqual(["PENDING"])
    aws.pass(30)
    expect(statesOn(aws)).toEqual(["READY"])
    aws.run("BatchDisableStandards", { StandardsSubscriptionArns: [subscription] })
    expect(statesOn(aws)).toEqual(["DELETING"])
    aws.pass(60)
    expect(statesOn(aws)).toEqual([])
  })

  test("that is asked for no standard has those that AWS chooses", () => {
    const aws = rigOf<typeof client>(securityhub)
    aws.run("EnableSecurityHub", {})
    expect(statesOn(aws)).toHaveLength(2)
  })

  const goesThrough: readonly (readonly [Parameters<Ground["run"]>[0], object])[] = [
    ["BatchDisableStandards", { StandardsSubscriptionArns: [subscription] }],
    ["BatchEnableStandards", { StandardsSubscriptionRequests }],
    ["DescribeHub", {}],
    ["DisableSecurityHub", {}],
    ["EnableSecurityHub", {}],
    ["GetEnabledStandards", {}],
    ["ListTagsForResource", { ResourceArn: arn }],
    ["TagResource", { ResourceArn: arn, Tags: { c: "d" } }],
    ["UntagResource", { ResourceArn: arn, TagKeys: ["a"] }],
    ["UpdateSecurityHubConfiguration", {}],
  ]

  test.each(goesThrough)("%s heeds all that a caller can say", (name, input) => {
    const aws = ground()
    if (name === "EnableSecurityHub") aws.run("DisableSecurityHub", {})
    // One operation's input after another: their types have nothing in common.
    expect(unheeded(securityhub, name, input, (watched) => aws.run(name, watched as never))).toEqual([])
  })

  test("has every operation that is served among them", () => {
    expect(goesThrough.map(([name]) => name).sort()).toEqual(Object.keys(securityhub.handlers).sort())
  })
})
