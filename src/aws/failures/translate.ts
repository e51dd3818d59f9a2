import { AwsError, NotFound, OutcomeUnknown, Usage, UserError } from "../../errors.ts"
import { changes, labelOf, type Operation } from "../calls/operation.ts"
import { noAccess, noCredentials } from "./access.ts"
import { isCut, isThrottled, isUnreachable, lacksCredentials } from "./decided.ts"
import { type Failure, failureOf } from "./failure.ts"
import { quota } from "./quota.ts"
import { saidBy } from "./said.ts"
import { classOf, mistakenOf } from "./table.ts"

/** Who asks, and where: what a hint must name. */
export interface Asker {
  readonly region: string
  readonly profile?: string | undefined
  readonly endpoint?: string | undefined
}

/** What the refusal was about. */
export interface Refused {
  readonly operation: Operation
  readonly input: object
  readonly asker: Asker
  readonly failure: Failure
  /** `ec2:CreateVpc: the CIDR '10.0.0.0/8' is invalid` */
  readonly message: string
  readonly details: { readonly requestId: string | undefined; readonly cause: unknown }
}

/** One of our errors for whatever came back; what is not AWS's doing stays what it is, and is called a bug. */
export function translate(error: unknown, operation: Operation, input: object, asker: Asker): unknown {
  if (error instanceof UserError) return error
  const failure = failureOf(error)
  const message = `${labelOf(operation)}: ${saidBy(failure, input)}`
  const details = { requestId: failure.requestId, cause: error }
  const refused: Refused = { operation, input, asker, failure, message, details }
  return (
    unsent(refused) ??
    listed(refused, mistakenOf) ??
    noAccess(refused) ??
    throttled(refused) ??
    quota(refused) ??
    listed(refused, classOf) ??
    unanswered(refused) ??
    other(refused) ??
    error
  )
}

function unsent(refused: Refused): UserError | undefined {
  const { failure, asker, details } = refused
  if (lacksCredentials(failure)) return noCredentials(refused)
  if (
    /certificate|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/i.test(failure.code) &&
    failure.status === undefined
  )
    return new AwsError(`the certificate of AWS was not accepted: ${failure.message}`, failure.code, {
      ...details,
      hint: "if a proxy stands in between, name its certificate in NODE_EXTRA_CA_CERTS",
    })
  if (!isUnreachable(failure)) return undefined
  const host = failure.host ?? asker.endpoint ?? `AWS in ${asker.region}`
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(failure.code)) {
    const message = `there is no address for ${host}`
    const hint = `check the region "${asker.region}" and this machine's network`
    return isRegionLike(asker.region)
      ? new AwsError(message, failure.code, { ...details, hint })
      : new Usage(message, { ...details, hint })
  }
  const hint = asker.endpoint ? `is anything listening at ${asker.endpoint}?` : "check this machine's network"
  return new AwsError(`${host} cannot be reached (${failure.code})`, failure.code, { ...details, hint })
}

export const isRegionLike = (region: string): boolean => /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/.test(region)

function throttled({ failure, operation, details }: Refused): UserError | undefined {
  if (!isThrottled(failure)) return undefined
  return new AwsError(
    `${labelOf(operation)}: AWS still answers "too many requests" after many attempts`,
    failure.code,
    {
      ...details,
      hint: "something else in this account is asking a lot; run again in a few minutes",
    },
  )
}

function listed(refused: Refused, rowOf: typeof classOf): UserError | undefined {
  const row = rowOf(refused)
  return row && new row.as(refused.message, refused.failure.code, { ...refused.details, hint: row.hint })
}

function unanswered({ failure, operation, details }: Refused): UserError | undefined {
  const answered = failure.status !== undefined && failure.status < 500
  if (answered || !(isCut(failure) || failure.status !== undefined)) return undefined
  const message = `${labelOf(operation)}: no proper answer came (${failure.code})`
  if (changes(operation))
    return new OutcomeUnknown(message, failure.code, { ...details, hint: "look whether it was done, then run again" })
  return new AwsError(message, failure.code, { ...details, hint: "run again; nothing was changed by this question" })
}

function other({ failure, message, details }: Refused): UserError | undefined {
  if (failure.status === undefined) return undefined
  if (failure.status === 404) return new NotFound(message, failure.code, details)
  return new AwsError(`${message} (${failure.code})`, failure.code, details)
}
