import {
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
  type ConfigurationRecorder as Described,
  type RecordingGroup,
  type RecordingMode,
} from "@aws-sdk/client-config-service"
import { Refused } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { isKept, type Kept } from "../kept.ts"

/** What writes down what is there in the account, whenever it changes. */
export interface Recorder {
  readonly arn: string
  readonly recorderName: string
  readonly role: string | Kept
  /** Of which types of things: of all that there are, or not. */
  readonly records: "all" | "some"
  readonly bucket: string | Kept
  /** One that is only made writes nothing. */
  readonly recording: boolean
  readonly group: RecordingGroup
  /** How often it writes. None is wished; it is sent back as it is, as AWS does not say what it makes of none. */
  readonly mode?: RecordingMode | undefined
  /** The name of what delivers to the bucket; none, where nothing does. */
  readonly channel: string
}

/** A region has one at most; those that other services keep for themselves are not among them. */
export async function recorderHere(ctx: Cloud): Promise<Recorder | undefined> {
  const { ConfigurationRecorders: [one] = [] } = await ctx.configService.send(
    new DescribeConfigurationRecordersCommand({}),
  )
  return one && recorderLive(one)
}

export const recorderLive = ({
  arn = "",
  name = "",
  roleARN = "",
  recordingGroup = {},
  recordingMode: mode,
}: Described): Recorder => ({
  arn,
  recorderName: name,
  role: roleARN,
  records: recordingGroup.allSupported && recordingGroup.includeGlobalResourceTypes ? "all" : "some",
  bucket: "",
  recording: false,
  group: recordingGroup,
  mode,
  channel: "",
})

/** How many questions `withDelivery` asks. */
export const deliveryReads = 2

export async function withDelivery(ctx: Cloud, live: Recorder): Promise<Recorder> {
  const [{ DeliveryChannels: [channel] = [] }, { ConfigurationRecordersStatus = [] }] = await Promise.all([
    ctx.configService.send(new DescribeDeliveryChannelsCommand({})),
    ctx.configService.send(new DescribeConfigurationRecorderStatusCommand({})),
  ])
  const recording = ConfigurationRecordersStatus.some((one) => one.name === live.recorderName && one.recording === true)
  return { ...live, recording, bucket: channel?.s3BucketName ?? "", channel: channel?.name ?? "" }
}

/** What we made for a recorder has the recorder's name, or delivers to our bucket. */
export const hasOurChannel = (ctx: Cloud, { recorderName, channel, bucket }: Recorder): boolean =>
  channel === recorderName || isOurs(ctx, bucket)

/** A recorder that is deleted leaves its channel. Ours would be put in its place, and all that it says be lost. */
export function refuseOthersChannel(ctx: Cloud, live: Recorder): void {
  if (live.channel === "" || hasOurChannel(ctx, live)) return
  const { channel, bucket } = live
  throw new Refused(
    `AWS Config has a delivery channel ${channel}, to the bucket ${isKept(bucket) ? bucket.kept : bucket}, that is not ours, and a region has one only; if nobody needs it, delete it with aws configservice delete-delivery-channel, or else leave config out`,
  )
}

/** Of an adopted one: its role, and where it writes already, are its own. */
export const withItsOwn = (ctx: Cloud, live: Recorder): Recorder => ({
  ...live,
  role: kept(live.role),
  ...(live.channel !== "" && !isOurs(ctx, live.bucket) && { bucket: kept(live.bucket) }),
})

const isOurs = ({ account, region }: Cloud, bucket: string | Kept) =>
  typeof bucket === "string" && bucket.startsWith(`smart0dte-${account}-${region}-`)

const kept = (value: string | Kept): Kept => (typeof value === "string" ? { kept: value } : value)
