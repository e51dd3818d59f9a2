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

/** What AWS says as if it were forbidden, although no policy would allow it. */
const mistakable: readonly Row[] = [
  {
    code: /^(AccessDenied|Validation)Exception$/,
    of: /^costexplorer:\w+CostAllocationTags/,
    says: /linked account|payer|management account/i,
    as: AwsError,
    hint: "only the account that pays for the organization splits its bill: leave it out with --without cost-tags, and have it switched on there",
  },
  {
    code: /^AccessDenied(Exception)?$/,
    of: /^costexplorer:/,
    says: /(not|n't) (been )?(enabled|activated)|enable cost explorer/i,
    as: AwsError,
    hint: "open Cost Explorer once in the console under Billing and Cost Management, and run again a day later; or leave it out with --without cost-tags",
  },
]

/** The first row that fits counts, so what is particular stands before what is general. */
const rows: readonly Row[] = [
  { code: /^Insufficient\w*Capacity/, as: NoCapacity, hint: "try again later, or set another zone or instance type" },
  {
    code: /^InvalidParameterCombination$/,
    of: /^ec2:RunInstances$/,
    says: /free tier/i,
    as: AwsError,
    hint: "the account is on AWS's free plan, which has few machines: upgrade it in the console under Billing and Cost Management, or set another instanceType",
  },

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
  // A load balancer is told of a bucket's policy, a gateway or a certificate before it can know of them.
  {
    code: /^InvalidConfigurationRequest/,
    says: /access denied for bucket/i,
    as: NotYet,
    hint: "the policy of that bucket must let logdelivery.elasticloadbalancing.amazonaws.com write",
  },
  { code: /^InvalidSubnet(Exception)?$/, says: /no internet gateway/i, as: NotYet },
  { code: /^UnsupportedCertificate(Exception)?$/, of: /^elasticloadbalancing/, as: NotYet },
  { code: /^InvalidTarget(Exception)?$/, says: /not in a running state/i, as: NotYet },
  { code: /^InvalidSecurityGroup(Exception)?$/, of: /^elasticloadbalancing/, as: NotFound },
  { code: /^PriorRequestNotComplete(Exception)?$/, as: NotYet },
  { code: /^InvalidChangeBatch$/, says: /but it already exists/i, as: AlreadyExists },
  { code: /^InvalidChangeBatch$/, says: /but it was not found/i, as: NotFound },
  { code: /^(DuplicateListener|PriorityInUse)(Exception)?$/, as: AlreadyExists },
  { code: /^(InvalidInstanceId|InvocationDoesNotExist)$/, of: /^ssm:/, as: NotYet },

  // RDS: being deleted is as good as gone for whoever deletes it; a final snapshot waits for the end of a change.
  { code: /^InvalidDBInstanceState$/, of: /^rds:DeleteDBInstance$/, says: /already being deleted/i, as: NotFound },
  { code: /^InvalidDBInstanceState$/, of: /^rds:DeleteDBInstance$/, as: StillInUse },
  { code: /^InvalidDBInstanceState$/, of: /^rds:/, as: NotYet },
  { code: /^InvalidDBSnapshotState$/, of: /^rds:(Copy|Restore)/, as: NotYet },
  { code: /^InvalidDB(SubnetGroup|ParameterGroup)State(Fault)?$/, of: /^rds:Delete/, as: StillInUse },
  // It has not heard yet of what was made in EC2 a moment ago.
  { code: /^InvalidSubnet$/, of: /^rds:/, says: /does not exist|invalid/i, as: NotFound },
  { code: /^InvalidParameterValue$/, of: /^rds:/, says: /invalid security group/i, as: NotFound },
  {
    code: /^InvalidParameterCombination$/,
    of: /^rds:DeleteDBInstance$/,
    says: /protected/i,
    as: AwsError,
    hint: "the database is protected: switch deletion protection off on purpose, then run again",
  },
  {
    code: /^InvalidParameterCombination$/,
    of: /^rds:ModifyDBInstance$/,
    says: /cannot upgrade postgres/i,
    as: AwsError,
    hint: "PostgreSQL goes up only: set databaseMajor to what the database has, or higher",
  },
  {
    code: /^InvalidParameterCombination$/,
    of: /^rds:ModifyDBInstance$/,
    says: /storage.*(optimized|optimization)/is,
    as: AwsError,
    hint: "AWS changes a database's storage once in six hours: run again when they are over",
  },
  {
    code: /^InvalidParameterCombination$/,
    of: /^rds:ModifyDBInstance$/,
    says: /max storage size must be/i,
    as: AwsError,
    hint: "the database has grown to nearly four times databaseGb: set databaseGb higher",
  },
  {
    code: /^InvalidVPCNetworkStateFault$/,
    of: /^rds:/,
    as: NoCapacity,
    hint: "set another databaseClass: this one is not to be had in the zones of the environment",
  },
  // ElastiCache: whatever is at something else is busy; what goes may still have something on it.
  {
    code: /^Invalid(ReplicationGroup|UserGroup|User|CacheParameterGroup)State$/,
    of: /^elasticache:Delete/,
    as: StillInUse,
  },
  { code: /^(CacheSubnetGroupInUse|DefaultUserAssociatedToUserGroup)$/, of: /^elasticache:/, as: StillInUse },
  { code: /^Invalid(ReplicationGroup|UserGroup|User|CacheParameterGroup)State$/, of: /^elasticache:/, as: NotYet },
  { code: /^InvalidSubnet$/, of: /^elasticache:/, says: /not valid|does not exist/i, as: NotFound },
  { code: /^InvalidParameterValue$/, of: /^elasticache:/, says: /security group/i, as: NotFound },
  {
    code: /^InvalidParameterCombination$/,
    of: /^elasticache:ModifyReplicationGroup$/,
    says: /downgrad/i,
    as: AwsError,
    hint: "an engine goes up only: leave the version as it is, or destroy the cache",
  },
  { code: /^ResourceExistsException$/, of: /^secretsmanager:/, as: AlreadyExists },
  {
    code: /^InvalidRequestException$/,
    of: /^secretsmanager:DeleteSecret$/,
    says: /currently marked deleted/i,
    as: NotFound,
  },
  {
    code: /^InvalidRequestException$/,
    of: /^secretsmanager:/,
    says: /marked for deletion/i,
    as: AwsError,
    hint: "it was destroyed: deploy restores it within its seven days",
  },
  { code: /^InvalidDocument$/, of: /^ssm:/, says: /does not exist/i, as: NotFound },
  { code: /^InvalidDocumentVersion$/, of: /^ssm:GetDocument$/, as: NotFound },

  // A trail, or what records the account, is told of a bucket's policy before it can know of it.
  { code: /^InsufficientS3BucketPolicy(Exception)?$/, of: /^cloudtrail:/, as: NotYet },
  { code: /^InvalidCloudWatchLogsRoleArn(Exception)?$/, of: /^cloudtrail:/, says: /trust|denied/i, as: NotYet },
  { code: /^InsufficientEncryptionPolicy(Exception)?$/, of: /^cloudtrail:/, as: NotYet },
  { code: /^InsufficientDeliveryPolicy(Exception)?$/, of: /^configservice:/, as: NotYet },
  { code: /^ConflictException$/, of: /^accessanalyzer:CreateAnalyzer$/, as: AlreadyExists },
  { code: /^ResourceConflictException$/, of: /^securityhub:EnableSecurityHub$/, as: AlreadyExists },
  { code: /^BadRequestException$/, of: /^guardduty:CreateDetector$/, says: /already exists/i, as: AlreadyExists },
  { code: /^BadRequestException$/, of: /^guardduty:/, says: /not owned by the current account/i, as: NotFound },
  // What is not switched on is said as if it were forbidden.
  { code: /^InvalidAccessException$/, of: /^securityhub:/, says: /not subscribed/i, as: NotFound },

  // A service has one role of its own, and says so by what it was given.
  {
    code: /^InvalidInput(Exception)?$/,
    of: /^iam:CreateServiceLinkedRole$/,
    says: /has been taken/i,
    as: AlreadyExists,
  },
  // A profile holds one role, and says so by a quota.
  { code: /^LimitExceeded/, of: /^iam:AddRoleToInstanceProfile$/, as: AlreadyExists },
  {
    code: /^BucketAlreadyExists$/,
    as: AlreadyExists,
    hint: "somebody else in the world owns a bucket of this name; choose another",
  },
  { code: /AlreadyExists?(Exception|Fault)?$|AlreadyOwnedByYou$|\.Duplicate$/, as: AlreadyExists },
  { code: /^(Resource\.AlreadyAssociated|InvalidSubnet\.Conflict|Duplicate\w*(Name|Record)\w*)$/, as: AlreadyExists },

  // It may be where it was to be: an earlier attempt, whose answer was lost, has put it there.
  { code: /^VolumeInUse$/, of: /^ec2:AttachVolume$/, as: AlreadyExists },

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

export const classOf = (refused: Refused): Row | undefined => firstOf(rows, refused)

export const mistakenOf = (refused: Refused): Row | undefined => firstOf(mistakable, refused)

function firstOf(some: readonly Row[], { failure, operation }: Refused): Row | undefined {
  return some.find(
    ({ code, says, of }) =>
      code.test(failure.code) &&
      (says === undefined || says.test(failure.message)) &&
      (of === undefined || of.test(labelOf(operation))),
  )
}
