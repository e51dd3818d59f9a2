import type * as client from "@aws-sdk/client-guardduty"
import { describe, expect, test } from "vitest"
import { guardduty } from "../../../../src/sandbox/services/guardduty/index.ts"
import { unheeded } from "../heeding.ts"
import { provesRefusals, type Row } from "../refusal-table.ts"
import { type Rig, rigOf } from "../rig.ts"

type Ground = Rig<typeof client>

const api = (operation: string) => `GuardDuty API reference: ${operation}`
const ground = (): Ground => {
  const aws = rigOf<typeof client>(guardduty)
  aws.run("CreateDetector", { Enable: true, ClientToken: "first", Tags: { a: "b" } })
  return aws
}
const idOn = (aws: Ground): string => aws.run("ListDetectors", {}).DetectorIds?.[0] ?? ""
const arnOn = (aws: Ground): string => `arn:aws:guardduty:us-east-1:111122223333:detector/${idOn(aws)}`

const rows: readonly Row<Ground>[] = [
  [
    "a second one",
    "BadRequestException: already exists",
    api("CreateDetector"),
    (aws) => aws.refused("CreateDetector", { Enable: true }),
  ],
  [
    "none of the id",
    "BadRequestException: not owned",
    api("GetDetector"),
    (aws) => aws.refused("GetDetector", { DetectorId: "none" }),
  ],
  [
    "another service's ARN",
    "BadRequestException: invalid resource ARN",
    api("TagResource"),
    (aws) => aws.refused("TagResource", { ResourceArn: "arn:aws:s3:::b", Tags: {} }),
  ],
  [
    "a tag of AWS's",
    "BadRequestException: tag key",
    api("TagResource"),
    (aws) => aws.refused("TagResource", { ResourceArn: arnOn(aws), Tags: { "aws:a": "b" } }),
  ],
]

provesRefusals(new URL("../../../../src/sandbox/services/guardduty/", import.meta.url), rows, ground)

describe("a detector", () => {
  test("is made once by the same request, with all that AWS switches on by itself", () => {
    const aws = ground()
    expect(aws.run("CreateDetector", { Enable: true, ClientToken: "first" })).toEqual({ DetectorId: idOn(aws) })
    const { Features = [] } = aws.run("GetDetector", { DetectorId: idOn(aws) })
    expect(Features.filter(({ Status }) => Status === "ENABLED")).toHaveLength(8)
  })

  const goesThrough: readonly (readonly [Parameters<Ground["run"]>[0], object])[] = [
    ["CreateDetector", { Enable: true, Features: [{ Name: "S3_DATA_EVENTS", Status: "DISABLED" }] }],
    ["DeleteDetector", {}],
    ["GetDetector", {}],
    ["ListDetectors", {}],
    ["TagResource", { Tags: { c: "d" } }],
    ["UntagResource", { TagKeys: ["a"] }],
    ["UpdateDetector", { Features: [{ Name: "S3_DATA_EVENTS", Status: "DISABLED" }] }],
  ]

  test.each(goesThrough)("%s heeds all that a caller can say", (name, input) => {
    const aws = ground()
    const whole = { ...input, DetectorId: idOn(aws), ResourceArn: arnOn(aws) }
    if (name === "CreateDetector") aws.run("DeleteDetector", whole)
    // One operation's input after another: their types have nothing in common.
    expect(unheeded(guardduty, name, whole, (watched) => aws.run(name, watched as never))).toEqual([])
  })

  test("has every operation that is served among them", () => {
    expect(goesThrough.map(([name]) => name).sort()).toEqual(Object.keys(guardduty.handlers).sort())
  })
})
