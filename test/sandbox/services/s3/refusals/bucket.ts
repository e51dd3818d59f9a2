import { Bucket, put, versioned } from "../ground.ts"
import { api, codes, creating, moto, ours, type S3Row } from "./case.ts"

const names = "S3 user guide: bucket names"

const badNames: readonly (readonly [what: string, name: string])[] = [
  ["too short", "ab"],
  ["capitals", "Mine"],
  ["an underscore", "my_bucket"],
  ["a dash at the end", "mine-"],
  ["two dots together", "my..bucket"],
  ["an address", "10.0.0.1"],
  ["a reserved beginning", "xn--mine"],
  ["a reserved end", "mine--x-s3"],
  ["the suffix of an account's own namespace", "mine-111122223333-us-east-1-an"],
]

export const bucketRows: readonly S3Row[] = [
  ...badNames.map(
    ([what, name]): S3Row => [`a name with ${what}`, "InvalidBucketName", names, creating({ Bucket: name })],
  ),
  [
    "the account's own namespace without its suffix",
    "InvalidNamespaceHeader: Specify -111122223333-us-east-1-an",
    moto,
    creating({ BucketNamespace: "account-regional" }),
  ],
  ["no name", "InvalidRequest: Value null at 'Bucket'", codes, creating({ Bucket: undefined })],
  ["a name of another account's", "BucketAlreadyExists", api("CreateBucket"), creating({ Bucket: "taken-by-others" })],
  [
    "one's own, asked of a later region",
    "BucketAlreadyOwnedByYou",
    api("CreateBucket"),
    (aws) => {
      aws.move("eu-west-1")
      return creating({ Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } })(aws)
    },
  ],
  [
    "one's own of a later region, asked of the oldest",
    "BucketAlreadyOwnedByYou",
    api("CreateBucket"),
    (aws) => {
      const wish = { Bucket: "european", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } } as const
      aws.run("CreateBucket", wish)
      return creating(wish)(aws)
    },
  ],
  [
    "more buckets than an account has",
    "TooManyBuckets",
    codes,
    (aws) => {
      aws.quotas.set("BucketsPerAccount", 1)
      return creating({})(aws)
    },
  ],
  [
    "the oldest region by its name",
    "InvalidLocationConstraint",
    api("CreateBucket"),
    creating({ CreateBucketConfiguration: { LocationConstraint: "us-east-1" } }),
  ],
  [
    "no region where it must be said",
    "IllegalLocationConstraintException: The unspecified location constraint",
    codes,
    (aws) => {
      aws.move("eu-west-1")
      return creating({})(aws)
    },
  ],
  [
    "a region from another's endpoint",
    "IllegalLocationConstraintException: The eu-north-1 location constraint",
    codes,
    (aws) => {
      aws.move("eu-west-1")
      return creating({ CreateBucketConfiguration: { LocationConstraint: "eu-north-1" } })(aws)
    },
  ],
  ["an ownership that isn't", "InvalidArgument: object-ownership", codes, creating({ ObjectOwnership: "Mine" })],
  [
    "an ACL where there are none",
    "InvalidBucketAclWithObjectOwnership",
    "S3 user guide: object ownership",
    creating({ ACL: "public-read" }),
  ],
  ["rights for others", "NotImplemented: GrantRead", ours, creating({ GrantRead: "id=x" })],
  ["object lock", "NotImplemented: ObjectLockEnabledForBucket", ours, creating({ ObjectLockEnabledForBucket: true })],
  [
    "a directory",
    "NotImplemented: Location",
    ours,
    creating({ CreateBucketConfiguration: { Location: { Name: "use1-az4", Type: "AvailabilityZone" } } }),
  ],
]

export const holderRows: readonly S3Row[] = [
  ["a bucket that isn't there", "NoSuchBucket", codes, (aws) => aws.refused("GetBucketPolicy", { Bucket: "gone" })],
  [
    "another account's bucket",
    "AccessDenied",
    codes,
    (aws) => aws.refused("DeleteBucket", { Bucket: "taken-by-others" }),
  ],
  [
    "a bucket of another region",
    "PermanentRedirect: must be addressed using the specified endpoint",
    codes,
    (aws) => {
      aws.move("eu-west-1")
      return aws.refused("GetBucketTagging", { Bucket })
    },
  ],
  [
    "a bucket of another owner than expected",
    "AccessDenied",
    "S3 user guide: bucket owner condition",
    (aws) => aws.refused("GetBucketTagging", { Bucket, ExpectedBucketOwner: "999999999999" }),
  ],
  [
    "to delete a bucket with an object",
    "BucketNotEmpty: not empty",
    api("DeleteBucket"),
    (aws) => {
      put(aws, "k", "x")
      return aws.refused("DeleteBucket", { Bucket })
    },
  ],
  [
    "to delete a bucket with nothing but a delete marker",
    "BucketNotEmpty: You must delete all versions in the bucket.",
    api("DeleteBucket"),
    (aws) => {
      versioned(aws).run("DeleteObject", { Bucket, Key: "k" })
      return aws.refused("DeleteBucket", { Bucket })
    },
  ],
  [
    "a page of buckets by a token that was never given",
    "InvalidArgument: continuation token",
    moto,
    (aws) => aws.refused("ListBuckets", { ContinuationToken: "?" }),
  ],
]
