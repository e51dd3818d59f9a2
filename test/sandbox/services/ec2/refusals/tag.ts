import { api, errors, gone, type Row } from "./case.ts"

const tagged = (ResourceType: "vpc" | "subnet", Key: string, Value = "x") => [{ ResourceType, Tags: [{ Key, Value }] }]

export const tagRows: readonly Row[] = [
  [
    "tags for what isn't made",
    "InvalidParameterValue: 'subnet' is not a valid taggable resource",
    api("TagSpecification"),
    ({ aws }) => aws.refused("CreateVpc", { CidrBlock: "10.0.0.0/16", TagSpecifications: tagged("subnet", "a") }),
  ],
  [
    "a specification without tags",
    "InvalidParameterValue: Tag specification must have at least one",
    api("TagSpecification"),
    ({ aws }) => aws.refused("CreateVpc", { CidrBlock: "10.0.0.0/16", TagSpecifications: [{ ResourceType: "vpc" }] }),
  ],
  [
    "a key of AWS's own",
    "InvalidParameterValue: key is invalid. Tag keys starting with",
    "EC2 user guide: tag restrictions",
    ({ aws, vpc }) => aws.refused("CreateTags", { Resources: [vpc], Tags: [{ Key: "aws:x", Value: "y" }] }),
  ],
  [
    "a key of 129",
    "InvalidParameterValue: Tag key exceeds the maximum length of 128",
    "EC2 user guide: tag restrictions",
    ({ aws, vpc }) => aws.refused("CreateTags", { Resources: [vpc], Tags: [{ Key: "k".repeat(129), Value: "y" }] }),
  ],
  [
    "a value of 257",
    "InvalidParameterValue: Tag value exceeds the maximum length of 256",
    "EC2 user guide: tag restrictions",
    ({ aws, vpc }) => aws.refused("CreateTags", { Resources: [vpc], Tags: [{ Key: "k", Value: "v".repeat(257) }] }),
  ],
  [
    "an empty key",
    "InvalidParameterValue: Tag key cannot be null or empty.",
    "EC2 user guide: tag restrictions",
    ({ aws, vpc }) => aws.refused("CreateTags", { Resources: [vpc], Tags: [{ Value: "v" }] }),
  ],
  [
    "the 51st tag",
    "TagLimitExceeded",
    errors,
    ({ aws, vpc }) =>
      aws.refused("CreateTags", {
        Resources: [vpc],
        Tags: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: "" })),
      }),
  ],
  [
    "one key twice at birth",
    "InvalidParameterValue: Duplicate tag keys found. Please note that",
    api("TagSpecification"),
    ({ aws }) =>
      aws.refused("CreateVpc", {
        CidrBlock: "10.0.0.0/16",
        TagSpecifications: [...tagged("vpc", "a"), ...tagged("vpc", "a", "y")],
      }),
  ],
  [
    "an id of no kind",
    "InvalidID",
    errors,
    ({ aws }) => aws.refused("CreateTags", { Resources: ["thing-1"], Tags: [{ Key: "a", Value: "b" }] }),
  ],
  [
    "tags on what isn't there",
    "InvalidSubnetID.NotFound",
    errors,
    ({ aws }) => aws.refused("CreateTags", { Resources: [gone("subnet")], Tags: [{ Key: "a", Value: "b" }] }),
  ],
  [
    "no tags",
    "MissingParameter: TagSet",
    api("CreateTags"),
    ({ aws, vpc }) => aws.refused("CreateTags", { Resources: [vpc], Tags: [] }),
  ],
  [
    "no resources",
    "MissingParameter: resourceIdSet",
    api("CreateTags"),
    ({ aws }) => aws.refused("CreateTags", { Resources: [], Tags: [{ Key: "a", Value: "b" }] }),
  ],
]
