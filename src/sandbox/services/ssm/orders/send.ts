import { createHash } from "node:crypto"
import type * as Ssm from "@aws-sdk/client-ssm"
import { type Call, handlers, Refusal } from "../../../service.ts"
import { seconds } from "../../ec2/rules/timeline.ts"
import { given } from "../../given.ts"
import { refuseUnserved } from "../../unserved.ts"
import { type Content, PLACE, readContent, wrongWith } from "../documents/content.ts"
import { documentFor, versionFor } from "../documents/records.ts"
import { hashOf } from "../documents/view.ts"
import { published } from "./published.ts"
import { type CommandRecord, commandFor, commands, invocationId, invocations, isOver } from "./records.ts"
import { checkedIds, notValid, targetsOf } from "./targets.ts"
import { commandView } from "./view.ts"

export const commandWriteHandlers = handlers<typeof Ssm>()({
  SendCommand: (input, call) => {
    refuseUnserved(input, UNSERVED)
    const { content, version } = documentOf(call, input)
    const InstanceIds = targetsOf(call, input)
    const Parameters = checkedParameters(content, input.Parameters ?? {})
    const record: CommandRecord = {
      CommandId: commandId(call),
      DocumentName: given(input.DocumentName, "documentName", "ValidationException"),
      DocumentVersion: input.DocumentVersion ?? version,
      Comment: input.Comment ?? "",
      Parameters,
      InstanceIds,
      ...(input.Targets?.length && { Targets: input.Targets }),
      Requested: call.now,
      TimeoutSeconds: input.TimeoutSeconds ?? 3600,
      Expires: call.now + seconds(input.TimeoutSeconds ?? 3600),
      Bucket: input.OutputS3BucketName ?? "",
      KeyPrefix: input.OutputS3KeyPrefix ?? "",
      Step: stepOf(content, Parameters),
    }
    commands(call).put(record.CommandId, record)
    for (const InstanceId of InstanceIds) {
      const fresh = { Status: "Pending", StatusDetails: "Pending", ResponseCode: -1, Output: "", Errors: "" } as const
      const { CommandId } = record
      invocations(call).put(invocationId(CommandId, InstanceId), { CommandId, InstanceId, ...fresh })
    }
    return { Command: commandView(call, record) }
  },

  CancelCommand: (input, call) => {
    const record = commandFor(call, given(input.CommandId, "commandId", "ValidationException"))
    const meant = input.InstanceIds?.length ? checkedIds(input.InstanceIds) : record.InstanceIds
    const stranger = meant.find((id) => !record.InstanceIds.includes(id))
    if (stranger !== undefined) throw notValid(call, stranger)
    for (const id of meant.map((instance) => invocationId(record.CommandId, instance))) {
      const found = invocations(call).get(id)
      if (!found || isOver(found)) continue
      // What runs is told to stop; whoever runs it says when that is done.
      const Status = found.Status === "Pending" ? "Cancelled" : "Cancelling"
      invocations(call).put(id, { ...found, Status, StatusDetails: Status })
    }
    return {}
  },
})

const UNSERVED = [
  "DocumentHashType",
  "OutputS3Region",
  "MaxConcurrency",
  "MaxErrors",
  "ServiceRoleArn",
  "NotificationConfig",
  "CloudWatchOutputConfig",
  "AlarmConfiguration",
] as const

const documentOf = (call: Call, input: Ssm.SendCommandCommandInput) => {
  const name = given(input.DocumentName, "documentName", "ValidationException")
  const ofAmazon = published.get(name)
  if (ofAmazon !== undefined) return { content: ofAmazon, version: "$DEFAULT" }
  const record = documentFor(call, name)
  const version = versionFor(record, input.DocumentVersion)
  if (input.DocumentHash !== undefined && input.DocumentHash !== hashOf(version.content)) {
    throw new Refusal("InvalidDocument", `The hash of document ${name} is not ${input.DocumentHash}.`)
  }
  return { content: readContent(call, version.content), version: String(version.number) }
}

const checkedParameters = ({ parameters }: Content, asked: Readonly<Record<string, readonly string[]>>) => {
  const unknown = Object.keys(asked).filter((name) => !Object.hasOwn(parameters, name))
  if (unknown.length > 0) throw wrong(`Extraneous parameters were passed: [${unknown.join(", ")}]`)
  for (const [name, one] of Object.entries(parameters)) {
    const values = asked[name]
    if (values === undefined) {
      if (one.default === undefined) throw wrong(`Parameter "${name}" requires a value`)
      continue
    }
    if (one.type === "String" && values.length !== 1) throw wrong(`Parameter "${name}" takes one value`)
    for (const value of values) {
      const why = wrongWith(one, value)
      if (why !== undefined) throw wrong(`Parameter "${name}" has value "${value}", which ${why}`)
    }
  }
  return asked
}

const wrong = (message: string): Refusal => new Refusal("InvalidParameters", message)

/** A list stands in a line as JSON, unless it is the line: then each value is a line. */
const stepOf = ({ parameters, step }: Content, asked: CommandRecord["Parameters"]): CommandRecord["Step"] => {
  const valuesOf = (name: string): readonly string[] => asked[name] ?? [parameters[name]?.default ?? ""].flat()
  const textOf = (name: string): string =>
    parameters[name]?.type === "StringList" ? JSON.stringify(valuesOf(name)) : (valuesOf(name)[0] ?? "")
  const fill = (line: string): string => {
    const [, whole] = /^\{\{\s*([a-zA-Z0-9]+)\s*\}\}$/.exec(line) ?? []
    if (whole !== undefined) return valuesOf(whole).join("\n")
    return line.replace(PLACE, (_place, name: string) => textOf(name))
  }
  const timeout = Number(fill(step.timeout ?? "3600"))
  const timeoutSeconds = timeout >= 5 && timeout <= 172_800 ? timeout : 3600
  return { name: step.name, script: step.lines.map(fill).join("\n"), timeoutSeconds }
}

/** A UUID, the same again for the same history. */
const commandId = (call: Call): string =>
  createHash("sha256")
    .update(call.id("command"))
    .digest("hex")
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-a$4-$5")
