import { expect, test } from "vitest"
import { cloudtrail } from "../../../../src/sandbox/services/cloudtrail/index.ts"
import { unheeded } from "../heeding.ts"
import { arnOf, bucketFor, type Ground, ground } from "./ground.ts"

const arn = arnOf("main")

const goesThrough: readonly (readonly [Parameters<Ground["run"]>[0], object])[] = [
  ["AddTags", { ResourceId: arn, TagsList: [{ Key: "c", Value: "d" }] }],
  ["CreateTrail", { Name: "more", S3BucketName: "other" }],
  ["DeleteTrail", { Name: "main" }],
  ["DescribeTrails", {}],
  ["GetEventSelectors", { TrailName: "main" }],
  ["GetTrailStatus", { Name: "main" }],
  ["ListTags", { ResourceIdList: [arn] }],
  ["LookupEvents", {}],
  ["PutEventSelectors", { TrailName: "main", EventSelectors: [{ ReadWriteType: "All" }] }],
  ["RemoveTags", { ResourceId: arn, TagsList: [{ Key: "a" }] }],
  ["StartLogging", { Name: "main" }],
  ["StopLogging", { Name: "main" }],
  ["UpdateTrail", { Name: "main" }],
]

test.each(goesThrough)("%s heeds all that a caller can say", (name, input) => {
  const aws = ground()
  bucketFor(aws, "other", arnOf("more"))
  // One operation's input after another: their types have nothing in common.
  expect(unheeded(cloudtrail, name, input, (watched) => aws.run(name, watched as never))).toEqual([])
})

test("every operation that is served is among them", () => {
  expect(goesThrough.map(([name]) => name).sort()).toEqual(Object.keys(cloudtrail.handlers).sort())
})
