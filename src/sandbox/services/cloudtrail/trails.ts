import type * as CloudTrail from "@aws-sdk/client-cloudtrail"
import { type Call, handlers, Refusal } from "../../service.ts"
import { refuseUnserved } from "../unserved.ts"
import { checkBucket, keyFor, logsFor } from "./delivery.ts"
import { checkName, isSeen, ownTrail, type TrailRecord, trailArn, trails } from "./records.ts"
import { withTags } from "./tags.ts"

export const trailHandlers = handlers<typeof CloudTrail>()({
  CreateTrail: (input, call) => {
    refuseUnserved(input, ["SnsTopicName", "IsOrganizationTrail", "RecursiveLogging"])
    const name = input.Name ?? ""
    checkName(name)
    const arn = trailArn(call, name)
    if (trails(call).has(arn)) {
      const message = `Trail ${name} already exists for customer: ${call.account}`
      throw new Refusal("TrailAlreadyExistsException", message)
    }
    const here = trails(call)
      .all()
      .filter((one) => isSeen(call, one)).length
    if (here >= call.quota("Trails", MOST)) {
      const message = `User: ${call.account} already has ${here} trails in ${call.region}.`
      throw new Refusal("MaximumNumberOfTrailsExceededException", message)
    }
    const trail: TrailRecord = {
      arn,
      name,
      home: call.region,
      bucket: input.S3BucketName ?? "",
      prefix: input.S3KeyPrefix,
      global: input.IncludeGlobalServiceEvents ?? true,
      everywhere: input.IsMultiRegionTrail ?? false,
      validation: input.EnableLogFileValidation ?? false,
      key: keyFor(call, input.KmsKeyId, arn),
      ...logsFor(call, input, {}),
      // Nothing is written before somebody says so.
      logging: false,
      selectors: [{ ReadWriteType: "All", IncludeManagementEvents: true, DataResources: [] }],
      Tags: withTags([], input.TagsList),
    }
    return kept(call, trail)
  },

  UpdateTrail: (input, call) => {
    refuseUnserved(input, ["SnsTopicName", "IsOrganizationTrail", "RecursiveLogging"])
    const was = ownTrail(call, input.Name)
    return kept(call, {
      ...was,
      bucket: input.S3BucketName ?? was.bucket,
      prefix: input.S3KeyPrefix ?? was.prefix,
      global: input.IncludeGlobalServiceEvents ?? was.global,
      everywhere: input.IsMultiRegionTrail ?? was.everywhere,
      validation: input.EnableLogFileValidation ?? was.validation,
      key: input.KmsKeyId === undefined ? was.key : keyFor(call, input.KmsKeyId, was.arn),
      ...logsFor(call, input, was),
    })
  },

  DescribeTrails: (input, call) => {
    const { trailNameList: meant = [], includeShadowTrails: shadows = true } = input
    const shown = trails(call)
      .all()
      .filter((one) => isSeen(call, one) && (one.home === call.region || shadows))
      // What is not there is left out, and no error.
      .filter(({ arn, name }) => meant.length === 0 || meant.includes(arn) || meant.includes(name))
    return { trailList: shown.map(view) }
  },

  DeleteTrail: (input, call) => {
    trails(call).delete(ownTrail(call, input.Name).arn)
    return {}
  },
})

/** In each region, those of other regions included. */
const MOST = 5

const kept = (call: Call, trail: TrailRecord) => {
  if (trail.everywhere && !trail.global) {
    const message = "Multi-Region trail must include global service events."
    throw new Refusal("InvalidParameterCombinationException", message)
  }
  checkBucket(call, trail.bucket, trail.prefix, trail.arn)
  trails(call).put(trail.arn, trail)
  const { HomeRegion, HasCustomEventSelectors, HasInsightSelectors, ...shown } = view(trail)
  return shown
}

const view = (trail: TrailRecord): CloudTrail.Trail => ({
  Name: trail.name,
  S3BucketName: trail.bucket,
  S3KeyPrefix: trail.prefix,
  IncludeGlobalServiceEvents: trail.global,
  IsMultiRegionTrail: trail.everywhere,
  HomeRegion: trail.home,
  TrailARN: trail.arn,
  LogFileValidationEnabled: trail.validation,
  CloudWatchLogsLogGroupArn: trail.logGroup,
  CloudWatchLogsRoleArn: trail.role,
  KmsKeyId: trail.key,
  HasCustomEventSelectors: trail.advanced !== undefined || trail.selectors.length !== 1,
  HasInsightSelectors: false,
  IsOrganizationTrail: trail.organization !== undefined,
})
