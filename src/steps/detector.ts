import {
  CreateDetectorCommand,
  DeleteDetectorCommand,
  GetDetectorCommand,
  paginateListDetectors,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateDetectorCommand,
} from "@aws-sdk/client-guardduty"
import { arn as arnOf, onAnything, serviceLinked } from "../aws/allow.ts"
import type { Cloud } from "../aws/cloud.ts"
import { listed } from "../aws/listed.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { adoptionTags, birthTags, tagKeys, tagMap, tagsOfMap } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"

/** What looks for signs of a break-in in what is logged anyway. */
export interface Detector {
  readonly detectorId: string
  readonly enabled: boolean
}

export interface DetectorWish {
  readonly scope: Scope
  readonly name: string
}

export const detector = ({ scope, name }: DetectorWish) =>
  step({
    kind: detectorKind,
    name,
    scope,
    needs: {},
    spec: { enabled: true },
    /** AWS lets a region have one only. */
    async occupant(ctx) {
      const [other] = await detectorsHere(ctx)
      return other?.live
    },
    async create(ctx, _, birth) {
      const Tags = tagMap(birthTags(birth))
      // Left out, AWS switches on what is paid for by the thing that it looks at.
      const Features = paidApart.map((Name) => ({ Name, Status: "DISABLED" as const }))
      await ctx.guardduty.send(new CreateDetectorCommand({ Enable: true, ClientToken: birth.token, Tags, Features }))
    },
    async update(ctx, { detectorId: DetectorId }) {
      await ctx.guardduty.send(new UpdateDetectorCommand({ DetectorId, Enable: true }))
    },
    async adopt(ctx, { detectorId }, birth) {
      const Tags = tagMap(adoptionTags(birth))
      await ctx.guardduty.send(new TagResourceCommand({ ResourceArn: arnIn(ctx, detectorId), Tags }))
    },
    async restore(ctx, { detectorId: DetectorId }, former) {
      await ctx.guardduty.send(new UpdateDetectorCommand({ DetectorId, Enable: former.enabled }))
    },
  })

const paidApart = [
  "S3_DATA_EVENTS",
  "EKS_AUDIT_LOGS",
  "EBS_MALWARE_PROTECTION",
  "RDS_LOGIN_EVENTS",
  "LAMBDA_NETWORK_LOGS",
] as const

export const detectorKind: CloudKind<Detector> = {
  name: "detector",
  unique: "name",
  async list(ctx) {
    return listed("detector", await detectorsHere(ctx), ({ live }) => ({ live, phase: "ready" }))
  },
  async destroy(ctx, { detectorId: DetectorId }) {
    await ctx.guardduty.send(new DeleteDetectorCommand({ DetectorId }))
    return undefined
  },
  async release(ctx, { detectorId }) {
    const TagKeys = Object.values(tagKeys)
    await ctx.guardduty.send(new UntagResourceCommand({ ResourceArn: arnIn(ctx, detectorId), TagKeys }))
  },
  fixed: [],
  blank: { detectorId: "", enabled: false },
  allow: [
    onAnything("guardduty:ListDetectors", "guardduty:CreateDetector"),
    {
      action: [
        "guardduty:GetDetector",
        "guardduty:UpdateDetector",
        "guardduty:DeleteDetector",
        "guardduty:TagResource",
        "guardduty:UntagResource",
      ],
      resource: arnOf("guardduty", "detector/*"),
    },
    serviceLinked("guardduty.amazonaws.com"),
  ],
  price: () => [{ sku: "guardduty/events", units: 1 }],
  usually: { create: 3, update: 2, destroy: 2 },
}

async function detectorsHere(ctx: Cloud) {
  const ids = await everyItem(paginateListDetectors({ client: ctx.guardduty }, {}), (page) => page.DetectorIds)
  return Promise.all(
    ids.map(async (detectorId) => {
      const { Status, Tags } = await ctx.guardduty.send(new GetDetectorCommand({ DetectorId: detectorId }))
      return { live: { detectorId, enabled: Status === "ENABLED" }, Tags: tagsOfMap(Tags) }
    }),
  )
}

const arnIn = ({ partition, region, account }: Cloud, detectorId: string) =>
  `arn:${partition}:guardduty:${region}:${account}:detector/${detectorId}`
