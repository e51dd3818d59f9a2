import {
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
  type ConfigurationRecorder as Described,
  type RecordingGroup,
} from "@aws-sdk/client-config-service"
import type { Cloud } from "../cloud.ts"
import type { Kept } from "../kept.ts"

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

export const recorderLive = ({ arn = "", name = "", roleARN = "", recordingGroup = {} }: Described): Recorder => ({
  arn,
  recorderName: name,
  role: roleARN,
  records: recordingGroup.allSupported && recordingGroup.includeGlobalResourceTypes ? "all" : "some",
  bucket: "",
  recording: false,
  group: recordingGroup,
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

/** Of an adopted one: its role, and where it writes already, are its own. */
export const withItsOwn = (ctx: Cloud, live: Recorder): Recorder => ({
  ...live,
  role: kept(live.role),
  ...(live.channel !== "" && !isOurs(ctx, live.bucket) && { bucket: kept(live.bucket) }),
})

const isOurs = ({ account, region }: Cloud, bucket: string | Kept) =>
  typeof bucket === "string" && bucket.startsWith(`smart0dte-${account}-${region}-`)

const kept = (value: string | Kept): Kept => (typeof value === "string" ? { kept: value } : value)
