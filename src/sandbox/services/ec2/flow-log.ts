import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers } from "../../service.ts"
import { notServed } from "../unserved.ts"
import { subnets, vpcs } from "./records/network.ts"
import { type FlowLogRecord, flowLogs } from "./records/security.ts"
import { type Fields, select } from "./rules/filter.ts"
import { live, rows, save, seek } from "./rules/kind.ts"
import { page } from "./rules/page.ts"
import { invalidValue, required, serveOnly } from "./rules/refusals.ts"
import { checkTagTypes, dropTags, tagAtBirth, tagsView } from "./rules/tags.ts"
import { oncePerToken } from "./rules/token.ts"

/** Flow logs to S3. What cannot be logged is named in the answer; the request itself succeeds. */
export const flowLogHandlers = handlers<typeof ec2>()({
  CreateFlowLogs(input, call) {
    serveOnly("CreateFlowLogs", input, [
      "ResourceIds",
      "ResourceType",
      "TrafficType",
      "LogDestinationType",
      "LogDestination",
      "LogFormat",
      "MaxAggregationInterval",
    ])
    checkTagTypes(input.TagSpecifications, ["vpc-flow-log"])
    if (input.LogDestinationType !== "s3") throw notServed("flow logs to anything but s3")
    const resources = required(input.ResourceIds, "ResourceId")
    const Unsuccessful: ec2.UnsuccessfulItem[] = []
    const ids = oncePerToken(call, "CreateFlowLogs", input, () =>
      resources.flatMap((ResourceId) => {
        const fault = faultOf(call, input, ResourceId)
        if (fault) Unsuccessful.push({ ResourceId, Error: fault })
        return fault ? [] : [create(call, input, ResourceId)]
      }),
    )
    return { ClientToken: input.ClientToken, FlowLogIds: [...ids], Unsuccessful }
  },

  DescribeFlowLogs(input, call) {
    const found = select(call, flowLogs, input.FlowLogIds, input.Filter, fields)
    const { items, NextToken } = page(found, input, input.FlowLogIds)
    return { FlowLogs: items.map((log) => view(call, log)), NextToken }
  },

  DeleteFlowLogs(input, call) {
    const ids = required(input.FlowLogIds, "FlowLogId")
    const unknown = ids.filter((id) => !rows(call, flowLogs).delete(id))
    for (const id of ids) dropTags(call, id)
    return {
      Unsuccessful: unknown.map((id) => ({
        ResourceId: id,
        Error: { Code: flowLogs.notFound, Message: flowLogs.lost(id) },
      })),
    }
  },
})

const fields: Fields<FlowLogRecord> = {
  "deliver-log-status": () => "SUCCESS",
  "flow-log-id": (log) => log.id,
  "log-destination-type": () => "s3",
  "resource-id": (log) => log.resourceId,
  "traffic-type": (log) => log.traffic,
}

/** Why a resource gets no log: not a refusal of the request, which may name several. */
const faultOf = (call: Call, input: ec2.CreateFlowLogsRequest, id: string): ec2.UnsuccessfulItemError | undefined => {
  const kind = input.ResourceType === "VPC" ? vpcs : input.ResourceType === "Subnet" ? subnets : undefined
  if (!kind) throw notServed(`flow logs of a ${input.ResourceType}`)
  if (!(input.ResourceType === "VPC" ? seek(call, vpcs, id) : seek(call, subnets, id))) {
    return { Code: kind.notFound, Message: kind.lost(id) }
  }
  const destination = required(input.LogDestination, "LogDestination")
  const bucket = /^arn:aws:s3:::([a-z0-9.-]{3,63})(\/.*)?$/.exec(destination)?.[1]
  if (!bucket) throw invalidValue(destination, "LogDestination", "It must be the ARN of an S3 bucket.")
  if (!call.store.table("s3/bucket").has(bucket)) {
    return { Code: "400", Message: `LogDestination: ${bucket} does not exist` }
  }
  const same = (log: FlowLogRecord) => log.resourceId === id && log.destination === destination
  if (!live(call, flowLogs).some((log) => same(log) && log.traffic === (input.TrafficType ?? "ALL"))) return undefined
  return {
    Code: "FlowLogAlreadyExists",
    Message: "There is an existing Flow Log with the same configuration and log destination.",
  }
}

const defaultFormat = [
  ...["version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol"],
  ...["packets", "bytes", "start", "end", "action", "log-status"],
]
  .map((field) => `\${${field}}`)
  .join(" ")

const create = (call: Call, input: ec2.CreateFlowLogsRequest, resourceId: string): string => {
  const interval = input.MaxAggregationInterval ?? 600
  if (interval !== 60 && interval !== 600)
    throw invalidValue(interval, "MaxAggregationInterval", "Valid are 60 and 600.")
  const log = save(call, flowLogs, {
    id: call.id("fl"),
    resourceId,
    traffic: input.TrafficType ?? "ALL",
    destination: required(input.LogDestination, "LogDestination"),
    format: input.LogFormat ?? defaultFormat,
    interval,
    created: call.now,
  })
  tagAtBirth(call, flowLogs, log.id, input.TagSpecifications)
  return log.id
}

const view = (call: Call, log: FlowLogRecord): ec2.FlowLog => ({
  FlowLogId: log.id,
  FlowLogStatus: "ACTIVE",
  ResourceId: log.resourceId,
  TrafficType: log.traffic,
  LogDestinationType: "s3",
  LogDestination: log.destination,
  LogFormat: log.format,
  MaxAggregationInterval: log.interval,
  DeliverLogsStatus: "SUCCESS",
  CreationTime: new Date(log.created),
  Tags: tagsView(call, log.id),
})
