import type * as Ssm from "@aws-sdk/client-ssm"
import type { Call } from "../../../service.ts"
import { type CommandRecord, type InvocationRecord, invocationId, invocations, isOver, seenNow } from "./records.ts"

export const invocationsOf = (call: Call, command: CommandRecord): readonly InvocationRecord[] =>
  command.InstanceIds.flatMap((id) => {
    const found = invocations(call).get(invocationId(command.CommandId, id))
    return found ? [seenNow(call, command, found)] : []
  })

export const commandView = (call: Call, command: CommandRecord): Ssm.Command => {
  const all = invocationsOf(call, command)
  const Status = statusOf(all)
  return {
    CommandId: command.CommandId,
    DocumentName: command.DocumentName,
    DocumentVersion: command.DocumentVersion,
    Comment: command.Comment,
    ExpiresAfter: new Date(command.Expires),
    Parameters: Object.fromEntries(Object.entries(command.Parameters).map(([name, values]) => [name, [...values]])),
    InstanceIds: command.Targets ? [] : [...command.InstanceIds],
    Targets: [...(command.Targets ?? [])],
    RequestedDateTime: new Date(command.Requested),
    Status,
    StatusDetails: detailsOf(all) ?? Status,
    OutputS3BucketName: command.Bucket,
    OutputS3KeyPrefix: command.KeyPrefix,
    MaxConcurrency: "50",
    MaxErrors: "0",
    TargetCount: all.length,
    CompletedCount: all.filter(isOver).length,
    ErrorCount: all.filter((one) => ["Failed", "TimedOut"].includes(one.Status)).length,
    DeliveryTimedOutCount: all.filter((one) => one.StatusDetails === "DeliveryTimedOut").length,
    TimeoutSeconds: command.TimeoutSeconds,
  }
}

const detailsOf = ([only, ...others]: readonly InvocationRecord[]): string | undefined => {
  if (!only) return "NoInstancesInTag"
  return others.length === 0 ? only.StatusDetails : undefined
}

/** The worst of what became of it, once all is over. */
const statusOf = (all: readonly InvocationRecord[]): Ssm.CommandStatus => {
  if (all.length > 0 && all.every(({ Status }) => Status === "Pending")) return "Pending"
  if (!all.every(isOver)) return all.some(({ Status }) => Status === "Cancelling") ? "Cancelling" : "InProgress"
  return WORST.find((status) => all.some((one) => one.Status === status)) ?? "Success"
}

const WORST = ["Failed", "TimedOut", "Cancelled"] as const

export const invocationView = (
  call: Call,
  command: CommandRecord,
  one: InvocationRecord,
  details: boolean,
): Ssm.CommandInvocation => ({
  CommandId: command.CommandId,
  InstanceId: one.InstanceId,
  InstanceName: "",
  Comment: command.Comment,
  DocumentName: command.DocumentName,
  DocumentVersion: command.DocumentVersion,
  RequestedDateTime: new Date(command.Requested),
  Status: one.Status,
  StatusDetails: one.StatusDetails,
  ...urlsOf(call, command, one),
  CommandPlugins: details ? [pluginView(call, command, one)] : [],
})

/** A list shows the first 2,500 characters of both outputs together. */
const pluginView = (call: Call, command: CommandRecord, one: InvocationRecord): Ssm.CommandPlugin => ({
  Name: command.Step.name,
  Status: one.Status === "Delayed" || one.Status === "Cancelling" ? "InProgress" : one.Status,
  StatusDetails: one.StatusDetails,
  ResponseCode: one.ResponseCode,
  ...(one.Started !== undefined && { ResponseStartDateTime: new Date(one.Started) }),
  ...(one.Ended !== undefined && { ResponseFinishDateTime: new Date(one.Ended) }),
  Output: cut(
    one.Errors === "" ? one.Output : `${one.Output}\n----------ERROR-------\n${one.Errors}`,
    2500,
    "\n---Output truncated---",
  ),
  ...urlsOf(call, command, one),
  OutputS3Region: call.region,
  OutputS3BucketName: command.Bucket,
  OutputS3KeyPrefix: command.KeyPrefix,
})

/** Where the agent puts the whole output, once there is any. */
export const outputKey = (command: CommandRecord, instanceId: string, stream: "stdout" | "stderr"): string =>
  [command.KeyPrefix, command.CommandId, instanceId, "awsrunShellScript", command.Step.name, stream]
    .filter((part) => part !== "")
    .join("/")

export const urlsOf = ({ region }: Call, command: CommandRecord, { InstanceId }: InvocationRecord) => {
  const url = (stream: "stdout" | "stderr") =>
    command.Bucket === ""
      ? ""
      : `https://s3.${region}.amazonaws.com/${command.Bucket}/${outputKey(command, InstanceId, stream)}`
  return { StandardOutputUrl: url("stdout"), StandardErrorUrl: url("stderr") }
}

/** The agent cuts what is too long by its bytes, whatever letters they make, and says so at its end. */
export const cut = (text: string, most: number, mark = "--output truncated--"): string =>
  Buffer.byteLength(text) < most
    ? text
    : `${Buffer.from(text)
        .subarray(0, most - mark.length)
        .toString()}${mark}`
