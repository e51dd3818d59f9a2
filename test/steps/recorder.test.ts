import {
  DeleteConfigurationRecorderCommand,
  DeleteDeliveryChannelCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  type RecordingMode,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
} from "@aws-sdk/client-config-service"
import { CreateBucketCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3"
import { beforeAll, describe, expect, it } from "vitest"
import type { Session } from "../../src/aws/clients.ts"
import { configBucket } from "../../src/steps/bucket.ts"
import { recorder } from "../../src/steps/recorder.ts"
import configPolicy from "../../src/templates/config-bucket.json" with { type: "json" }
import { render } from "../../src/templates/render.ts"
import { type Bench, bench, fieldsOf } from "./bench.ts"
import { seesAndRepairs } from "./tamper.ts"

const place = { partition: "aws", region: "us-east-1", account: "111122223333" }
const scope = "account"
const bucket = configBucket({ place, scope })
const main = recorder({ place, scope, name: "main", bucket, roles: [] })
const roleARN = "arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"

function linkRole({ cloud, sandbox }: Bench) {
  const RoleName = "AWSServiceRoleForConfig"
  const draft = sandbox.world.store.open(cloud.clock.now())
  draft.table("iam/role").put(RoleName, { RoleName, Arn: roleARN, Path: "/", Inline: {}, Attached: [], Tags: [] })
  draft.commit()
}

async function bucketFor({ s3 }: Session, Bucket: string) {
  await s3.send(new CreateBucketCommand({ Bucket }))
  const Policy = JSON.stringify(render(configPolicy, { ...place, bucket: Bucket }))
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))
}

function put({ configService }: Session, name: string, recordingGroup: object, recordingMode?: RecordingMode) {
  const ConfigurationRecorder = { name, roleARN, recordingGroup, recordingMode }
  return configService.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder }))
}

const recorderOf = async ({ cloud }: Bench) =>
  (await cloud.configService.send(new DescribeConfigurationRecordersCommand({}))).ConfigurationRecorders?.[0]

const isRecording = async ({ cloud }: Bench) => {
  const answer = await cloud.configService.send(new DescribeConfigurationRecorderStatusCommand({}))
  return answer.ConfigurationRecordersStatus?.[0]?.recording
}

const channelsOf = async ({ cloud }: Bench) =>
  (await cloud.configService.send(new DescribeDeliveryChannelsCommand({}))).DeliveryChannels

const daily = { recordingFrequency: "DAILY" as const, recordingModeOverrides: [] }
const some = { allSupported: false, resourceTypes: ["AWS::EC2::Instance"] }

describe("the recorder", () => {
  const on = bench(scope)
  beforeAll(() => linkRole(on))

  it("writes all that changes to its bucket, and is seen to", async () => {
    await on.make(main)
    expect(await on.live(main)).toMatchObject({
      recorderName: "smart0dte-account-main",
      role: roleARN,
      records: "all",
      bucket: "smart0dte-111122223333-us-east-1-account-config",
      recording: true,
    })
    expect(await isRecording(on)).toBe(true)
    expect((await on.see(main)).state).toBe("same")
  })

  seesAndRepairs(
    on,
    () => main,
    {
      role: async ({ configService }, { recorderName: name, group }) => {
        const other = { name, roleARN: "arn:aws:iam::111122223333:role/other", recordingGroup: group }
        await configService.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder: other }))
      },
      records: (cloud, { recorderName }) => put(cloud, recorderName, some),
      recording: ({ configService }, { recorderName: ConfigurationRecorderName }) =>
        configService.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName })),
      async bucket(cloud, { channel: name }) {
        await bucketFor(cloud, "elsewhere")
        const DeliveryChannel = { name, s3BucketName: "elsewhere" }
        await cloud.configService.send(new PutDeliveryChannelCommand({ DeliveryChannel }))
      },
    },
    [],
  )

  it("goes with what delivers for it", async () => {
    await on.unmake(false, main)
    expect((await on.see(main)).state).toBe("missing")
    expect(await channelsOf(on)).toEqual([])
  })
})

describe("a recorder that somebody else has made", () => {
  const on = bench(scope)
  beforeAll(async () => {
    linkRole(on)
    await put(on.cloud, "default", some, daily)
  })

  it("is not doubled, and not touched without consent", async () => {
    await expect(on.make(main)).rejects.toThrow("--adopt recorder/main")
    expect(await isRecording(on)).toBe(false)
  })

  it("is adopted, made whole, and as it was when we leave", async () => {
    await on.adopt(main)
    expect(await on.live(main)).toMatchObject({ role: { kept: roleARN }, records: "all", recording: true })
    expect(await recorderOf(on)).toMatchObject({ recordingMode: daily })
    expect(await on.make(main)).toEqual([])
    expect(await on.unmake(true, main)).toEqual(["it was there before, so it stays"])
    expect(await recorderOf(on)).toMatchObject({ name: "default", recordingGroup: some, recordingMode: daily })
    expect([await isRecording(on), await channelsOf(on)]).toEqual([false, []])
  })

  it("that writes already goes on writing where it does", async () => {
    await bucketFor(on.cloud, "their-bucket")
    const DeliveryChannel = { name: "theirs", s3BucketName: "their-bucket" }
    await on.cloud.configService.send(new PutDeliveryChannelCommand({ DeliveryChannel }))
    await on.cloud.configService.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: "default" }))
    await on.adopt(main)
    expect((await on.live(main)).bucket).toEqual({ kept: "their-bucket" })
    await on.cloud.configService.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName: "default" }))
    expect(fieldsOf(await on.see(main))).toEqual(["recording"])
    await on.make(main)
    await on.unmake(true, main)
    expect(await isRecording(on)).toBe(true)
    expect(await channelsOf(on)).toMatchObject([DeliveryChannel])
  })
})

describe("a delivery channel that somebody's recorder has left", () => {
  const on = bench(scope)
  const theirs = { name: "default", s3BucketName: "their-bucket" }
  const channel = (DeliveryChannel: object) =>
    on.cloud.configService.send(new PutDeliveryChannelCommand({ DeliveryChannel }))
  const dropRecorder = (ConfigurationRecorderName: string) =>
    on.cloud.configService.send(new DeleteConfigurationRecorderCommand({ ConfigurationRecorderName }))
  const dropChannel = (DeliveryChannelName: string) =>
    on.cloud.configService.send(new DeleteDeliveryChannelCommand({ DeliveryChannelName }))
  const ours = "smart0dte-account-main"

  beforeAll(async () => {
    linkRole(on)
    await bucketFor(on.cloud, "their-bucket")
    await put(on.cloud, "default", some)
    await channel(theirs)
    await dropRecorder("default")
  })

  it("is not taken over: the plan stops, and says what to do", async () => {
    const because = /delivery channel default, to the bucket their-bucket, that is not ours.*delete-delivery-channel/
    expect(await on.see(main)).toMatchObject({ state: "blocked", because: expect.stringMatching(because) })
    await expect(on.make(main)).rejects.toThrow(because)
    expect([await recorderOf(on), await channelsOf(on)]).toMatchObject([undefined, [theirs]])
  })

  it("is not taken over for a recorder of ours either, and stays when that goes", async () => {
    await dropChannel("default")
    await on.make(main)
    await on.cloud.configService.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName: ours }))
    await dropChannel(ours)
    await channel(theirs)
    await expect(on.make(main)).rejects.toThrow("that is not ours")
    expect(await channelsOf(on)).toMatchObject([theirs])
    await on.unmake(false, main)
    expect([await recorderOf(on), await channelsOf(on)]).toMatchObject([undefined, [theirs]])
  })

  it("is taken up where it is ours, whatever its name, and goes with what we make for it", async () => {
    await dropChannel("default")
    await on.make(main)
    const { bucket } = await on.live(main)
    await on.cloud.configService.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName: ours }))
    await dropChannel(ours)
    await channel({ name: "renamed", s3BucketName: bucket })
    await dropRecorder(ours)
    await on.make(main)
    expect(await on.live(main)).toMatchObject({ recorderName: ours, channel: "renamed", recording: true })
    await on.unmake(true, main)
    expect([await recorderOf(on), await channelsOf(on)]).toEqual([undefined, []])
  })
})
