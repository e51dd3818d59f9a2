import { type Call, Refusal } from "../../service.ts"
import { findKey, stateOf } from "../kms/records.ts"
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
    serviceMay(call, key.policy, { service: "cloudtrail.amazonaws.com", action, resource: key.arn, source: trail, context })
  if (may("kms:GenerateDataKey") && may("kms:DescribeKey")) return key.arn
  const message = `Insufficient permissions to access KMS key ${key.arn}.`
  throw new Refusal("InsufficientEncryptionPolicyException", message)
}
