import type * as client from "@aws-sdk/client-config-service"
import { describe, expect, test } from "vitest"
import { configservice } from "../../../../src/sandbox/services/configservice/index.ts"
import configPolicy from "../../../../src/templates/config-bucket.json" with { type: "json" }
import { render } from "../../../../src/templates/render.ts"
import { unheeded } from "../heeding.ts"
import { provesRefusals, type Row } from "../refusal-table.ts"
import { type Rig, rigOf } from "../rig.ts"

type Ground = Rig<typeof client>

const api = (operation: string) => `AWS Config API reference: ${operation}`
const ours = "the sandbox's own: not served"
const roleARN = "arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
const place = { partition: "aws", region: "us-east-1", account: "111122223333" }
const named = { ConfigurationRecorderName: "main" }
const channel = { name: "main", s3BucketName: "bucket" }

/** A recorder `main` that records nothing yet, with where it is to write. */
const ground = (): Ground => {
  const aws = rigOf<typeof client>(configservice)
  const Policy = JSON.stringify(render(configPolicy, { ...place, bucket: "bucket" }))
  aws.put("s3/bucket", "bucket", { Name: "bucket", Policy })
  aws.put("s3/bucket", "closed", { Name: "closed" })
  aws.put("iam/role", "AWSServiceRoleForConfig", { Arn: roleARN })
  aws.run("PutConfigurationRecorder", {
    ConfigurationRecorder: { name: "main", roleARN },
    Tags: [{ Key: "a", Value: "b" }],
  })
  aws.run("PutDeliveryChannel", { DeliveryChannel: channel })
  return aws
}

const arnOn = (aws: Ground) => aws.run("DescribeConfigurationRecorders", {}).ConfigurationRecorders?.[0]?.arn ?? ""

const put = (aws: Ground, more: object) =>
  aws.refused("PutConfigurationRecorder", { ConfigurationRecorder: { name: "main", roleARN, ...more } })

const deliver = (aws: Ground, more: object) =>
  aws.refused("PutDeliveryChannel", { DeliveryChannel: { ...channel, ...more } })

const rows: readonly Row<Ground>[] = [
  ["no role", "InvalidRoleException", api("PutConfigurationRecorder"), (aws) => put(aws, { roleARN: "" })],
  [
    "a second recorder",
    "MaxNumberOfConfigurationRecordersExceededException",
    api("PutConfigurationRecorder"),
    (aws) => put(aws, { name: "more" }),
  ],
  [
    "all types, and a list of some",
    "InvalidRecordingGroupException",
    api("PutConfigurationRecorder"),
    (aws) => put(aws, { recordingGroup: { allSupported: true, resourceTypes: ["AWS::EC2::Instance"] } }),
  ],
  ["another scope", "NotImplemented", ours, (aws) => put(aws, { recordingScope: "INTERNAL" })],
  [
    "none of the name",
    "NoSuchConfigurationRecorderException",
    api("StartConfigurationRecorder"),
    (aws) => aws.refused("StartConfigurationRecorder", { ConfigurationRecorderName: "none" }),
  ],
  [
    "recording to nowhere",
    "NoAvailableDeliveryChannelException",
    api("StartConfigurationRecorder"),
    (aws) => {
      aws.run("DeleteDeliveryChannel", { DeliveryChannelName: "main" })
      return aws.refused("StartConfigurationRecorder", named)
    },
  ],
  [
    "a channel for nothing",
    "NoAvailableConfigurationRecorderException",
    api("PutDeliveryChannel"),
    (aws) => {
      aws.run("DeleteConfigurationRecorder", named)
      return deliver(aws, {})
    },
  ],
  [
    "a second channel",
    "MaxNumberOfDeliveryChannelsExceededException",
    api("PutDeliveryChannel"),
    (aws) => deliver(aws, { name: "more" }),
  ],
  ["no bucket", "NoSuchBucketException", api("PutDeliveryChannel"), (aws) => deliver(aws, { s3BucketName: "none" })],
  [
    "a bucket that lets nobody write",
    "InsufficientDeliveryPolicyException",
    api("PutDeliveryChannel"),
    (aws) => deliver(aws, { s3BucketName: "closed" }),
  ],
  [
    "no such channel",
    "NoSuchDeliveryChannelException",
    api("DeleteDeliveryChannel"),
    (aws) => aws.refused("DeleteDeliveryChannel", { DeliveryChannelName: "none" }),
  ],
  [
    "the channel of what records",
    "LastDeliveryChannelDeleteFailedException",
    api("DeleteDeliveryChannel"),
    (aws) => {
      aws.run("StartConfigurationRecorder", named)
      return aws.refused("DeleteDeliveryChannel", { DeliveryChannelName: "main" })
    },
  ],
  [
    "tags of nothing",
    "ResourceNotFoundException",
    api("TagResource"),
    (aws) => aws.refused("TagResource", { ResourceArn: "none", Tags: [] }),
  ],
  [
    "a tag of AWS's",
    "ValidationException: aws:",
    api("TagResource"),
    (aws) => aws.refused("TagResource", { ResourceArn: arnOn(aws), Tags: [{ Key: "aws:a" }] }),
  ],
  [
    "51 tags",
    "TooManyTagsException",
    api("TagResource"),
    (aws) => {
      const Tags = Array.from({ length: 50 }, (_, n) => ({ Key: `k${n}` }))
      return aws.refused("TagResource", { ResourceArn: arnOn(aws), Tags })
    },
  ],
]

provesRefusals(new URL("../../../../src/sandbox/services/configservice/", import.meta.url), rows, ground)

describe("a recorder", () => {
  const goesThrough: readonly (readonly [Parameters<Ground["run"]>[0], object])[] = [
    ["DeleteConfigurationRecorder", named],
    ["DeleteDeliveryChannel", { DeliveryChannelName: "main" }],
    ["DescribeConfigurationRecorders", {}],
    ["DescribeConfigurationRecorderStatus", {}],
    ["DescribeDeliveryChannels", {}],
    ["ListTagsForResource", {}],
    ["PutConfigurationRecorder", { ConfigurationRecorder: { name: "main", roleARN } }],
    ["PutDeliveryChannel", { DeliveryChannel: channel }],
    ["StartConfigurationRecorder", named],
    ["StopConfigurationRecorder", named],
    ["TagResource", { Tags: [{ Key: "c", Value: "d" }] }],
    ["UntagResource", { TagKeys: ["a"] }],
  ]

  // Tags count only where the recorder is made.
  test.each(goesThrough)("%s heeds all that a caller can say", (name, input) => {
    const aws = ground()
    const whole = { ...input, ResourceArn: arnOn(aws) }
    if (name === "PutConfigurationRecorder") aws.run("DeleteConfigurationRecorder", named)
    // One operation's input after another: their types have nothing in common.
    expect(unheeded(configservice, name, whole, (watched) => aws.run(name, watched as never))).toEqual([])
  })

  test("has every operation that is served among them", () => {
    expect(goesThrough.map(([name]) => name).sort()).toEqual(Object.keys(configservice.handlers).sort())
  })
})
