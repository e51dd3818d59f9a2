import {
  DeleteConfigurationRecorderCommand,
  ListTagsForResourceCommand,
  PutConfigurationRecorderCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-config-service"
import { onAnything } from "../aws/allow.ts"
import type { Place } from "../aws/cloud.ts"
import { isKept } from "../aws/kept.ts"
import { listed } from "../aws/listed.ts"
import { nameFor } from "../aws/names.ts"
import {
  deliveryReads,
  type Recorder,
  recorderHere,
  recorderLive,
  refuseOthersChannel,
  withDelivery,
  withItsOwn,
} from "../aws/recording/recorder.ts"
import {
  changeRecorder,
  dropChannel,
  everything,
  restoreRecorder,
  stopRecorder,
} from "../aws/recording/recorder-change.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { adoptionTags, birthTags, tagKeys } from "../aws/tags.ts"
import type { AnyStep, Scope } from "../engine/types.ts"

export interface RecorderWish {
  readonly place: Place
  readonly scope: Scope
  readonly name: string
  readonly bucket: Need<{ readonly bucket: string }>
  /** What brings about the role that is linked to AWS Config. */
  readonly roles: readonly AnyStep[]
}

export const recorder = ({ place, scope, name, bucket, roles }: RecorderWish) => {
  const role = `arn:${place.partition}:iam::${place.account}:role/aws-service-role/${service}/AWSServiceRoleForConfig`
  return step({
    kind: recorderKind,
    name,
    scope,
    needs: { bucket, roles },
    spec: { role, records: "all", recording: true },
    links: ({ bucket }) => ({ bucket: bucket.bucket }),
    /** AWS lets a region have one only, whatever its name. */
    async occupant(ctx) {
      const other = await recorderHere(ctx)
      const seen = await withDelivery(ctx, other ?? recorderLive({ name: nameFor(scope, name) }))
      if (other) return withItsOwn(ctx, seen)
      refuseOthersChannel(ctx, seen)
      return undefined
    },
    async create(ctx, _, birth) {
      const ConfigurationRecorder = { name: nameFor(scope, name), roleARN: role, recordingGroup: everything }
      await ctx.configService.send(
        new PutConfigurationRecorderCommand({ ConfigurationRecorder, Tags: birthTags(birth) }),
      )
    },
    async update(ctx, live, changes) {
      await changeRecorder(ctx, live, Object.fromEntries(changes.map(({ field, want }) => [field, want])))
    },
    async adopt(ctx, { arn: ResourceArn }, birth) {
      await ctx.configService.send(new TagResourceCommand({ ResourceArn, Tags: adoptionTags(birth) }))
    },
    restore: restoreRecorder,
  })
}

const service = "config.amazonaws.com"

export const recorderKind: CloudKind<Recorder> = {
  name: "recorder",
  // A second one, whatever its name, is refused.
  unique: "name",
  async list(ctx) {
    const one = await recorderHere(ctx)
    if (!one) return []
    const { Tags } = await ctx.configService.send(new ListTagsForResourceCommand({ ResourceArn: one.arn }))
    const tagged = { live: one, Tags: Tags?.map(({ Key = "", Value = "" }) => ({ Key, Value })) }
    return listed("recorder", [tagged], ({ live }) => ({ live, phase: "ready" }))
  },
  async complete(ctx, found) {
    const live = await withDelivery(ctx, found.live)
    return { ...found, live: found.owner === "adopted" ? withItsOwn(ctx, live) : live }
  },
  completes: deliveryReads,
  async destroy(ctx, live) {
    await stopRecorder(ctx, live)
    await dropChannel(ctx, live)
    await ctx.configService.send(
      new DeleteConfigurationRecorderCommand({ ConfigurationRecorderName: live.recorderName }),
    )
    return undefined
  },
  async release(ctx, { arn: ResourceArn }) {
    await ctx.configService.send(new UntagResourceCommand({ ResourceArn, TagKeys: Object.values(tagKeys) }))
  },
  agrees: (_, live) => isKept(live),
  fixed: [],
  blank: recorderLive({}),
  allow: [
    // Of a recorder that is adopted nobody knows the name, and a delivery channel has no ARN.
    onAnything(
      "config:DescribeConfigurationRecorders",
      "config:DescribeConfigurationRecorderStatus",
      "config:DescribeDeliveryChannels",
      "config:ListTagsForResource",
      "config:PutConfigurationRecorder",
      "config:PutDeliveryChannel",
      "config:StartConfigurationRecorder",
      "config:StopConfigurationRecorder",
      "config:DeleteDeliveryChannel",
      "config:DeleteConfigurationRecorder",
      "config:TagResource",
      "config:UntagResource",
    ),
    {
      action: "iam:PassRole",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
      resource: "arn:${partition}:iam::${account}:role/aws-service-role/config.amazonaws.com/*",
      when: { StringEquals: { "iam:PassedToService": service } },
    },
  ],
  price: () => [{ sku: "config/items", units: 1 }],
  usually: { create: 5, update: 3, destroy: 3 },
}
