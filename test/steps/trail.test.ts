import {
  CreateTrailCommand,
  DescribeTrailsCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from "@aws-sdk/client-cloudtrail"
import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs"
import { CreateBucketCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3"
import { beforeAll, describe, expect, it } from "vitest"
import type { Session } from "../../src/aws/clients.ts"
import { trailBucket } from "../../src/steps/bucket.ts"
import { logGroup } from "../../src/steps/log-group.ts"
import { trailLogsRole } from "../../src/steps/role.ts"
import { trail } from "../../src/steps/trail.ts"
import { render } from "../../src/templates/render.ts"
import trailPolicy from "../../src/templates/trail-bucket.json" with { type: "json" }
import { type Bench, bench, fieldsOf } from "./bench.ts"
import { seesAndRepairs } from "./tamper.ts"

const place = { partition: "aws", region: "us-east-1", account: "111122223333" }
const scope = "account"
const bucket = trailBucket({ place, scope, trail: "main" })
const main = trail({ place, scope, name: "main", bucket })
const named = (name: string, region = place.region) => `arn:aws:cloudtrail:${region}:111122223333:trail/${name}`

const statusOf = (on: Bench, Name: string) => on.cloud.cloudtrail.send(new GetTrailStatusCommand({ Name }))

async function bucketFor({ s3 }: Session, Bucket: string, arn: string) {
  await s3.send(new CreateBucketCommand({ Bucket }))
  const Policy = JSON.stringify(render(trailPolicy, { ...place, bucket: Bucket, trail: arn }))
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))
}

describe("the trail", () => {
  const on = bench(scope)

  it("writes the events of all regions, with digests, and is seen to write", async () => {
    expect(await on.make(main)).toEqual(["create bucket/trail", "create trail/main"])
    expect(await on.live(main)).toMatchObject({
      arn: named("smart0dte-account-main"),
      bucket: "smart0dte-111122223333-us-east-1-account-trail",
      multiRegion: true,
      globalEvents: true,
      validation: true,
      management: "all",
      logging: true,
    })
    expect((await statusOf(on, named("smart0dte-account-main"))).IsLogging).toBe(true)
    expect((await on.see(main)).state).toBe("same")
  })

  it("alone can write to its bucket, which nobody else can read", async () => {
    const { policy, publicAccess, versioned } = await on.live(bucket)
    expect({ publicAccess, versioned }).toEqual({ publicAccess: "blocked", versioned: true })
    expect(policy?.Statement).toContainEqual({
      Sid: "AWSCloudTrailWrite",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: "arn:aws:s3:::smart0dte-111122223333-us-east-1-account-trail/AWSLogs/111122223333/*",
      Condition: {
        StringEquals: {
          "aws:SourceArn": named("smart0dte-account-main"),
          "s3:x-amz-acl": "bucket-owner-full-control",
        },
      },
    })
  })

  const update =
    (fields: Omit<ConstructorParameters<typeof UpdateTrailCommand>[0], "Name">) =>
    ({ cloudtrail }: Session, { arn: Name }: { arn: string }) =>
      cloudtrail.send(new UpdateTrailCommand({ Name, ...fields }))

  seesAndRepairs(
    on,
    () => main,
    {
      async bucket(cloud, { arn }) {
        await bucketFor(cloud, "elsewhere", arn)
        await update({ S3BucketName: "elsewhere" })(cloud, { arn })
      },
      multiRegion: update({ IsMultiRegionTrail: false }),
      globalEvents: update({ IsMultiRegionTrail: false, IncludeGlobalServiceEvents: false }),
      validation: update({ EnableLogFileValidation: false }),
      management: ({ cloudtrail }, { arn: TrailName }) => {
        const EventSelectors = [{ ReadWriteType: "WriteOnly" as const, IncludeManagementEvents: true }]
        return cloudtrail.send(new PutEventSelectorsCommand({ TrailName, EventSelectors }))
      },
      logging: ({ cloudtrail }, { arn: Name }) => cloudtrail.send(new StopLoggingCommand({ Name })),
    },
    [],
  )

  it("that leaves out management events is whole again, and what it writes of data stays", async () => {
    const { arn: TrailName } = await on.live(main)
    const category = (of: string) => ({ Field: "eventCategory", Equals: [of] })
    const Data = {
      Name: "data",
      FieldSelectors: [category("Data"), { Field: "resources.type", Equals: ["AWS::S3::Object"] }],
    }
    const reading = [category("Management"), { Field: "readOnly", Equals: ["true"] }]
    const AdvancedEventSelectors = [{ Name: "reading", FieldSelectors: reading }, Data]
    await on.cloud.cloudtrail.send(new PutEventSelectorsCommand({ TrailName, AdvancedEventSelectors }))
    expect(fieldsOf(await on.see(main))).toEqual(["management"])
    await on.make(main)
    const { selectors } = await on.live(main)
    expect(selectors.advanced).toEqual([{ Name: "Management events", FieldSelectors: [category("Management")] }, Data])
  })

  it("goes, and its bucket with it where nothing is in it", async () => {
    expect(await on.unmake(false, main)).toEqual([])
    expect((await on.see(main)).state).toBe("missing")
    expect((await on.see(bucket)).state).toBe("missing")
  })
})

describe("a trail that somebody else has made", () => {
  const on = bench(scope)
  const theirs = named("theirs")

  beforeAll(async () => {
    await bucketFor(on.cloud, "their-bucket", theirs)
    await on.cloud.cloudtrail.send(new CreateTrailCommand({ Name: "theirs", S3BucketName: "their-bucket" }))
  })

  it("is not doubled, and not touched without consent", async () => {
    const { state, because } = await on.see(main)
    expect(state).toBe("blocked")
    expect(because).toContain("to use it as it stands: --adopt trail/main")
    await expect(on.make(main)).rejects.toThrow("--adopt trail/main")
    const { trailList } = await on.cloud.cloudtrail.send(new DescribeTrailsCommand({}))
    expect(trailList).toHaveLength(1)
  })

  it("is adopted with its own bucket, and made whole", async () => {
    expect(await on.adopt(main)).toContain("adopt trail/main")
    expect(await on.live(main)).toMatchObject({
      arn: theirs,
      bucket: { kept: "their-bucket" },
      multiRegion: true,
      validation: true,
      logging: true,
    })
    expect((await on.see(main)).state).toBe("same")
    expect((await on.see(main)).found?.owner).toBe("adopted")
  })

  it("is seen and put right as one of ours is", async () => {
    await on.cloud.cloudtrail.send(new StopLoggingCommand({ Name: theirs }))
    expect(fieldsOf(await on.see(main))).toEqual(["logging"])
    await on.make(main)
    expect((await statusOf(on, theirs)).IsLogging).toBe(true)
  })

  it("is as it was when we leave", async () => {
    expect(await on.unmake(true, main)).toEqual(["it was there before, so it stays"])
    const { trailList: [left] = [] } = await on.cloud.cloudtrail.send(new DescribeTrailsCommand({}))
    expect(left).toMatchObject({ Name: "theirs", IsMultiRegionTrail: false, LogFileValidationEnabled: false })
    expect((await statusOf(on, theirs)).IsLogging).toBe(false)
    const { ResourceTagList } = await on.cloud.cloudtrail.send(new ListTagsCommand({ ResourceIdList: [theirs] }))
    expect(ResourceTagList?.[0]?.TagsList).toEqual([])
  })

  it("keeps writing when it wrote before", async () => {
    await on.cloud.cloudtrail.send(new StartLoggingCommand({ Name: theirs }))
    await on.adopt(main)
    await on.unmake(true, main)
    expect((await statusOf(on, theirs)).IsLogging).toBe(true)
  })
})

describe("a trail of somebody else's that writes to a log group", () => {
  const on = bench(scope)
  const theirs = named("theirs")

  it("keeps it: alarms that would look elsewhere are refused", async () => {
    const { cloud } = on
    await bucketFor(cloud, "their-bucket", theirs)
    const group = logGroup({ scope, name: "trail", retention: 30 })
    const role = trailLogsRole({ place, scope, name: "trail-logs", group: group.spec.logGroup })
    await on.make(group, role)
    await cloud.logs.send(new CreateLogGroupCommand({ logGroupName: "their-group" }))
    const CloudWatchLogsLogGroupArn = "arn:aws:logs:us-east-1:111122223333:log-group:their-group:*"
    const { path, roleName } = await on.live(role)
    const CloudWatchLogsRoleArn = `arn:aws:iam::111122223333:role${path}${roleName}`
    const logs = { CloudWatchLogsLogGroupArn, CloudWatchLogsRoleArn }
    await cloud.cloudtrail.send(new CreateTrailCommand({ Name: "theirs", S3BucketName: "their-bucket", ...logs }))
    const watched = trail({ place, scope, name: "main", bucket, logs: { group, role } })
    const says = `the trail ${theirs} writes to the log group ${CloudWatchLogsLogGroupArn} already, and no trail writes to two: leave the alarms on changes out with --without change-alarms`
    const { state, because } = await on.see(watched)
    expect([state, because]).toEqual(["blocked", expect.stringContaining(`cannot be used: ${says}`)])
    await expect(on.adopt(watched)).rejects.toThrow(says)
    expect((await on.see(bucket)).state).toBe("missing")

    await on.adopt(main)
    expect((await on.see(main)).state).toBe("same")
    await expect(on.make(watched)).rejects.toThrow(`trail/main: ${says}`)
    const { trailList: [left] = [] } = await cloud.cloudtrail.send(new DescribeTrailsCommand({}))
    expect(left?.CloudWatchLogsLogGroupArn).toBe(CloudWatchLogsLogGroupArn)
  })

  it("is put right in all else, also where it was given one in the middle of a run", async () => {
    await on.cloud.cloudtrail.send(new StopLoggingCommand({ Name: theirs }))
    const group = logGroup({ scope, name: "trail", retention: 30 })
    const role = trailLogsRole({ place, scope, name: "trail-logs", group: group.spec.logGroup })
    const watched = trail({ place, scope, name: "main", bucket, logs: { group, role } })
    const live = await on.live(main)
    const changes = [
      { field: "logging", live: false, want: true },
      { field: "logGroup", live: live.logGroup, want: "ours" },
    ] as const
    const lives = { bucket: await on.live(bucket), keys: [], groups: [], roles: [] }
    await expect(watched.update?.(on.cloud, live, changes, lives)).rejects.toThrow("and no trail writes to two")
    expect((await statusOf(on, theirs)).IsLogging).toBe(true)
  })
})

describe("a trail of another region or account", () => {
  it.each([
    ["of another region", { home: "eu-west-1" }, "of eu-west-1 writes the events of all regions already"],
    ["of the organization", { organization: "999988887777" }, "of the account's organization writes the events"],
  ])("%s is enough, and said to be", async (_, more, says) => {
    const record = { name: "whole", home: "us-east-1", everywhere: true, global: true, validation: true, logging: true }
    const home = "home" in more ? more.home : "us-east-1"
    const account = "organization" in more ? more.organization : "111122223333"
    const arn = `arn:aws:cloudtrail:${home}:${account}:trail/whole`
    const draft = on.sandbox.world.store.open(on.cloud.clock.now())
    draft.table("cloudtrail/trail").put(arn, { arn, bucket: "b", selectors: [], Tags: [], ...record, ...more })
    draft.commit()
    const { state, because } = await on.see(main)
    expect([state, because]).toEqual(["blocked", expect.stringContaining(says)])
    await expect(on.make(main)).rejects.toThrow(says)
    const clean = on.sandbox.world.store.open(on.cloud.clock.now())
    clean.table("cloudtrail/trail").delete(arn)
    clean.commit()
  })
  const on = bench(scope)
})
