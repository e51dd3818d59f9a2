import type * as Config from "@aws-sdk/client-config-service"
import { type Call, handlers, Refusal } from "../../service.ts"
import { roles } from "../iam/records.ts"
import { buckets } from "../s3/records.ts"
import { serviceMay } from "../service-permission.ts"
import { notServed, refuseUnserved } from "../unserved.ts"
import { type ChannelRecord, channels, type RecorderRecord, recorders } from "./records.ts"

export const channelHandlers = handlers<typeof Config>()({
  PutDeliveryChannel: (input, call) => {
    const asked = input.DeliveryChannel ?? {}
    refuseUnserved(asked, ["s3KmsKeyArn", "snsTopicARN", "configSnapshotDeliveryProperties"])
    const { name = "default", s3BucketName: bucket = "", s3KeyPrefix: prefix } = asked
    const [recorder] = recorders(call).all()
    if (!recorder) {
      const message = "Configuration recorder is not available to put delivery channel."
      throw new Refusal("NoAvailableConfigurationRecorderException", message)
    }
    if (!channels(call).has(name) && channels(call).all().length > 0) {
      const message = `Failed to put delivery channel '${name}' because the maximum number of delivery channels: 1 is reached.`
      throw new Refusal("MaxNumberOfDeliveryChannelsExceededException", message)
    }
    checkBucket(call, { name, bucket, prefix }, recorder)
    channels(call).put(name, { name, bucket, prefix })
    return {}
  },

  DescribeDeliveryChannels: (input, call) => {
    const names = input.DeliveryChannelNames ?? []
    const shown = names.length === 0 ? channels(call).all() : names.map((name) => channelOf(call, name))
    return {
      DeliveryChannels: shown.map(({ name, bucket, prefix }) => ({ name, s3BucketName: bucket, s3KeyPrefix: prefix })),
    }
  },

  DeleteDeliveryChannel: (input, call) => {
    const { name } = channelOf(call, input.DeliveryChannelName)
    if (
      recorders(call)
        .all()
        .some(({ recording }) => recording)
    ) {
      const message = `Failed to delete last specified delivery channel with name '${name}', because there is a running configuration recorder.`
      throw new Refusal("LastDeliveryChannelDeleteFailedException", message)
    }
    channels(call).delete(name)
    return {}
  },
})

/** In the role that is linked to the service, it writes as the service itself: the bucket's policy must let it. */
const checkBucket = (call: Call, { bucket: name, prefix }: ChannelRecord, { role }: RecorderRecord): void => {
  const bucket = buckets(call).get(name)
  if (!bucket) throw new Refusal("NoSuchBucketException", `Cannot find a S3 bucket with name '${name}'.`)
  const linked = `arn:${call.partition}:iam::${call.account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`
  if (role !== linked) throw notServed("a recorder with another role than AWSServiceRoleForConfig")
  const arn = `arn:${call.partition}:s3:::${name}`
  const path = [
    arn,
    ...(prefix === undefined ? [] : [prefix]),
    "AWSLogs",
    call.account,
    "Config/ConfigWritabilityCheckFile",
  ]
  const source = `arn:${call.partition}:config:${call.region}:${call.account}:*`
  const may = (action: string, resource: string, context = {}) =>
    serviceMay(call, bucket.Policy, { service: "config.amazonaws.com", action, resource, source, context })
  const acl = { "s3:x-amz-acl": "bucket-owner-full-control" }
  const allowed = may("s3:GetBucketAcl", arn) && may("s3:ListBucket", arn) && may("s3:PutObject", path.join("/"), acl)
  if (allowed && roles(call).has("AWSServiceRoleForConfig")) return
  const message = `Insufficient delivery policy to s3 bucket: ${name}, unable to write to bucket, provided s3 key prefix is '${prefix ?? "null"}', provided kms key is 'null'.`
  throw new Refusal("InsufficientDeliveryPolicyException", message)
}

const channelOf = (call: Call, name = ""): ChannelRecord => {
  const found = channels(call).get(name)
  if (found) return found
  const message = `Cannot find delivery channel with specified name '${name}'.`
  throw new Refusal("NoSuchDeliveryChannelException", message)
}
