import type * as CloudTrail from "@aws-sdk/client-cloudtrail"
import { type Call, handlers, Refusal } from "../../service.ts"
import type { TraceEntry } from "../../trace.ts"
import { nameIn, tokenFor } from "../pages.ts"
import { notServed, refuseUnserved } from "../unserved.ts"

export const eventHandlers = handlers<typeof CloudTrail>()({
  /** The last ninety days, whether or not there is a trail; newest first. */
  LookupEvents: (input, call) => {
    refuseUnserved(input, ["EventCategory"])
    const [attribute, ...others] = input.LookupAttributes ?? []
    if (others.length > 0) {
      throw new Refusal("InvalidLookupAttributesException", "Lookup attributes list can contain only one item.")
    }
    const from = Math.max(input.StartTime?.getTime() ?? 0, call.now - NINETY_DAYS)
    const to = input.EndTime?.getTime() ?? Number.POSITIVE_INFINITY
    if (from > to) throw new Refusal("InvalidTimeRangeException", "The start time must be before the end time.")
    const fitting = call
      .happened()
      .filter((entry) => recorded(entry, call) && entry.at >= from && entry.at <= to)
      .filter((entry) => attribute === undefined || fits(entry, attribute.AttributeKey, attribute.AttributeValue))
      .toReversed()
    const rest = fitting.slice(input.NextToken === undefined ? 0 : after(fitting, input.NextToken))
    const size = input.MaxResults ?? 50
    const page = rest.slice(0, size)
    const last = page.at(-1)?.requestId
    return {
      Events: page.map((entry) => eventOf(entry, call)),
      ...(rest.length > size && last !== undefined && { NextToken: tokenFor(last) }),
    }
  },
})

const NINETY_DAYS = 90 * 86_400_000

/** Management events that somebody signed, in the region where they are kept: IAM's are in us-east-1 alone. */
const recorded = ({ accessKeyId, operation, region, service }: TraceEntry, call: Call): boolean =>
  accessKeyId !== undefined &&
  (service === "iam" ? "us-east-1" : region) === call.region &&
  !(service === "s3" && /Object|Part|^(Upload|Copy)/.test(operation))

const fits = (entry: TraceEntry, key: string | undefined, value: string | undefined): boolean => {
  switch (key) {
    case "AccessKeyId":
      return entry.accessKeyId === value
    case "EventName":
      return entry.operation === value
    case "EventId":
      return entry.requestId === value
    case "EventSource":
      return sourceOf(entry) === value
    case "ReadOnly":
      return String(onlyReads(entry)) === value
    default:
      throw notServed(`events looked up by ${key}`)
  }
}

const after = (entries: readonly TraceEntry[], token: string): number => {
  const refuse = () => new Refusal("InvalidNextTokenException", "Invalid token.")
  const id = nameIn(token, refuse)
  const index = entries.findIndex(({ requestId }) => requestId === id)
  if (index === -1) throw refuse()
  return index + 1
}

const sourceOf = ({ service }: TraceEntry): string => `${service}.amazonaws.com`
const onlyReads = ({ operation }: TraceEntry): boolean => /^(Describe|Get|List|Head|Lookup|Simulate)/.test(operation)

const eventOf = (entry: TraceEntry, call: Call) => ({
  EventId: entry.requestId,
  EventName: entry.operation,
  ReadOnly: String(onlyReads(entry)),
  AccessKeyId: entry.accessKeyId,
  EventTime: new Date(entry.at),
  EventSource: sourceOf(entry),
  Username: entry.arn?.split("/").at(-1),
  CloudTrailEvent: JSON.stringify({
    eventVersion: "1.11",
    userIdentity: { arn: entry.arn, accountId: call.account, accessKeyId: entry.accessKeyId },
    eventTime: new Date(entry.at).toISOString(),
    eventSource: sourceOf(entry),
    eventName: entry.operation,
    awsRegion: entry.region,
    sourceIPAddress: "127.0.0.1",
    ...(entry.code !== undefined && { errorCode: entry.code }),
    requestParameters: lowered(entry.input),
    ...(entry.lent !== undefined && { responseElements: { credentials: { accessKeyId: entry.lent } } }),
    eventID: entry.requestId,
  }),
})

/** CloudTrail writes the names of parameters with a small letter first. */
const lowered = (input: unknown): unknown =>
  typeof input === "object" && input !== null && !Array.isArray(input)
    ? Object.fromEntries(
        Object.entries(input).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
      )
    : input
