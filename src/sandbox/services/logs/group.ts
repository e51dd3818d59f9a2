import type * as Logs from "@aws-sdk/client-cloudwatch-logs"
import { type Call, handlers, Refusal } from "../../service.ts"
import { pageByName } from "../pages.ts"
import { refuseUnserved } from "../unserved.ts"
import {
  filterKey,
  filters,
  type GroupRecord,
  groupArn,
  groupOf,
  groups,
  invalid,
  keptOf,
  streamKey,
  streams,
} from "./records.ts"
import { tagsFrom } from "./tags.ts"

export const groupHandlers = handlers<typeof Logs>()({
  CreateLogGroup: (input, call) => {
    refuseUnserved(input, ["kmsKeyId", "deletionProtectionEnabled"])
    if (input.logGroupClass !== undefined && input.logGroupClass !== "STANDARD")
      refuseUnserved(input, ["logGroupClass"])
    const name = input.logGroupName ?? ""
    if (name.startsWith("aws/")) throw invalid("Log groups starting with AWS/ are reserved for AWS.")
    if (groups(call).has(name))
      throw new Refusal("ResourceAlreadyExistsException", "The specified log group already exists")
    if (groups(call).all().length >= call.quota("LogGroups", 1_000_000))
      throw new Refusal("LimitExceededException", "Resource limit exceeded.")
    groups(call).put(name, { name, created: call.now, Tags: tagsFrom([], input.tags) })
    return {}
  },

  DescribeLogGroups: (input, call) => {
    refuseUnserved(input, ["accountIdentifiers", "includeLinkedAccounts", "logGroupClass", "logGroupIdentifiers"])
    const { logGroupNamePrefix = "", logGroupNamePattern } = input
    if (logGroupNamePrefix && logGroupNamePattern)
      throw invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.")
    const fits = ({ name }: GroupRecord) =>
      name.startsWith(logGroupNamePrefix) && name.toLowerCase().includes((logGroupNamePattern ?? "").toLowerCase())
    const refuse = () => invalid("The specified nextToken is invalid.")
    const wish = { size: input.limit ?? 50, token: input.nextToken, refuse }
    const { items, next } = pageByName(groups(call).all().filter(fits), ({ name }) => name, wish)
    return { logGroups: items.map((one) => view(call, one)), ...(next !== undefined && { nextToken: next }) }
  },

  DeleteLogGroup: (input, call) => {
    const { name } = groupOf(call, input.logGroupName)
    for (const stream of streams(call).all())
      if (stream.group === name) streams(call).delete(streamKey(name, stream.name))
    for (const filter of filters(call).all())
      if (filter.group === name) filters(call).delete(filterKey(name, filter.name))
    groups(call).delete(name)
    return {}
  },

  PutRetentionPolicy: (input, call) => {
    const group = groupOf(call, input.logGroupName)
    const retention = input.retentionInDays ?? 0
    if (!lengths.includes(retention))
      throw invalid(
        `1 validation error detected: Value '${retention}' at 'retentionInDays' is none of ${lengths.join(", ")}`,
      )
    groups(call).put(group.name, { ...group, retention })
    return {}
  },

  DeleteRetentionPolicy: (input, call) => {
    const { retention: _former, ...group } = groupOf(call, input.logGroupName)
    groups(call).put(group.name, group)
    return {}
  },
})

const lengths = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

const view = (call: Call, { name, created, retention }: GroupRecord): Logs.LogGroup => {
  const own = streams(call)
    .all()
    .filter(({ group }) => group === name)
  const events = own.flatMap((stream) => keptOf(call, stream))
  return {
    logGroupName: name,
    creationTime: created,
    retentionInDays: retention,
    metricFilterCount: filters(call)
      .all()
      .filter(({ group }) => group === name).length,
    arn: `${groupArn(call, name)}:*`,
    logGroupArn: groupArn(call, name),
    storedBytes: events.reduce((sum, { message }) => sum + Buffer.byteLength(message), 0),
    logGroupClass: "STANDARD",
  }
}
