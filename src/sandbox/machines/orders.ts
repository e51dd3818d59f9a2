import type { Call } from "../service.ts"
import { isOnline } from "../services/ssm/agents.ts"
import {
  type CommandRecord,
  commands,
  type InvocationRecord,
  invocationId,
  invocations,
  seenNow,
} from "../services/ssm/orders/records.ts"
import { cut, outputKey } from "../services/ssm/orders/view.ts"
import type { Ended, Machine } from "./inside.ts"

export interface Waiting {
  readonly id: string
  readonly command: CommandRecord
  readonly found: InvocationRecord
}

/** The invocations that are in this state and not overdue. */
export const inState = (call: Call, Status: InvocationRecord["Status"]): readonly Waiting[] =>
  invocations(call)
    .all()
    .filter((one) => one.Status === Status)
    .flatMap((found) => {
      const command = commands(call).get(found.CommandId)
      const id = invocationId(found.CommandId, found.InstanceId)
      return command && seenNow(call, command, found).Status === Status ? [{ id, command, found }] : []
    })

/** What an agent would take up now. */
export const toTakeUp = (call: Call): readonly Waiting[] =>
  inState(call, "Pending").filter(({ found }) => isOnline(call, found.InstanceId))

export const takeUp = (call: Call, { id, found }: Waiting): void =>
  invocations(call).put(id, { ...found, Status: "InProgress", StatusDetails: "InProgress", Started: call.now })

/** How it ended. One that was cancelled meanwhile stays so, with what it wrote until then. */
export const noteEnd = (call: Call, id: string, ended: Ended): void => {
  const found = invocations(call).get(id)
  if (!found) return
  const [Status, StatusDetails] = fateOf(found, ended)
  const ResponseCode = Status === "Cancelled" ? -1 : ended.code
  const Output = cut(ended.output, 24_000)
  const Errors = cut(ended.errors, 8000)
  invocations(call).put(id, { ...found, Status, StatusDetails, ResponseCode, Output, Errors, Ended: call.now })
}

const fateOf = (found: InvocationRecord, { code, late }: Ended) => {
  if (found.Status === "Cancelling") return ["Cancelled", "Cancelled"] as const
  if (late) return ["TimedOut", "ExecutionTimedOut"] as const
  return code === 0 ? (["Success", "Success"] as const) : (["Failed", "Failed"] as const)
}

/** The agent keeps what is not empty where the command says; where it can't, that is no fault of the command. */
export const keepOutput = (machine: Machine, command: CommandRecord, ended: Ended): void => {
  if (command.Bucket === "") return
  for (const [stream, text] of [
    ["stdout", ended.output],
    ["stderr", ended.errors],
  ] as const) {
    if (text === "") continue
    const Key = outputKey(command, machine.id, stream)
    try {
      machine.ask("s3", "PutObject", { Bucket: command.Bucket, Key, Body: Buffer.from(text) })
    } catch {
      return
    }
  }
}
