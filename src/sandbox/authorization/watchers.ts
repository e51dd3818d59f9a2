import { aliases } from "../services/kms/records.ts"
import {
  type Ask,
  anything,
  both,
  each,
  linked,
  on,
  passed,
  type Row,
  type Rows,
  requestTags,
  taggedAt,
  want,
} from "./needs.ts"

/** A trail is named by its name or its ARN, in whichever member. */
const trail: Row = (ask) => {
  const { Name, ResourceId, ResourceIdList, TrailName, TrailNameList } = ask.input
  const named = Name ?? ResourceId ?? ResourceIdList ?? TrailName ?? TrailNameList
  return on("trail/{Name}")({ ...ask, input: { Name: named } })
}

const trailTags: Row = (ask) => {
  const tags = [ask.input.TagsList ?? []].flat()
  const context = requestTags(tags)
  return tags.length === 0 ? [] : trail(ask).map((one) => ({ ...one, action: "cloudtrail:AddTags", context }))
}

/** In which it writes to a log group; an empty one ends that. */
const trailRole: Row = (ask) => {
  const { CloudWatchLogsRoleArn: role } = ask.input
  return passed(ask, typeof role === "string" && role !== "" ? role : undefined, "cloudtrail.amazonaws.com")
}

export const trailRows: Rows = {
  ...each(
    trail,
    ...["AddTags", "DeleteTrail", "GetEventSelectors", "GetTrail", "GetTrailStatus", "ListTags", "PutEventSelectors"],
    ...["RemoveTags", "StartLogging", "StopLogging"],
  ),
  CreateTrail: both(trail, trailTags, trailRole),
  DescribeTrails: anything(),
  LookupEvents: anything(),
  UpdateTrail: both(trail, trailRole),
}

const analyzer: Row = (ask) => on("analyzer/{name}")({ ...ask, input: { name: ask.input.analyzerName } })

export const analyzerRows: Rows = {
  CreateAnalyzer: both(
    analyzer,
    taggedAt("analyzer/{analyzerName}", "access-analyzer:TagResource"),
    linked("access-analyzer.amazonaws.com", "AWSServiceRoleForAccessAnalyzer"),
  ),
  DeleteAnalyzer: analyzer,
  GetAnalyzer: analyzer,
  ListAnalyzers: anything(),
  TagResource: on("{resourceArn}"),
  UntagResource: on("{resourceArn}"),
}

/** A recorder writes in a role that it is given. */
const recorderRole: Row = (ask) => {
  const { roleARN } = Object(ask.input.ConfigurationRecorder)
  return passed(ask, typeof roleARN === "string" ? roleARN : undefined, "config.amazonaws.com")
}

export const configRows: Rows = {
  ...each(
    anything(),
    ...["DeleteConfigurationRecorder", "DeleteDeliveryChannel", "DescribeConfigurationRecorderStatus"],
    ...["DescribeConfigurationRecorders", "DescribeDeliveryChannels", "PutDeliveryChannel"],
    ...["StartConfigurationRecorder", "StopConfigurationRecorder"],
  ),
  ...each(on("{ResourceArn}"), "ListTagsForResource", "TagResource", "UntagResource"),
  PutConfigurationRecorder: both(anything(), recorderRole),
}

const detector = on("detector/{DetectorId}")

export const guarddutyRows: Rows = {
  CreateDetector: both(anything(), linked("guardduty.amazonaws.com", "AWSServiceRoleForAmazonGuardDuty")),
  DeleteDetector: detector,
  GetDetector: detector,
  ListDetectors: anything(),
  TagResource: on("{ResourceArn}"),
  UntagResource: on("{ResourceArn}"),
  UpdateDetector: detector,
}

export const securityHubRows: Rows = {
  ...each(
    on("hub/default"),
    ...["DescribeHub", "DisableSecurityHub", "UpdateSecurityHubConfiguration"],
    ...["BatchDisableStandards", "BatchEnableStandards", "GetEnabledStandards"],
  ),
  ...each(on("{ResourceArn}"), "ListTagsForResource", "TagResource", "UntagResource"),
  EnableSecurityHub: both(on("hub/default"), linked("securityhub.amazonaws.com", "AWSServiceRoleForSecurityHub")),
}

const key: Row = (ask) => {
  const id = String(ask.input.KeyId ?? ask.input.TargetKeyId)
  const tags = tagsOfKey(ask, id)
  return on("key/{KeyId}")({ ...ask, input: { KeyId: id } }).map(({ resource }) => want(ask, resource, { tags }))
}

const tagsOfKey = ({ call }: Ask, id: string) => {
  const record = call.store
    .table<{ readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] }>(`kms/key@${call.region}`)
    .get(id.slice(id.lastIndexOf("/") + 1))
  return record?.Tags ?? []
}

/** An alias is taken from its key. */
const aliasedKey: Row = (ask) => {
  const KeyId = aliases(ask.call).get(String(ask.input.AliasName))?.keyId
  return KeyId === undefined ? [] : key({ ...ask, input: { KeyId } })
}

/** KMS spells its tags in its own way. */
const keyTags = (ask: Ask) =>
  requestTags([ask.input.Tags ?? []].flat().map((tag) => ({ Key: Object(tag).TagKey, Value: Object(tag).TagValue })))

export const kmsRows: Rows = {
  ...each(
    key,
    ...["CancelKeyDeletion", "DescribeKey", "DisableKey", "DisableKeyRotation", "EnableKey", "EnableKeyRotation"],
    ...["GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags", "PutKeyPolicy", "ScheduleKeyDeletion"],
    ...["TagResource", "UntagResource"],
  ),
  CreateAlias: both(key, on("{AliasName}")),
  CreateKey: (ask) => {
    const context = keyTags(ask)
    const tagging = want(ask, "*", { action: "kms:TagResource", context })
    return [want(ask, "*", { context }), ...("aws:TagKeys" in context ? [tagging] : [])]
  },
  DeleteAlias: both(on("{AliasName}"), aliasedKey),
  ListAliases: anything(),
  ListKeys: anything(),
}
