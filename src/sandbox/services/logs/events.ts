import type * as Logs from "@aws-sdk/client-cloudwatch-logs"
import { handlers } from "../../service.ts"
import { nameIn, tokenFor } from "../pages.ts"
import { refuseUnserved } from "../unserved.ts"
import { type EventRecord, groupOf, invalid, keptOf, meantBy, type StreamRecord, streamOf, streams } from "./records.ts"

export const eventHandlers = handlers<typeof Logs>()({
  GetLogEvents: (input, call) => {
    refuseUnserved(input, ["unmask"])
    const stream = streamOf(call, meantBy(input), input.logStreamName)
    const events = between(keptOf(call, stream), input)
    const size = input.limit ?? 10_000
    const { direction, place } = input.nextToken
      ? placeOf(input.nextToken)
      : { direction: input.startFromHead ? "f" : "b", place: input.startFromHead ? 0 : events.length }
    const start = direction === "f" ? place : Math.max(0, place - size)
    const end = direction === "f" ? Math.min(events.length, place + size) : place
    return {
      events: events
        .slice(start, end)
        .map(({ at, ingested, message }) => ({ timestamp: at, ingestionTime: ingested, message })),
      nextForwardToken: `f/${end}`,
      nextBackwardToken: `b/${start}`,
    }
  },

  FilterLogEvents: (input, call) => {
    refuseUnserved(input, ["unmask", "startFromHead"])
    const { name } = groupOf(call, meantBy(input))
    const { logStreamNames, logStreamNamePrefix } = input
    if (logStreamNames && logStreamNamePrefix)
      throw invalid("logStreamNames and logStreamNamePrefix are mutually exclusive parameters.")
    const meant = ({ group, name: stream }: StreamRecord) =>
      group === name && (logStreamNames?.includes(stream) ?? true) && stream.startsWith(logStreamNamePrefix ?? "")
    const all = streams(call)
      .all()
      .filter(meant)
      .flatMap((stream) => between(keptOf(call, stream), input).map((event) => ({ stream: stream.name, ...event })))
      .filter(({ message }) => fits(message, input.filterPattern))
      .sort((a, b) => a.at - b.at)
    const start = input.nextToken ? Number(nameIn(input.nextToken, badToken)) : 0
    if (!Number.isInteger(start)) throw badToken()
    const end = start + (input.limit ?? 10_000)
    return {
      events: all.slice(start, end).map(({ at, ingested, message, id, stream }) => ({
        logStreamName: stream,
        timestamp: at,
        message,
        ingestionTime: ingested,
        eventId: id,
      })),
      ...(end < all.length && { nextToken: tokenFor(String(end)) }),
    }
  },
})

interface Span {
  readonly startTime?: number | undefined
  readonly endTime?: number | undefined
}

const between = (events: readonly EventRecord[], { startTime = 0, endTime = Infinity }: Span) =>
  events.filter(({ at }) => at >= startTime && at < endTime)

/** Where a page of one stream begins or ends, whichever way it is read. */
const placeOf = (token: string) => {
  const [, direction = "", place = ""] = /^([fb])\/(\d+)$/.exec(token) ?? []
  if (direction === "") throw badToken()
  return { direction, place: Number(place) }
}

/** Words that must all be there; what more the language of patterns has is refused. */
const fits = (message: string, pattern = ""): boolean => {
  if (/[{}[\]?*]|(^|\s)-/.test(pattern))
    throw invalid("Invalid filter pattern: the sandbox knows words and phrases only")
  const words = [...pattern.matchAll(/"([^"]*)"|(\S+)/g)].map(([, phrase, word]) => phrase ?? word ?? "")
  return words.every((word) => message.includes(word))
}

const badToken = () => invalid("The specified nextToken is invalid.")
