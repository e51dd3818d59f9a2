import {
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
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

const put = ({ configService }: Session, name: string, recordingGroup: object) =>
  configService.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder: { name, roleARN, recordingGroup } }))

const isRecording = async ({ cloud }: Bench) => {
  const answer = await cloud.configService.send(new DescribeConfigurationRecorderStatusCommand({}))
  return answer.ConfigurationRecordersStatus?.[0]?.recording
}

const channelsOf = async ({ cloud }: Bench) =>
  (await cloud.configService.send(new DescribeDeliveryChannelsCommand({}))).DeliveryChannels

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
    await put(on.cloud, "default", some)
  })

  it("is not doubled, and not touched without consent", async () => {
    await expect(on.make(main)).rejects.toThrow("--adopt recorder/main")
    expect(await isRecording(on)).toBe(false)
  })

  it("is adopted, made whole, and as it was when we leave", async () => {
    await on.adopt(main)
    expect(await on.live(main)).toMatchObject({ role: { kept: roleARN }, records: "all", recording: true })
    expect(await on.make(main)).toEqual([])
    expect(await on.unmake(true, main)).toEqual(["it was there before, so it stays"])
    const { ConfigurationRecorders: [left] = [] } = await on.cloud.configService.send(
      new DescribeConfigurationRecordersCommand({}),
    )
    expect(left).toMatchObject({ name: "default", recordingGroup: some })
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
