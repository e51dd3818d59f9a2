import { provesRefusals, type Row } from "../refusal-table.ts"
import { arnOf, bucketFor, type Ground, ground, trail } from "./ground.ts"

const api = (operation: string) => `CloudTrail API reference: ${operation}`
const ours = "the sandbox's own: not served"

const update = (aws: Ground, more: object) => aws.refused("UpdateTrail", { Name: "main", ...more })

const key = (aws: Ground, more: object) => {
  const arn = "arn:aws:kms:us-east-1:111122223333:key/k"
  aws.put("kms/key@us-east-1", "k", { id: "k", arn, enabled: true, policy: "{}", ...more })
  return update(aws, { KmsKeyId: arn })
}

const logs = (aws: Ground, group: string, role: string) =>
  update(aws, {
    CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:111122223333:log-group:${group}:*`,
    CloudWatchLogsRoleArn: role,
  })

const rows: readonly Row<Ground>[] = [
  [
    "two attributes at once",
    "InvalidLookupAttributesException",
    api("LookupEvents"),
    (aws) =>
      aws.refused("LookupEvents", {
        LookupAttributes: ["a", "b"].map((AttributeValue) => ({ AttributeKey: "EventName", AttributeValue })),
      }),
  ],
  [
    "a time that ends before it begins",
    "InvalidTimeRangeException",
    api("LookupEvents"),
    (aws) => aws.refused("LookupEvents", { StartTime: new Date(8e12), EndTime: new Date(7e12) }),
  ],
  [
    "a page that was never begun",
    "InvalidNextTokenException",
    api("LookupEvents"),
    (aws) => aws.refused("LookupEvents", { NextToken: "x" }),
  ],
  ["a second of a name", "TrailAlreadyExistsException", api("CreateTrail"), (aws) => aws.refused("CreateTrail", trail)],
  [
    "a name of two letters",
    "InvalidTrailNameException: between 3 and 128",
    api("CreateTrail"),
    (aws) => aws.refused("CreateTrail", { ...trail, Name: "ab" }),
  ],
  [
    "a name with a blank",
    "InvalidTrailNameException: can only contain",
    api("CreateTrail"),
    (aws) => aws.refused("CreateTrail", { ...trail, Name: "a b c" }),
  ],
  [
    "a sixth trail",
    "MaximumNumberOfTrailsExceededException: already has 5 trails",
    api("CreateTrail"),
    (aws) => {
      for (const Name of ["two", "three", "four", "five"]) {
        bucketFor(aws, Name, arnOf(Name))
        aws.run("CreateTrail", { Name, S3BucketName: Name })
      }
      return aws.refused("CreateTrail", { ...trail, Name: "six" })
    },
  ],
  [
    "no bucket",
    "S3BucketDoesNotExistException",
    api("CreateTrail"),
    (aws) => aws.refused("CreateTrail", { Name: "more", S3BucketName: "none" }),
  ],
  [
    "a bucket that lets another trail write",
    "InsufficientS3BucketPolicyException",
    api("CreateTrail"),
    (aws) => aws.refused("CreateTrail", { ...trail, Name: "more" }),
  ],
  [
    "all regions without what belongs to none",
    "InvalidParameterCombinationException: global service events",
    api("UpdateTrail"),
    (aws) => update(aws, { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false }),
  ],
  [
    "no such trail",
    "TrailNotFoundException",
    api("GetTrailStatus"),
    (aws) => aws.refused("GetTrailStatus", { Name: "none" }),
  ],
  [
    "another service's ARN",
    "CloudTrailARNInvalidException",
    api("GetTrailStatus"),
    (aws) => aws.refused("GetTrailStatus", { Name: "arn:aws:s3:::bucket" }),
  ],
  [
    "a trail of one region, from another",
    "TrailNotFoundException",
    api("StopLogging"),
    (aws) => {
      aws.move("eu-west-1")
      return aws.refused("StopLogging", { Name: arnOf("main") })
    },
  ],
  [
    "a change of a trail of all regions, away from home",
    "InvalidHomeRegionException: us-east-1",
    api("StopLogging"),
    (aws) => {
      aws.run("UpdateTrail", { Name: "main", IsMultiRegionTrail: true })
      aws.move("eu-west-1")
      return aws.refused("StopLogging", { Name: arnOf("main") })
    },
  ],
  [
    "a change of the organization's trail",
    "NotOrganizationMasterAccountException",
    api("StopLogging"),
    (aws) => {
      const arn = "arn:aws:cloudtrail:us-east-1:999988887777:trail/all"
      aws.put("cloudtrail/trail", arn, {
        arn,
        name: "all",
        home: "us-east-1",
        everywhere: true,
        organization: "999988887777",
      })
      return aws.refused("StopLogging", { Name: arn })
    },
  ],
  [
    "selectors of both kinds",
    "InvalidEventSelectorsException: not both",
    api("PutEventSelectors"),
    (aws) => aws.refused("PutEventSelectors", { TrailName: "main" }),
  ],
  [
    "tags of what is not there",
    "ResourceNotFoundException",
    api("AddTags"),
    (aws) => aws.refused("AddTags", { ResourceId: arnOf("none"), TagsList: [] }),
  ],
  [
    "a tag of AWS's",
    "InvalidTagParameterException",
    api("AddTags"),
    (aws) => aws.refused("AddTags", { ResourceId: arnOf("main"), TagsList: [{ Key: "aws:a" }] }),
  ],
  [
    "51 tags",
    "TagsLimitExceededException",
    api("AddTags"),
    (aws) => {
      const TagsList = Array.from({ length: 50 }, (_, n) => ({ Key: `k${n}` }))
      return aws.refused("AddTags", { ResourceId: arnOf("main"), TagsList })
    },
  ],
  ["no such key", "KmsKeyNotFoundException", api("UpdateTrail"), (aws) => update(aws, { KmsKeyId: "none" })],
  ["a key that is disabled", "KmsException: Disabled", api("UpdateTrail"), (aws) => key(aws, { enabled: false })],
  [
    "a key that is not for CloudTrail",
    "InsufficientEncryptionPolicyException",
    api("UpdateTrail"),
    (aws) => key(aws, {}),
  ],
  [
    "no such log group",
    "InvalidCloudWatchLogsLogGroupArnException",
    api("UpdateTrail"),
    (aws) => logs(aws, "none", "arn:aws:iam::111122223333:role/r"),
  ],
  [
    "a role that does not trust CloudTrail",
    "InvalidCloudWatchLogsRoleArnException: trust",
    api("UpdateTrail"),
    (aws) => {
      aws.put("logs/group@us-east-1", "g", { name: "g" })
      return logs(aws, "g", "arn:aws:iam::111122223333:role/r")
    },
  ],
  ["a topic", "NotImplemented", ours, (aws) => update(aws, { SnsTopicName: "t" })],
]

provesRefusals(new URL("../../../../src/sandbox/services/cloudtrail/", import.meta.url), rows, ground)
