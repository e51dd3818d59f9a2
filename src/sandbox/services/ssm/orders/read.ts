import type * as Ssm from "@aws-sdk/client-ssm"
import { type Call, handlers, Refusal } from "../../../service.ts"
import { seconds } from "../../ec2/rules/timeline.ts"
import { given } from "../../given.ts"
import { pageByName } from "../../pages.ts"
import { badToken } from "../pages.ts"
import { type CommandRecord, commandFor, commands, invocationId, invocations, seenNow } from "./records.ts"
import { commandView, invocationsOf, invocationView, urlsOf } from "./view.ts"

export const commandReadHandlers = handlers<typeof Ssm>()({
  GetCommandInvocation: (input, call) => {
    const command = commands(call).get(given(input.CommandId, "commandId", "ValidationException"))
    const InstanceId = given(input.InstanceId, "instanceId", "ValidationException")
    const found = command && invocations(call).get(invocationId(command.CommandId, InstanceId))
    if (!command || !found || call.now < command.Requested + spread) {
      throw new Refusal("InvocationDoesNotExist", "")
    }
    const one = seenNow(call, command, found)
    if (input.PluginName !== undefined && input.PluginName !== command.Step.name) {
      throw new Refusal("InvalidPluginName", `The plugin name ${input.PluginName} is not valid.`)
    }
    return {
      CommandId: command.CommandId,
      InstanceId,
      Comment: command.Comment,
      DocumentName: command.DocumentName,
      DocumentVersion: command.DocumentVersion,
      PluginName: command.Step.name,
      ResponseCode: one.ResponseCode,
      ...timesOf(one),
      Status: one.Status,
      StatusDetails: one.StatusDetails,
      StandardOutputContent: one.Output,
      StandardErrorContent: one.Errors,
      ...urlsOf(call, command, one),
    }
  },

  ListCommands: (input, call) => {
    const { items, next } = pageByName(chosen(call, input), orderOf, wishOf(input))
    return { Commands: items.map((command) => commandView(call, command)), NextToken: next }
  },

  ListCommandInvocations: (input, call) => {
    const { items, next } = pageByName(chosen(call, input), orderOf, wishOf(input))
    const pairs = items.flatMap((command) => invocationsOf(call, command).map((one) => ({ command, one })))
    const meant = pairs.filter(({ one }) => input.InstanceId === undefined || one.InstanceId === input.InstanceId)
    const views = meant.map(({ command, one }) => invocationView(call, command, one, input.Details ?? false))
    return { CommandInvocations: views, NextToken: next }
  },
})

/** So long nobody who asks by id is told of a command that was just sent. */
const spread = seconds(1)

type Invocation = ReturnType<typeof seenNow>

const timesOf = ({ Started, Ended }: Invocation) => ({
  ExecutionStartDateTime: Started === undefined ? "" : new Date(Started).toISOString(),
  ExecutionElapsedTime: Started === undefined ? "" : `PT${(((Ended ?? Started) - Started) / 1000).toFixed(3)}S`,
  ExecutionEndDateTime: Ended === undefined ? "" : new Date(Ended).toISOString(),
})

type Asked = Ssm.ListCommandsCommandInput & Ssm.ListCommandInvocationsCommandInput

const chosen = (call: Call, { CommandId, InstanceId, Filters = [] }: Asked): readonly CommandRecord[] => {
  const named = CommandId === undefined ? commands(call).all() : [commandFor(call, CommandId)]
  const tests = Filters.map(({ key = "", value = "" }) => testOf(call, key, value))
  const onIt = ({ InstanceIds }: CommandRecord) => InstanceId === undefined || InstanceIds.includes(InstanceId)
  return named.filter((command) => onIt(command) && tests.every((test) => test(command)))
}

const testOf = (call: Call, key: string, value: string): ((command: CommandRecord) => boolean) => {
  switch (key) {
    case "InvokedAfter":
      return ({ Requested }) => Requested > Date.parse(value)
    case "InvokedBefore":
      return ({ Requested }) => Requested < Date.parse(value)
    case "DocumentName":
      return ({ DocumentName }) => DocumentName === value
    case "Status":
      return (command) => commandView(call, command).Status === value
    default:
      throw new Refusal("InvalidFilterKey", `The specified filter key is not valid: ${key}.`)
  }
}

/** The newest first. */
const orderOf = ({ Requested, CommandId }: CommandRecord): string =>
  `${String(Number.MAX_SAFE_INTEGER - Math.round(Requested)).padStart(16, "0")} ${CommandId}`

const wishOf = ({ MaxResults, NextToken }: Asked) => ({ size: MaxResults ?? 50, token: NextToken, refuse: badToken })
