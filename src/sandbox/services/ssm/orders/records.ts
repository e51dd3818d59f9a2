import type { CommandInvocationStatus, Target } from "@aws-sdk/client-ssm"
import { type Call, Refusal } from "../../../service.ts"
import type { Table } from "../../../store.ts"
import { regional } from "../../regional.ts"

/** A command as it was sent. How it goes stands in its invocations, one for each instance. */
export interface CommandRecord {
  readonly CommandId: string
  readonly DocumentName: string
  readonly DocumentVersion: string
  readonly Comment: string
  readonly Parameters: Readonly<Record<string, readonly string[]>>
  readonly InstanceIds: readonly string[]
  /** By what they were found, where they were not named. */
  readonly Targets?: readonly Target[]
  readonly Requested: number
  /** Until then it must have been taken up. */
  readonly Expires: number
  readonly TimeoutSeconds: number
  readonly Bucket: string
  readonly KeyPrefix: string
  /** What the agent is to run, with all places filled in. */
  readonly Step: { readonly name: string; readonly script: string; readonly timeoutSeconds: number }
}

export interface InvocationRecord {
  readonly CommandId: string
  readonly InstanceId: string
  readonly Status: CommandInvocationStatus
  readonly StatusDetails: string
  readonly ResponseCode: number
  readonly Started?: number | undefined
  readonly Ended?: number | undefined
  readonly Output: string
  readonly Errors: string
}

export const commands = (call: Call): Table<CommandRecord> => regional(call, "ssm/command")
export const invocations = (call: Call): Table<InvocationRecord> => regional(call, "ssm/invocation")

export const invocationId = (commandId: string, instanceId: string): string => `${commandId}/${instanceId}`

export const commandFor = (call: Call, id: string): CommandRecord => {
  const record = commands(call).get(id)
  if (!record) throw new Refusal("InvalidCommandId", `The command ID ${id} does not exist.`)
  return record
}

/** In this state nothing more happens to it. */
export const isOver = ({ Status }: InvocationRecord): boolean =>
  !["Pending", "InProgress", "Delayed", "Cancelling"].includes(Status)

/** Taken up too late: nothing writes that down, it is so from a moment on. */
export const seenNow = (call: Call, command: CommandRecord, found: InvocationRecord): InvocationRecord =>
  found.Status === "Pending" && call.now >= command.Expires
    ? { ...found, Status: "TimedOut", StatusDetails: "DeliveryTimedOut", ResponseCode: -1 }
    : found
