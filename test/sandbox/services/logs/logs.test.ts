import { describe, expect, test } from "vitest"
import { type Ground, ground, group, groupArn, start, stream } from "./ground.ts"

const lines = (aws: Ground, more: object = {}) =>
  aws.run("FilterLogEvents", { ...group, ...more }).events?.map(({ message }) => message)

describe("a log group", () => {
  test("keeps its lines for ever, or as long as it is told", () => {
    const aws = ground()
    const shown = () => aws.run("DescribeLogGroups", { logGroupNamePrefix: "/smart0dte/" }).logGroups?.[0]
    expect(shown()).toMatchObject({ ...group, arn: `${groupArn}:*`, storedBytes: 34 })
    expect(shown()?.retentionInDays).toBeUndefined()
    aws.pass(40 * 86_400)
    expect(lines(aws)).toHaveLength(3)
    aws.run("PutRetentionPolicy", { ...group, retentionInDays: 30 })
    expect(shown()?.retentionInDays).toBe(30)
    expect(lines(aws)).toEqual([])
    aws.run("DeleteRetentionPolicy", group)
    expect(shown()?.retentionInDays).toBeUndefined()
  })

  test("that goes takes its streams along", () => {
    const aws = ground()
    aws.run("DeleteLogGroup", group)
    aws.run("CreateLogGroup", group)
    expect(aws.run("DescribeLogStreams", group).logStreams).toEqual([])
  })

  test("is found by a part of its name, and by its tags", () => {
    const aws = ground()
    expect(aws.run("DescribeLogGroups", { logGroupNamePattern: "POC" }).logGroups).toHaveLength(1)
    expect(aws.run("DescribeLogGroups", { logGroupNamePattern: "dev" }).logGroups).toEqual([])
    expect(aws.run("ListTagsForResource", { resourceArn: groupArn }).tags).toEqual({ scope: "poc" })
  })
})

describe("what was written", () => {
  test("is read from its end, and then what came since", () => {
    const aws = ground()
    const last = aws.run("GetLogEvents", { ...stream, limit: 2 })
    expect(last.events?.map(({ message }) => message)).toEqual(["error: no database", "ready"])
    const next = { ...stream, nextToken: last.nextForwardToken }
    expect(aws.run("GetLogEvents", next)).toMatchObject({ events: [], nextForwardToken: last.nextForwardToken })
    aws.run("PutLogEvents", { ...stream, logEvents: [{ timestamp: start + 5000, message: "more" }] })
    expect(aws.run("GetLogEvents", next).events?.map(({ message }) => message)).toEqual(["more"])
    const back = aws.run("GetLogEvents", { ...stream, nextToken: last.nextBackwardToken })
    expect(back.events?.map(({ message }) => message)).toEqual(["starting up"])
    const head = aws.run("GetLogEvents", { ...stream, startFromHead: true, limit: 1 })
    expect(head.events?.map(({ message }) => message)).toEqual(["starting up"])
  })

  test("is found by its words and its time, in all streams, page by page", () => {
    const aws = ground()
    aws.run("CreateLogStream", { ...group, logStreamName: "frontend" })
    const logEvents = [{ timestamp: start + 1500, message: "error: no backend" }]
    aws.run("PutLogEvents", { ...group, logStreamName: "frontend", logEvents })
    expect(lines(aws, { filterPattern: "error" })).toEqual(["error: no database", "error: no backend"])
    expect(lines(aws, { filterPattern: '"no backend"' })).toEqual(["error: no backend"])
    expect(lines(aws, { startTime: start + 2000 })).toEqual(["ready"])
    expect(lines(aws, { logStreamNames: ["frontend"] })).toEqual(["error: no backend"])
    const first = aws.run("FilterLogEvents", { ...group, limit: 3 })
    const rest = aws.run("FilterLogEvents", { ...group, limit: 3, nextToken: first.nextToken })
    expect(rest.events?.map(({ message }) => message)).toEqual(["ready"])
    expect(rest.nextToken).toBeUndefined()
    const latest = aws.run("DescribeLogStreams", { ...group, orderBy: "LastEventTime", descending: true, limit: 1 })
    expect(latest.logStreams?.map(({ logStreamName }) => logStreamName)).toEqual(["backend"])
  })
})
