import type * as Config from "@aws-sdk/client-config-service"
import { type Call, handlers, Refusal } from "../../service.ts"
import { notServed, refuseUnserved } from "../unserved.ts"
import { channels, type RecorderRecord, recorderOf, recorders } from "./records.ts"
import { withTags } from "./tags.ts"

export const recorderHandlers = handlers<typeof Config>()({
  /** Makes one, or puts another in its place: tags count at its birth only. */
  PutConfigurationRecorder: (input, call) => {
    const asked = input.ConfigurationRecorder ?? {}
    refuseUnserved(asked, ["arn", "recordingScope", "servicePrincipal", "connectorArn"])
    refuseUnserved(asked, ["scopeConfiguration"])
    const { name = "default", roleARN: role = "" } = asked
    if (!/^arn:[\w-]+:iam::\d{12}:role\/.+/.test(role)) {
      const message = "You have provided a null or empty Amazon Resource Name (ARN) for the IAM role assumed by Config."
      throw new Refusal("InvalidRoleException", message)
    }
    const was = recorders(call).get(name)
    if (!was && recorders(call).all().length >= call.quota("ConfigurationRecorders", 1)) {
      const message = `Failed to put configuration recorder '${name}' because the maximum number of configuration recorders: 1 is reached.`
      throw new Refusal("MaxNumberOfConfigurationRecordersExceededException", message)
    }
    const group = groupOf(asked.recordingGroup)
    const fresh = { name, arn: arnOf(call, name), recording: false, Tags: withTags([], input.Tags) }
    // AWS does not say that it remembers what is left out: here it does not.
    recorders(call).put(name, { ...(was ?? fresh), role, group, mode: asked.recordingMode })
    return {}
  },

  DescribeConfigurationRecorders: (input, call) => {
    refuseUnserved(input, ["ServicePrincipal", "Arn"])
    return { ConfigurationRecorders: meant(call, input.ConfigurationRecorderNames).map(view) }
  },

  DescribeConfigurationRecorderStatus: (input, call) => {
    refuseUnserved(input, ["ServicePrincipal", "Arn"])
    return {
      ConfigurationRecordersStatus: meant(call, input.ConfigurationRecorderNames).map((one) => ({
        name: one.name,
        arn: one.arn,
        recording: one.recording,
        ...(one.started !== undefined && { lastStartTime: new Date(one.started) }),
        ...(one.stopped !== undefined && { lastStopTime: new Date(one.stopped) }),
        ...(one.recording && { lastStatus: call.now - (one.started ?? 0) < settling ? "Pending" : "Success" }),
      })),
    }
  },

  StartConfigurationRecorder: (input, call) => {
    const one = recorderOf(call, input.ConfigurationRecorderName)
    if (channels(call).all().length === 0) {
      const message = "Delivery channel is not available to start configuration recorder."
      throw new Refusal("NoAvailableDeliveryChannelException", message)
    }
    if (!one.recording) recorders(call).put(one.name, { ...one, recording: true, started: call.now })
    return {}
  },

  StopConfigurationRecorder: (input, call) => {
    const one = recorderOf(call, input.ConfigurationRecorderName)
    if (one.recording) recorders(call).put(one.name, { ...one, recording: false, stopped: call.now })
    return {}
  },

  DeleteConfigurationRecorder: (input, call) => {
    recorders(call).delete(recorderOf(call, input.ConfigurationRecorderName).name)
    return {}
  },
})

const settling = 30_000

const meant = (call: Call, names: readonly string[] = []): readonly RecorderRecord[] =>
  names.length === 0 ? recorders(call).all() : names.map((name) => recorderOf(call, name))

const arnOf = (call: Call, name: string): string =>
  `arn:${call.partition}:config:${call.region}:${call.account}:configuration-recorder/${name}/${call.id("recorder").slice(-16)}`

/** Without a word of what is recorded, it is all but what belongs to no region. */
const groupOf = (asked: Config.RecordingGroup = { allSupported: true }): Config.RecordingGroup => {
  if (asked.exclusionByResourceTypes !== undefined) throw notServed("exclusionByResourceTypes of a recorder")
  const { allSupported = false, includeGlobalResourceTypes = false, resourceTypes = [], recordingStrategy } = asked
  const useOnly = allSupported ? "ALL_SUPPORTED_RESOURCE_TYPES" : "INCLUSION_BY_RESOURCE_TYPES"
  const bad =
    allSupported === resourceTypes.length > 0 ||
    (includeGlobalResourceTypes && !allSupported) ||
    (recordingStrategy !== undefined && recordingStrategy.useOnly !== useOnly)
  if (bad) {
    const message = "The recording group provided is not valid: either all supported resource types, or a list of some."
    throw new Refusal("InvalidRecordingGroupException", message)
  }
  return { allSupported, includeGlobalResourceTypes, resourceTypes, recordingStrategy: { useOnly } }
}

const view = ({ name, arn, role, group, mode }: RecorderRecord): Config.ConfigurationRecorder => ({
  arn,
  name,
  roleARN: role,
  recordingGroup: group,
  recordingMode: {
    recordingFrequency: mode?.recordingFrequency ?? "CONTINUOUS",
    recordingModeOverrides: mode?.recordingModeOverrides ?? [],
  },
  recordingScope: "PAID",
})
