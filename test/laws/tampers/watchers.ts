import { PutEventSelectorsCommand, StopLoggingCommand, UpdateTrailCommand } from "@aws-sdk/client-cloudtrail"
import { CreateLogGroupCommand, PutMetricFilterCommand } from "@aws-sdk/client-cloudwatch-logs"
import {
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StopConfigurationRecorderCommand,
} from "@aws-sdk/client-config-service"
import { UpdateDetectorCommand } from "@aws-sdk/client-guardduty"
import {
  CreateKeyCommand,
  DeleteAliasCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  PutKeyPolicyCommand,
} from "@aws-sdk/client-kms"
import { CreateBucketCommand, GetBucketPolicyCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3"
import {
  BatchDisableStandardsCommand,
  GetEnabledStandardsCommand,
  UpdateSecurityHubConfigurationCommand,
} from "@aws-sdk/client-securityhub"
import type { Session } from "../../../src/aws/clients.ts"
import type { Trail } from "../../../src/aws/cloudtrail/trail.ts"
import type { Recorder } from "../../../src/aws/recording/recorder.ts"
import { analyzerKind } from "../../../src/steps/analyzer.ts"
import { detectorKind } from "../../../src/steps/detector.ts"
import { kmsKeyKind } from "../../../src/steps/kms-key.ts"
import { type MetricFilter, metricFilterKind } from "../../../src/steps/metric-filter.ts"
import { recorderKind } from "../../../src/steps/recorder.ts"
import { securityHubKind } from "../../../src/steps/security-hub.ts"
import { trailKind } from "../../../src/steps/trail.ts"
import { tampersOf } from "./table.ts"

const name = "it is the name, and nothing is renamed"
const noCall = "AWS has no call that changes it"

/** A bucket that lets the same service write: whoever has it has what is written from then on. */
async function likeBucket({ s3 }: Session, Bucket: string, other: string): Promise<string> {
  const { Policy = "" } = await s3.send(new GetBucketPolicyCommand({ Bucket }))
  await s3.send(new CreateBucketCommand({ Bucket: other }))
  await s3.send(new PutBucketPolicyCommand({ Bucket: other, Policy: Policy.replaceAll(Bucket, other) }))
  return other
}

/** Of a key that everybody in the account may use, and CloudTrail for whomever. */
const anyKey = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*" },
    { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Action: "kms:*", Resource: "*" },
  ],
})

const trail =
  (fields: Omit<ConstructorParameters<typeof UpdateTrailCommand>[0], "Name">) =>
  ({ cloudtrail }: Session, { arn: Name }: Trail) =>
    cloudtrail.send(new UpdateTrailCommand({ Name, ...fields }))

/** Counts something else, or elsewhere. */
const filter =
  (other: Partial<MetricFilter>) =>
  ({ logs }: Session, live: MetricFilter) => {
    const {
      filterName,
      logGroup: logGroupName,
      pattern: filterPattern,
      namespace,
      metric,
      value,
    } = { ...live, ...other }
    const metricTransformations = [{ metricNamespace: namespace, metricName: metric, metricValue: value }]
    return logs.send(new PutMetricFilterCommand({ filterName, logGroupName, filterPattern, metricTransformations }))
  }

const record = ({ configService }: Session, { recorderName: name, role, group }: Recorder, other: object) => {
  const ConfigurationRecorder = { name, roleARN: String(role), recordingGroup: group, ...other }
  return configService.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder }))
}

export const watcherTampers = [
  tampersOf(trailKind, {
    fields: {
      async bucket(by, { arn, ...live }) {
        const S3BucketName = await likeBucket(by, String(live.bucket), "elsewhere-of-the-trail")
        return by.cloudtrail.send(new UpdateTrailCommand({ Name: arn, S3BucketName }))
      },
      multiRegion: trail({ IsMultiRegionTrail: false }),
      globalEvents: [
        {
          // A trail of all regions has them in any case.
          does: trail({ IsMultiRegionTrail: false, IncludeGlobalServiceEvents: false }),
          seen: () => ["multiRegion", "globalEvents"],
        },
      ],
      validation: trail({ EnableLogFileValidation: false }),
      management: ({ cloudtrail }, { arn: TrailName }) => {
        const EventSelectors = [{ ReadWriteType: "WriteOnly" as const, IncludeManagementEvents: true }]
        return cloudtrail.send(new PutEventSelectorsCommand({ TrailName, EventSelectors }))
      },
      logging: ({ cloudtrail }, { arn: Name }) => cloudtrail.send(new StopLoggingCommand({ Name })),
      async key({ cloudtrail, kms }, { arn: Name, key }) {
        const own = key === "" ? undefined : ""
        const { KeyMetadata } = own === undefined ? await kms.send(new CreateKeyCommand({ Policy: anyKey })) : {}
        return cloudtrail.send(new UpdateTrailCommand({ Name, KmsKeyId: own ?? KeyMetadata?.Arn }))
      },
      async logGroup({ cloudtrail, logs }, { arn: Name, logGroup, role }) {
        await logs.send(new CreateLogGroupCommand({ logGroupName: "elsewhere" }))
        const other = String(logGroup).replace(/log-group:.*/, "log-group:elsewhere:*")
        const where = { CloudWatchLogsLogGroupArn: other, CloudWatchLogsRoleArn: String(role) }
        return cloudtrail.send(new UpdateTrailCommand({ Name, ...where }))
      },
      role: [
        {
          // AWS has one only where it has the other.
          does: trail({ CloudWatchLogsLogGroupArn: "", CloudWatchLogsRoleArn: "" }),
          seen: () => ["logGroup", "role"],
        },
      ],
    },
    fixed: {},
  }),
  tampersOf(kmsKeyKind, {
    fields: {
      alias: ({ kms }, { alias: AliasName }) => kms.send(new DeleteAliasCommand({ AliasName })),
      state: ({ kms }, { keyId: KeyId }) => kms.send(new DisableKeyCommand({ KeyId })),
      rotates: ({ kms }, { keyId: KeyId }) => kms.send(new DisableKeyRotationCommand({ KeyId })),
      policy: ({ kms }, { keyId: KeyId, policy }) => {
        const anybody = { Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:Decrypt", Resource: "*" }
        const Policy = JSON.stringify({ ...policy, Statement: [...policy.Statement, anybody] })
        return kms.send(new PutKeyPolicyCommand({ KeyId, Policy }))
      },
    },
    fixed: {},
  }),
  tampersOf(metricFilterKind, {
    fields: {
      pattern: filter({ pattern: "{ ($.eventName = Nothing) }" }),
      namespace: filter({ namespace: "Other" }),
      metric: filter({ metric: "other" }),
      value: filter({ value: "0" }),
    },
    fixed: { filterName: name, logGroup: "a filter of another group is another filter" },
  }),
  tampersOf(analyzerKind, { fields: {}, fixed: { type: noCall } }),
  tampersOf(recorderKind, {
    fields: {
      role: (by, live) => record(by, live, { roleARN: "arn:aws:iam::111122223333:role/other" }),
      records: (by, live) =>
        record(by, live, { recordingGroup: { allSupported: false, resourceTypes: ["AWS::EC2::Instance"] } }),
      async bucket(by, live) {
        const s3BucketName = await likeBucket(by, String(live.bucket), "elsewhere-of-the-recorder")
        return by.configService.send(
          new PutDeliveryChannelCommand({ DeliveryChannel: { name: live.channel, s3BucketName } }),
        )
      },
      recording: ({ configService }, { recorderName: ConfigurationRecorderName }) =>
        configService.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName })),
    },
    fixed: {},
  }),
  tampersOf(detectorKind, {
    fields: {
      enabled: ({ guardduty }, { detectorId: DetectorId }) =>
        guardduty.send(new UpdateDetectorCommand({ DetectorId, Enable: false })),
    },
    fixed: {},
  }),
  tampersOf(securityHubKind, {
    fields: {
      newControls: ({ securityhub }) =>
        securityhub.send(new UpdateSecurityHubConfigurationCommand({ AutoEnableControls: false })),
      async standards({ securityhub }) {
        const { StandardsSubscriptions: [one] = [] } = await securityhub.send(new GetEnabledStandardsCommand({}))
        const StandardsSubscriptionArns = [one?.StandardsSubscriptionArn ?? ""]
        return securityhub.send(new BatchDisableStandardsCommand({ StandardsSubscriptionArns }))
      },
    },
    fixed: {},
  }),
]
