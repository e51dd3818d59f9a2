import { type Call, Refusal } from "../../service.ts"
import { roles } from "../iam/records.ts"
import { findKey, stateOf } from "../kms/records.ts"
import { groupArn, groups } from "../logs/records.ts"
import { fieldsOf, listOf, policyOf, textsOf } from "../policy-document.ts"
import { buckets } from "../s3/records.ts"
import { serviceMay } from "../service-permission.ts"

/** CloudTrail tries at once whether it may write where it is to, and refuses what it may not. */
export const checkBucket = (call: Call, name: string, prefix: string | undefined, trail: string): void => {
  const bucket = buckets(call).get(name)
  if (!bucket) throw new Refusal("S3BucketDoesNotExistException", `S3 bucket ${name} does not exist!`)
  const arn = `arn:${call.partition}:s3:::${name}`
  const folder = [arn, ...(prefix === undefined ? [] : [prefix]), "AWSLogs", call.account].join("/")
  const may = (action: string, resource: string, context = {}) =>
    serviceMay(call, bucket.Policy, { service: "cloudtrail.amazonaws.com", action, resource, source: trail, context })
  const acl = { "s3:x-amz-acl": "bucket-owner-full-control" }
  if (may("s3:GetBucketAcl", arn) && may("s3:PutObject", `${folder}/CloudTrail/${call.region}/log.json.gz`, acl)) return
  throw new Refusal("InsufficientS3BucketPolicyException", `Incorrect S3 bucket policy is detected for bucket: ${name}`)
}

/** The ARN of the key that is meant, once CloudTrail has tried it; an empty text takes it off. */
export const keyFor = (call: Call, meant: string | undefined, trail: string): string | undefined => {
  if (!meant) return undefined
  const key = findKey(call, meant)
  if (!key) throw new Refusal("KmsKeyNotFoundException", `The KMS key ${meant} does not exist.`)
  if (stateOf(key) !== "Enabled") throw new Refusal("KmsException", `The KMS key ${key.arn} is ${stateOf(key)}.`)
  const context = { "kms:EncryptionContext:aws:cloudtrail:arn": trail }
  const may = (action: string) =>
    serviceMay(call, key.policy, {
      service: "cloudtrail.amazonaws.com",
      action,
      resource: key.arn,
      source: trail,
      context,
    })
  if (may("kms:GenerateDataKey") && may("kms:DescribeKey")) return key.arn
  const message = `Insufficient permissions to access KMS key ${key.arn}.`
  throw new Refusal("InsufficientEncryptionPolicyException", message)
}

interface Logs {
  readonly logGroup?: string | undefined
  readonly role?: string | undefined
}

interface AskedLogs {
  readonly CloudWatchLogsLogGroupArn?: string | undefined
  readonly CloudWatchLogsRoleArn?: string | undefined
}

/** Where it writes besides, once it was seen that it may: a group and a role, or neither. */
export const logsFor = (call: Call, asked: AskedLogs, was: Logs): Logs => {
  const logGroup = (asked.CloudWatchLogsLogGroupArn ?? was.logGroup) || undefined
  const role = (asked.CloudWatchLogsRoleArn ?? was.role) || undefined
  if (logGroup === undefined && role === undefined) return { logGroup, role }
  const known = groups(call)
    .all()
    .some(({ name }) => `${groupArn(call, name)}:*` === logGroup)
  if (!known) {
    const message = "CloudTrail cannot validate the specified log group ARN."
    throw new Refusal("InvalidCloudWatchLogsLogGroupArnException", message)
  }
  const meant = roles(call)
    .all()
    .find(({ Arn }) => Arn === role)
  const trusted = listOf(policyOf(meant?.AssumeRolePolicyDocument ?? "")?.Statement ?? [])
    .flatMap((one) => textsOf(fieldsOf(fieldsOf(one)?.Principal)?.Service))
    .includes("cloudtrail.amazonaws.com")
  if (!trusted) {
    const message = "Access denied. Check the trust relationships for your role."
    throw new Refusal("InvalidCloudWatchLogsRoleArnException", message)
  }
  return { logGroup, role }
}
