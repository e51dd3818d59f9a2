import { provesRefusals, type Row } from "../refusal-table.ts"
import { type Ground, ground, group, groupArn, start, stream } from "./ground.ts"

const api = (operation: string) => `CloudWatch Logs API reference: ${operation}`
const ours = "the sandbox's own: not served"
const none = { logGroupName: "/none" }

const write = (aws: Ground, ...logEvents: readonly { readonly timestamp: number; readonly message: string }[]) =>
  aws.refused("PutLogEvents", { ...stream, logEvents: [...logEvents] })

const rows: readonly Row<Ground>[] = [
  [
    "a group that is there",
    "ResourceAlreadyExistsException",
    api("CreateLogGroup"),
    (aws) => aws.refused("CreateLogGroup", group),
  ],
  [
    "a group of AWS's",
    "InvalidParameterException: reserved",
    api("CreateLogGroup"),
    (aws) => aws.refused("CreateLogGroup", { logGroupName: "aws/x" }),
  ],
  ["a group under a key", "NotImplemented", ours, (aws) => aws.refused("CreateLogGroup", { ...none, kmsKeyId: "k" })],
  [
    "a group beyond the quota",
    "LimitExceededException",
    api("CreateLogGroup"),
    (aws) => {
      aws.quotas.set("LogGroups", 1)
      return aws.refused("CreateLogGroup", none)
    },
  ],
  [
    "no such group",
    "ResourceNotFoundException: log group",
    api("DeleteLogGroup"),
    (aws) => aws.refused("DeleteLogGroup", none),
  ],
  [
    "31 days",
    "InvalidParameterException: retentionInDays",
    api("PutRetentionPolicy"),
    (aws) => aws.refused("PutRetentionPolicy", { ...group, retentionInDays: 31 }),
  ],
  [
    "by a prefix and a pattern",
    "InvalidParameterException: mutually exclusive",
    api("DescribeLogGroups"),
    (aws) => aws.refused("DescribeLogGroups", { logGroupNamePrefix: "a", logGroupNamePattern: "b" }),
  ],
  [
    "a page that was never offered",
    "InvalidParameterException: nextToken",
    api("DescribeLogGroups"),
    (aws) => aws.refused("DescribeLogGroups", { nextToken: "?" }),
  ],
  [
    "a stream that is there",
    "ResourceAlreadyExistsException: stream",
    api("CreateLogStream"),
    (aws) => aws.refused("CreateLogStream", stream),
  ],
  [
    "no such stream",
    "ResourceNotFoundException: stream",
    api("GetLogEvents"),
    (aws) => aws.refused("GetLogEvents", { ...group, logStreamName: "x" }),
  ],
  [
    "a group by two names",
    "InvalidParameterException: both",
    api("GetLogEvents"),
    (aws) => aws.refused("GetLogEvents", { ...stream, logGroupIdentifier: groupArn }),
  ],
  [
    "a group by no name",
    "InvalidParameterException: Either",
    api("FilterLogEvents"),
    (aws) => aws.refused("FilterLogEvents", {}),
  ],
  [
    "an empty line",
    "InvalidParameterException: greater than or equal to 1",
    api("PutLogEvents"),
    (aws) => write(aws, { timestamp: start, message: "" }),
  ],
  [
    "lines in no order",
    "InvalidParameterException: chronological",
    api("PutLogEvents"),
    (aws) => write(aws, { timestamp: start + 1, message: "a" }, { timestamp: start, message: "b" }),
  ],
  [
    "streams by a prefix, the latest first",
    "InvalidParameterException: LastEventTime",
    api("DescribeLogStreams"),
    (aws) => aws.refused("DescribeLogStreams", { ...group, orderBy: "LastEventTime", logStreamNamePrefix: "b" }),
  ],
  [
    "a place that was never offered",
    "InvalidParameterException: nextToken",
    api("GetLogEvents"),
    (aws) => aws.refused("GetLogEvents", { ...stream, nextToken: "x" }),
  ],
  [
    "streams by names and a prefix",
    "InvalidParameterException: mutually exclusive",
    api("FilterLogEvents"),
    (aws) => aws.refused("FilterLogEvents", { ...group, logStreamNames: ["a"], logStreamNamePrefix: "b" }),
  ],
  [
    "a pattern of fields",
    "InvalidParameterException: words and phrases",
    ours,
    (aws) => aws.refused("FilterLogEvents", { ...group, filterPattern: "{ $.level = 3 }" }),
  ],
  [
    "tags of nothing",
    "ResourceNotFoundException: resource",
    api("TagResource"),
    (aws) => aws.refused("TagResource", { resourceArn: `${groupArn}-none`, tags: {} }),
  ],
  [
    "51 tags",
    "TooManyTagsException",
    api("TagResource"),
    (aws) => {
      const tags = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, "v"]))
      return aws.refused("TagResource", { resourceArn: groupArn, tags })
    },
  ],
  [
    "a tag of AWS's",
    "InvalidParameterException: aws:",
    api("TagResource"),
    (aws) => aws.refused("TagResource", { resourceArn: groupArn, tags: { "aws:a": "v" } }),
  ],
]

provesRefusals(new URL("../../../../src/sandbox/services/logs/", import.meta.url), rows, ground)
