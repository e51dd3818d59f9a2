import type * as S3 from "@aws-sdk/client-s3"
import { type Call, handlers, Refusal } from "../../service.ts"
import { refuseUnserved } from "../unserved.ts"
import {
  type BucketRecord,
  bucketFor,
  buckets,
  invalidArgument,
  isOwnership,
  malformedXml,
  ownEncryption,
} from "./records.ts"
import { bucketTags } from "./tags.ts"

export const settingHandlers = handlers<typeof S3>()({
  PutBucketVersioning: (input, call) => {
    refuseUnserved(input, ["MFA"])
    refuseUnserved(input.VersioningConfiguration ?? {}, ["MFADelete"])
    const bucket = bucketFor(input, call)
    const Status = input.VersioningConfiguration?.Status
    if (Status === undefined) {
      throw new Refusal("IllegalVersioningConfigurationException", "The Versioning element must be specified")
    }
    if (Status !== "Enabled" && Status !== "Suspended") malformedXml()
    return change(call, bucket, { Versioning: Status })
  },

  GetBucketVersioning: (input, call) => {
    const { Versioning } = bucketFor(input, call)
    return Versioning === undefined ? {} : { Status: Versioning }
  },

  PutBucketTagging: (input, call) => {
    const bucket = bucketFor(input, call)
    return change(call, bucket, { Tags: bucketTags(input.Tagging?.TagSet ?? malformedXml()) })
  },

  GetBucketTagging: (input, call) => {
    const { Tags } = bucketFor(input, call)
    if (Tags.length === 0) notThere("NoSuchTagSet", "The TagSet does not exist")
    return { TagSet: [...Tags] }
  },

  DeleteBucketTagging: (input, call) => change(call, bucketFor(input, call), { Tags: [] }),

  PutPublicAccessBlock: (input, call) => {
    const bucket = bucketFor(input, call)
    const wish = input.PublicAccessBlockConfiguration ?? malformedXml()
    if (Object.values(wish).every((value) => value === undefined)) {
      throw new Refusal("InvalidRequest", "Must specify at least one configuration.")
    }
    const PublicAccess = {
      BlockPublicAcls: wish.BlockPublicAcls ?? false,
      IgnorePublicAcls: wish.IgnorePublicAcls ?? false,
      BlockPublicPolicy: wish.BlockPublicPolicy ?? false,
      RestrictPublicBuckets: wish.RestrictPublicBuckets ?? false,
    }
    return change(call, bucket, { PublicAccess })
  },

  GetPublicAccessBlock: (input, call) => {
    const { PublicAccess } = bucketFor(input, call)
    const message = "The public access block configuration was not found"
    return { PublicAccessBlockConfiguration: PublicAccess ?? notThere("NoSuchPublicAccessBlockConfiguration", message) }
  },

  DeletePublicAccessBlock: (input, call) => change(call, bucketFor(input, call), { PublicAccess: undefined }),

  PutBucketEncryption: (input, call) => {
    const bucket = bucketFor(input, call)
    const rules = input.ServerSideEncryptionConfiguration?.Rules ?? []
    const [rule] = rules
    const wish = rule?.ApplyServerSideEncryptionByDefault
    if (rules.length !== 1 || !/^(AES256|aws:kms|aws:kms:dsse)$/.test(wish?.SSEAlgorithm ?? "")) malformedXml()
    if (wish?.SSEAlgorithm === "AES256" && wish.KMSMasterKeyID !== undefined) {
      invalidArgument("a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse")
    }
    return change(call, bucket, { Encryption: { ...rule, BucketKeyEnabled: rule?.BucketKeyEnabled ?? false } })
  },

  GetBucketEncryption: (input, call) => ({
    ServerSideEncryptionConfiguration: { Rules: [bucketFor(input, call).Encryption] },
  }),

  // There is no bucket without encryption: deleting brings S3's own back.
  DeleteBucketEncryption: (input, call) => change(call, bucketFor(input, call), { Encryption: ownEncryption }),

  PutBucketOwnershipControls: (input, call) => {
    const bucket = bucketFor(input, call)
    const rules = input.OwnershipControls?.Rules ?? []
    const Ownership = rules[0]?.ObjectOwnership ?? ""
    if (rules.length !== 1 || !isOwnership(Ownership)) malformedXml()
    return change(call, bucket, { Ownership })
  },

  GetBucketOwnershipControls: (input, call) => {
    const { Ownership } = bucketFor(input, call)
    const kept = Ownership ?? notThere("OwnershipControlsNotFoundError", "The bucket ownership controls were not found")
    // Only a value of the client's own set is ever kept.
    return { OwnershipControls: { Rules: [{ ObjectOwnership: kept as S3.ObjectOwnership }] } }
  },

  DeleteBucketOwnershipControls: (input, call) => change(call, bucketFor(input, call), { Ownership: undefined }),
})

const change = (call: Call, bucket: BucketRecord, difference: Partial<BucketRecord>): Record<string, never> => {
  buckets(call).put(bucket.Name, { ...bucket, ...difference })
  return {}
}

const notThere = (code: string, message: string): never => {
  throw new Refusal(code, message, 404)
}
