/** What every command may end with; main.ts alone turns these into an exit code. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  changes: 4,
  locked: 5,
  access: 6,
  partly: 7,
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export interface ErrorDetails {
  /** One line: what to do next. */
  readonly hint?: string | undefined
  readonly requestId?: string | undefined
  readonly cause?: unknown
}

/** Something went wrong that the user can understand; shown as two lines and without a stack. */
export class UserError extends Error {
  readonly exitCode: ExitCode = exitCodes.failed
  readonly hint: string | undefined
  readonly requestId: string | undefined

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause })
    this.name = new.target.name
    this.hint = details.hint
    this.requestId = details.requestId
  }
}

/** Wrong use, or a question that could not be asked. */
export class Usage extends UserError {
  override readonly exitCode = exitCodes.usage
}

/** A guard said no, or the user did. */
export class Refused extends UserError {
  override readonly exitCode = exitCodes.refused
}

export class Locked extends UserError {
  override readonly exitCode = exitCodes.locked
}

/** Credentials that are missing, wrong or expired, or a permission that they lack. */
export class NoAccess extends UserError {
  override readonly exitCode = exitCodes.access
  /** What a policy would have to allow, such as `ec2:CreateVpc`; none where allowing it would not help. */
  readonly action: string | undefined

  constructor(message: string, { action, ...details }: ErrorDetails & { readonly action?: string | undefined } = {}) {
    super(message, details)
    this.action = action
  }
}

export class Interrupted extends UserError {
  override readonly exitCode = exitCodes.interrupted
}

/** All is done but for what only a person can do, elsewhere; the same command, run again, then goes on. */
export class Awaited extends UserError {
  override readonly exitCode = exitCodes.partly
}

/** AWS said no, in a way that the engine does not answer by itself. */
export class AwsError extends UserError {
  constructor(
    message: string,
    /** AWS's own name for it, such as `InvalidVpcID.NotFound`. */
    readonly code: string,
    details: ErrorDetails = {},
  ) {
    super(message, details)
  }
}

// What the engine answers by itself: it looks again, waits, or takes it for success.

/** The thing asked for is not there. */
export class NotFound extends AwsError {}
/** A thing of that name is there already, ours or somebody's. */
export class AlreadyExists extends AwsError {}
/** It cannot go while something else stands on it. */
export class StillInUse extends AwsError {}
/** AWS does not know yet what it has just been told about another thing; asking again helps. */
export class NotYet extends AwsError {}
/** No answer came, so nobody knows whether it was done. */
export class OutcomeUnknown extends AwsError {}
/** AWS has no machine of that size there at the moment. */
export class NoCapacity extends AwsError {}
/** The account may not have one more of these. */
export class QuotaReached extends AwsError {}
