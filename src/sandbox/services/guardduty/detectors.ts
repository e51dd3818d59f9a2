import type * as GuardDuty from "@aws-sdk/client-guardduty"
import { type Call, handlers } from "../../service.ts"
import { pageByName } from "../pages.ts"
import { refuseUnserved } from "../unserved.ts"
import { bad, type DetectorRecord, detectorOf, detectors } from "./records.ts"
import { tagsFrom } from "./tags.ts"

export const detectorHandlers = handlers<typeof GuardDuty>()({
  CreateDetector: (input, call) => {
    refuseUnserved(input, ["DataSources"])
    const [there] = detectors(call).all()
    if (there && input.ClientToken !== undefined && there.token === input.ClientToken) return { DetectorId: there.id }
    if (there) throw bad("The request is rejected because a detector already exists for the current account.")
    const id = `${call.id("detector").slice(-16)}${call.id("detector").slice(-16)}`
    detectors(call).put(id, {
      id,
      enabled: input.Enable ?? false,
      frequency: input.FindingPublishingFrequency ?? "SIX_HOURS",
      features: featuresOver(usual, input.Features),
      created: call.now,
      updated: call.now,
      token: input.ClientToken,
      Tags: tagsFrom([], input.Tags),
    })
    return { DetectorId: id }
  },

  ListDetectors: (input, call) => {
    const wish = { size: input.MaxResults ?? 50, token: input.NextToken, refuse: () => bad("Invalid NextToken") }
    const { items, next } = pageByName(detectors(call).all(), ({ id }) => id, wish)
    return { DetectorIds: items.map(({ id }) => id), NextToken: next }
  },

  GetDetector: (input, call) => view(call, detectorOf(call, input.DetectorId)),

  UpdateDetector: (input, call) => {
    refuseUnserved(input, ["DataSources"])
    const was = detectorOf(call, input.DetectorId)
    detectors(call).put(was.id, {
      ...was,
      enabled: input.Enable ?? was.enabled,
      frequency: input.FindingPublishingFrequency ?? was.frequency,
      features: featuresOver(was.features, input.Features),
      updated: call.now,
    })
    return {}
  },

  DeleteDetector: (input, call) => {
    detectors(call).delete(detectorOf(call, input.DetectorId).id)
    return {}
  },
})

type Features = readonly GuardDuty.DetectorFeatureConfiguration[]

/** What a detector has beyond the three sources that are always on, where nobody says otherwise. */
const usual: Features = (
  ["S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS"] as const
).map((Name) => ({ Name, Status: "ENABLED" }))

const featuresOver = (present: Features, asked: Features = []): Features => {
  for (const one of asked) refuseUnserved(one, ["AdditionalConfiguration"])
  const fresh = new Map(asked.map(({ Name, Status }) => [Name, Status]))
  const known = new Set(present.map(({ Name }) => Name))
  return [
    ...present.map(({ Name, Status }) => ({ Name, Status: fresh.get(Name) ?? Status })),
    ...asked.filter(({ Name }) => !known.has(Name)).map(({ Name, Status }) => ({ Name, Status })),
  ]
}

const view = (call: Call, one: DetectorRecord) => ({
  CreatedAt: new Date(one.created).toISOString(),
  UpdatedAt: new Date(one.updated).toISOString(),
  FindingPublishingFrequency: one.frequency,
  ServiceRole: `arn:${call.partition}:iam::${call.account}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty`,
  Status: one.enabled ? ("ENABLED" as const) : ("DISABLED" as const),
  Tags: Object.fromEntries(one.Tags.map(({ Key, Value }) => [Key, Value])),
  Features: [
    ...always.map((Name) => ({ Name, Status: one.enabled ? ("ENABLED" as const) : ("DISABLED" as const) })),
    ...one.features.map(({ Name, Status }) => ({ Name, Status })),
  ],
})

const always = ["CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS"] as const
