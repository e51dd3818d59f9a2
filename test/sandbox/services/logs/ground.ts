import type * as client from "@aws-sdk/client-cloudwatch-logs"
import { logs } from "../../../../src/sandbox/services/logs/index.ts"
import { type Rig, rigOf } from "../rig.ts"

export type Ground = Rig<typeof client>

export const group = { logGroupName: "/smart0dte/poc/one" }
export const stream = { ...group, logStreamName: "backend" }
export const groupArn = "arn:aws:logs:us-east-1:111122223333:log-group:/smart0dte/poc/one"
export const start = Date.UTC(2026, 10, 21)

export const metricTransformations = [{ metricName: "errors", metricNamespace: "Test", metricValue: "1" }]

/** A group with a stream of three lines, a second apart, and a filter that counts errors from then on. */
export const ground = (): Ground => {
  const aws = rigOf<typeof client>(logs)
  aws.run("CreateLogGroup", { ...group, tags: { scope: "poc" } })
  aws.run("CreateLogStream", stream)
  const logEvents = ["starting up", "error: no database", "ready"].map((message, n) => ({
    timestamp: start + 1000 * n,
    message,
  }))
  aws.run("PutLogEvents", { ...stream, logEvents })
  aws.run("PutMetricFilter", { ...group, filterName: "errors", filterPattern: "error", metricTransformations })
  return aws
}
