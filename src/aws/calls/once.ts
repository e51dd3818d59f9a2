import type { HandlerExecutionContext } from "@smithy/types"
import { OutcomeUnknown, UserError } from "../../errors.ts"
import { isDecided } from "../failures/decided.ts"
import { failureOf } from "../failures/failure.ts"
import type { Attempt } from "./attempt.ts"
import { labelOf, operationOf } from "./operation.ts"

/**
 * Operations that do it again when they are sent again: AWS has neither a token nor a unique name for them.
 * The SDK would silently send them again after a lost answer, and leave two.
 */
const notTwice = new Set([
  "ec2:AllocateAddress",
  "ec2:CreateDhcpOptions",
  "ec2:CreateInternetGateway",
  "ec2:CreateSnapshot",
  "ec2:CreateVpc",
  // Done a second time, it is refused for six hours.
  "ec2:ModifyVolume",
  // Who was let in or put out by the first one cannot be by the second, and that would look like a failure.
  "elasticache:ModifyReplicationGroup",
  "elasticache:ModifyUserGroup",
  "iam:CreateAccessKey",
  "iam:CreatePolicyVersion",
  "kms:CreateKey",
  // Refused while the first one is being done, and done again after it.
  "rds:ModifyDBInstance",
  "rds:RebootDBInstance",
  "rds:StartDBInstance",
  "ssm:SendCommand",
])

/** Stands inside the SDK's retry: what may have been done is not tried again but answered with OutcomeUnknown. */
export function once(attempt: Attempt, context: HandlerExecutionContext): Attempt {
  const operation = operationOf(context)
  if (!notTwice.has(labelOf(operation))) return attempt
  return async (args) => {
    try {
      return await attempt(args)
    } catch (error) {
      const failure = failureOf(error)
      if (error instanceof UserError || isDecided(failure)) throw error
      throw new OutcomeUnknown(`${labelOf(operation)}: no answer came (${failure.code})`, failure.code, {
        hint: "look whether it was done before asking for it again",
        requestId: failure.requestId,
        cause: error,
      })
    }
  }
}
