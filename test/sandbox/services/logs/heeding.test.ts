import { expect, test } from "vitest"
import { logs } from "../../../../src/sandbox/services/logs/index.ts"
import { unheeded } from "../heeding.ts"
import { type Ground, ground, group, groupArn, metricTransformations, start, stream } from "./ground.ts"

const goesThrough: readonly (readonly [Parameters<Ground["run"]>[0], object])[] = [
  ["CreateLogGroup", { logGroupName: "/new", logGroupClass: "STANDARD" }],
  ["CreateLogStream", { ...group, logStreamName: "new" }],
  ["DeleteLogGroup", group],
  ["DeleteLogStream", stream],
  ["DeleteMetricFilter", { ...group, filterName: "errors" }],
  ["DeleteRetentionPolicy", group],
  ["DescribeLogGroups", {}],
  ["DescribeLogStreams", group],
  ["DescribeMetricFilters", group],
  ["FilterLogEvents", group],
  ["GetLogEvents", stream],
  ["ListTagsForResource", { resourceArn: groupArn }],
  ["PutLogEvents", { ...stream, logEvents: [{ timestamp: start, message: "x" }] }],
  ["PutMetricFilter", { ...group, filterName: "more", filterPattern: "x", metricTransformations }],
  ["PutRetentionPolicy", { ...group, retentionInDays: 30 }],
  ["TagResource", { resourceArn: groupArn, tags: { a: "b" } }],
  ["UntagResource", { resourceArn: groupArn, tagKeys: ["a"] }],
]

// What AWS itself no longer looks at.
const former = [".sequenceToken", ".interleaved"]

test.each(goesThrough)("%s heeds all that a caller can say", (name, input) => {
  const aws = ground()
  // One operation's input after another: their types have nothing in common.
  const left = unheeded(logs, name, input, (watched) => aws.run(name, watched as never))
  expect(left.filter((path) => !former.includes(path))).toEqual([])
})

test("every operation that is served is among them", () => {
  expect(goesThrough.map(([name]) => name).sort()).toEqual(Object.keys(logs.handlers).sort())
})
