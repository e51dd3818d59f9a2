import type * as S3 from "@aws-sdk/client-s3"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { pageByName } from "../pages.ts"
import { refuseUnserved } from "../unserved.ts"
import { checkBucketName } from "./names.ts"
import {
  type BucketRecord,
  bucketFor,
  buckets,
  invalidArgument,
  isForeign,
  isOwnership,
  objects,
  ownEncryption,
  wrongToken,
} from "./records.ts"
import { bucketTags } from "./tags.ts"

export const bucketHandlers = handlers<typeof S3>()({
  CreateBucket: (input, call) => {
    refuseUnserved(input, ["GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP"])
    refuseUnserved(input, ["ObjectLockEnabledForBucket"])
    refuseUnserved(input.CreateBucketConfiguration ?? {}, ["Bucket", "Location"])
    const name = given(input.Bucket, "Bucket", "InvalidRequest")
    checkBucketName({ ...call, name, namespace: input.BucketNamespace ?? "global" })
    const region = regionOf(input.CreateBucketConfiguration?.LocationConstraint, call)
    if (isForeign(name)) {
      throw new Refusal("BucketAlreadyExists", `The requested bucket name is not available. ${PICK_ANOTHER}`, 409)
    }
    const Location = region === "us-east-1" ? `/${name}` : `http://${name}.s3.amazonaws.com/`
    const answer = { Location, BucketArn: `arn:${call.partition}:s3:::${name}` }
    const own = buckets(call).get(name)
    if (own) {
      // Only the oldest region answers 200 for a bucket that the caller has already; nothing of it changes.
      if (own.Region === "us-east-1" && call.region === "us-east-1") return answer
      const message = "Your previous request to create the named bucket succeeded and you already own it."
      throw new Refusal("BucketAlreadyOwnedByYou", message, 409)
    }
    const limit = call.quota("BucketsPerAccount", 10_000)
    if (buckets(call).all().length >= limit) {
      throw new Refusal("TooManyBuckets", "You have attempted to create more buckets than allowed")
    }
    const Ownership = input.ObjectOwnership ?? "BucketOwnerEnforced"
    if (!isOwnership(Ownership)) invalidArgument(`Invalid x-amz-object-ownership header: ${Ownership}`)
    if (input.ACL !== undefined && input.ACL !== "private" && Ownership === "BucketOwnerEnforced") {
      const message = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
      throw new Refusal("InvalidBucketAclWithObjectOwnership", message)
    }
    const Tags = bucketTags(input.CreateBucketConfiguration?.Tags)
    buckets(call).put(name, { ...NEW, Name: name, Region: region, CreationDate: call.now, Ownership, Tags })
    return answer
  },

  HeadBucket: (input, call) => {
    const { Name, Region } = withoutBody(() => bucketFor(input, call))
    return { BucketArn: `arn:${call.partition}:s3:::${Name}`, BucketRegion: Region, AccessPointAlias: false }
  },

  DeleteBucket: (input, call) => {
    const { Name, Versioning } = bucketFor(input, call)
    const held = objects(call).all()
    if (held.some((object) => object.Bucket === Name)) {
      const versions = Versioning === undefined ? "" : ". You must delete all versions in the bucket."
      throw new Refusal("BucketNotEmpty", `The bucket you tried to delete is not empty${versions}`, 409)
    }
    buckets(call).delete(Name)
    return {}
  },

  ListBuckets: (input, call) => {
    const wanted = buckets(call)
      .all()
      .filter(({ Name }) => Name.startsWith(input.Prefix ?? ""))
      .filter(({ Region }) => input.BucketRegion === undefined || Region === input.BucketRegion)
    const wish = { size: input.MaxBuckets ?? 10_000, token: input.ContinuationToken, refuse: wrongToken }
    const { items, next } = pageByName(wanted, ({ Name }) => Name, wish)
    return {
      Buckets: items.map((bucket) => bucketView(bucket, call)),
      Owner: { ID: ownerId(call) },
      ...(input.Prefix !== undefined && { Prefix: input.Prefix }),
      ...(next !== undefined && { ContinuationToken: next }),
    }
  },

  // The one question about a bucket that any region answers; the oldest region has no name.
  GetBucketLocation: (input, call) => {
    const region = buckets(call).get(given(input.Bucket, "Bucket", "InvalidRequest"))?.Region
    const bucket = bucketFor(input, { ...call, region: region ?? call.region })
    return bucket.Region === "us-east-1" ? {} : { LocationConstraint: locationOf(bucket.Region) }
  },
})

/** The canonical id of the sandbox's account: 64 hexadecimal digits. */
export const ownerId = (call: Call): string => call.account.padStart(64, "0")

/** A HEAD answer has no body to name its error, so what the client sees follows from the status alone. */
export const withoutBody = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const code = error.status === 403 ? "Forbidden" : error.status === 404 ? "NotFound" : error.code
    throw new Refusal(code, error.message, error.status)
  }
}

const PICK_ANOTHER =
  "The bucket namespace is shared by all users of the system. Please select a different name and try again."

/** What every new bucket has since 2023, asked for or not. */
const NEW = {
  Encryption: ownEncryption,
  PublicAccess: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  },
} satisfies Partial<BucketRecord>

const regionOf = (asked: string | undefined, call: Call): string => {
  // The name from when there was one region in Europe.
  const constraint = asked === "EU" ? "eu-west-1" : asked
  const here = call.region === "us-east-1"
  if (constraint === "us-east-1") {
    throw new Refusal("InvalidLocationConstraint", "The specified location-constraint is not valid")
  }
  // Only the oldest region's endpoint makes buckets elsewhere.
  if (!here && constraint !== call.region) {
    const message = `The ${constraint ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to.`
    throw new Refusal("IllegalLocationConstraintException", message)
  }
  return constraint ?? "us-east-1"
}

const bucketView = (bucket: BucketRecord, call: Call) => ({
  Name: bucket.Name,
  CreationDate: new Date(bucket.CreationDate),
  BucketRegion: bucket.Region,
  BucketArn: `arn:${call.partition}:s3:::${bucket.Name}`,
})

// A region's name came in as a location constraint, so it is one of the client's own values.
const locationOf = (region: string) => region as S3.BucketLocationConstraint
