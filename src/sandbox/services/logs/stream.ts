import type * as Logs from "@aws-sdk/client-cloudwatch-logs"
import { type Call, handlers, Refusal } from "../../service.ts"
import { pageByName } from "../pages.ts"
import { refuseUnserved } from "../unserved.ts"
import { countLines } from "./metric-filter.ts"
import {
  type EventRecord,
  groupArn,
  groupOf,
  invalid,
  keptOf,
  meantBy,
  type StreamRecord,
  streamKey,
  streamOf,
  streams,
} from "./records.ts"

export const streamHandlers = handlers<typeof Logs>()({
  CreateLogStream: (input, call) => {
    const { name: group } = groupOf(call, input.logGroupName)
    const name = input.logStreamName ?? ""
    const key = streamKey(group, name)
    if (streams(call).has(key))
      throw new Refusal("ResourceAlreadyExistsException", "The specified log stream already exists")
    streams(call).put(key, { group, name, created: call.now, events: [] })
    return {}
  },

  DeleteLogStream: (input, call) => {
    const { group, name } = streamOf(call, input.logGroupName ?? "", input.logStreamName)
    streams(call).delete(streamKey(group, name))
    return {}
  },

  PutLogEvents: (input, call) => {
    refuseUnserved(input, ["entity"])
    const stream = streamOf(call, input.logGroupName ?? "", input.logStreamName)
    const given = input.logEvents ?? []
    const times = given.map(({ timestamp = 0 }) => timestamp)
    if (times.some((time, index) => time < (times[index - 1] ?? 0)))
      throw invalid("Log events in a single PutLogEvents request must be in chronological order.")
    const added = given.map(({ timestamp = 0, message = "" }): EventRecord => {
      if (message === "") throw invalid("Log event message must have length greater than or equal to 1.")
      return { id: call.id("event").replace("event-", ""), at: timestamp, ingested: call.now, message }
    })
    const events = [...stream.events, ...added].sort((a, b) => a.at - b.at)
    streams(call).put(streamKey(stream.group, stream.name), { ...stream, events: events.slice(-KEPT) })
    countLines(call, stream.group, added)
    return { nextSequenceToken: call.requestId }
  },

  DescribeLogStreams: (input, call) => {
    const { name: group } = groupOf(call, meantBy(input))
    const own = streams(call)
      .all()
      .filter((stream) => stream.group === group && stream.name.startsWith(input.logStreamNamePrefix ?? ""))
    const refuse = () => invalid("The specified nextToken is invalid.")
    if (input.orderBy === "LastEventTime" && input.logStreamNamePrefix !== undefined)
      throw invalid("Cannot order by LastEventTime with a logStreamNamePrefix.")
    const size = input.limit ?? 50
    if (input.orderBy === "LastEventTime" || input.descending) {
      refuseUnserved(input, ["nextToken"])
      const latest = (stream: StreamRecord) => keptOf(call, stream).at(-1)?.at ?? 0
      const compare = (a: StreamRecord, b: StreamRecord) =>
        input.orderBy === "LastEventTime" ? latest(a) - latest(b) : a.name < b.name ? -1 : 1
      const sorted = own.toSorted(compare)
      return {
        logStreams: (input.descending ? sorted.toReversed() : sorted).slice(0, size).map((one) => view(call, one)),
      }
    }
    const { items, next } = pageByName(own, ({ name }) => name, { size, token: input.nextToken, refuse })
    return { logStreams: items.map((one) => view(call, one)), ...(next !== undefined && { nextToken: next }) }
  },
})

/** Of each stream: a sandbox is no archive. */
const KEPT = 10_000

const view = (call: Call, stream: StreamRecord): Logs.LogStream => {
  const events = keptOf(call, stream)
  return {
    logStreamName: stream.name,
    creationTime: stream.created,
    firstEventTimestamp: events[0]?.at,
    lastEventTimestamp: events.at(-1)?.at,
    lastIngestionTime: events.at(-1)?.ingested,
    uploadSequenceToken: call.requestId,
    arn: `${groupArn(call, stream.group)}:log-stream:${stream.name}`,
    storedBytes: 0,
  }
}
