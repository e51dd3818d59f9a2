import { AlreadyExists, AwsError, type ErrorDetails, NoCapacity, NotFound, NotYet, StillInUse } from "../../errors.ts"
import { labelOf } from "../calls/operation.ts"
import type { Refused } from "./translate.ts"

interface Row {
  /** AWS's codes. */
  readonly code: RegExp
  /** What AWS's sentence must say, where one code stands for many things. */
  readonly says?: RegExp
  /** The operations that mean it so: `service:Operation`; all where it is missing. */
  readonly of?: RegExp
  readonly as: new (message: string, code: string, details?: ErrorDetails) => AwsError
  readonly hint?: string
}

/** The first row that fits counts, so what is particular stands before what is general. */
const rows: readonly Row[] = [
  { code: /^Insufficient\w*Capacity/, as: NoCapacity, hint: "try again later, or set another zone or instance type" },

  // Nothing has changed yet of what was just changed elsewhere.
  { code: /^InvalidParameterValue$/, says: /invalid iam instance profile|has no associated iam roles/i, as: NotYet },
  {
    code: /./,
    says: /role.*(cannot|could not|can't) be assumed|not authorized to assume|unable to assume/i,
    as: NotYet,
  },
  { code: /^Malformed(Policy(Document)?)$/, says: /invalid principal/i, as: NotYet },
  { code: /^Gateway\.NotAttached$/, of: /:Detach/, as: NotFound },
  { code: /^Gateway\.NotAttached$/, as: NotYet },
  { code: /^NotAttached|NotAttached$/, as: NotYet },
  { code: /^(IncorrectState|IncorrectInstanceState|InvalidInstanceID)$/, as: NotYet },
  {
    code: /^(OperationAborted|ConditionalRequestConflict|ResourceNotReady\w*|EntityTemporarilyUnmodifiable\w*)$/,
    as: NotYet,
  },
  { code: /^(ConcurrentModification(Exception)?|TooManyUpdates)$/, as: NotYet },
  { code: /^(InvalidInstanceId|InvocationDoesNotExist)$/, of: /^ssm:/, as: NotYet },

  // A profile holds one role, and says so by a quota.
  { code: /^LimitExceeded/, of: /^iam:AddRoleToInstanceProfile$/, as: AlreadyExists },
  {
    code: /^BucketAlreadyExists$/,
    as: AlreadyExists,
    hint: "somebody else in the world owns a bucket of this name; choose another",
  },
  { code: /AlreadyExists?(Exception|Fault)?$|AlreadyOwnedByYou$|\.Duplicate$/, as: AlreadyExists },
  { code: /^(Resource\.AlreadyAssociated|InvalidSubnet\.Conflict|Duplicate\w*(Name|Record)\w*)$/, as: AlreadyExists },

  { code: /^(DependencyViolation|DeleteConflict(Exception)?|BucketNotEmpty)$/, as: StillInUse },
  { code: /\.InUse$|^(VolumeInUse|ResourceInUse(Exception|Fault)?)$/, as: StillInUse },
  // An address whose NAT gateway is still on its way out is not ours to release for a moment.
  { code: /^AuthFailure$/, of: /^ec2:(ReleaseAddress|DisassociateAddress)$/, says: /permission/i, as: StillInUse },

  { code: /(NotFound|NotFoundError|NotFoundException|NotFoundFault|DoesNotExist)$/, as: NotFound },
  { code: /^NoSuch|^NatGatewayNotFound$|^404$/, as: NotFound },

  {
    code: /^Unsupported$/,
    says: /availability zone/i,
    as: AwsError,
    hint: "set another zone or instance type; AWS has none of these there",
  },
  {
    code: /^VolumeModificationRateExceeded$|^IncorrectModificationState$/,
    as: AwsError,
    hint: "AWS changes a disk once in six hours: run again when they are over",
  },
  {
    code: /^IdempotentParameterMismatch|^IdempotentInstanceTerminated/,
    as: AwsError,
    hint: "an earlier run asked for the same thing with other values; destroy that one, or wait a day",
  },
]

export function classOf({ failure, operation }: Refused): Row | undefined {
  return rows.find(
    ({ code, says, of }) =>
      code.test(failure.code) &&
      (says === undefined || says.test(failure.message)) &&
      (of === undefined || of.test(labelOf(operation))),
  )
}
