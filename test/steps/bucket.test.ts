import {
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  HeadBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3"
import { describe, expect, it } from "vitest"
import { flowLogsBucket, stateBucket } from "../../src/steps/bucket.ts"
import { bench, fieldsOf } from "./bench.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const place = { partition: "aws", region: "us-east-1", account: "111122223333" }
const state = stateBucket(place)
const logs = flowLogsBucket({ place, scope: "poc" })

describe("the state bucket", () => {
  it("keeps former versions, and lets nobody else in", async () => {
    await on.make(state)
    const live = await on.live(state)
    expect(live).toMatchObject({ bucket: "smart0dte-111122223333-us-east-1-state", versioned: true })
    expect(live.policy?.Statement).toMatchObject([{ Sid: "DenyCleartext" }, { Sid: "DenyOtherAccounts" }])
    expect(JSON.stringify(live.policy)).not.toContain("${")
    expect((await on.see(state)).state).toBe("same")
  })

  seesAndRepairs(
    on,
    () => state,
    {
      versioned: (cloud, { bucket }) =>
        cloud.s3.send(
          new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: "Suspended" } }),
        ),
      encryption: (cloud, { bucket }) => {
        const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" as const } }]
        return cloud.s3.send(
          new PutBucketEncryptionCommand({ Bucket: bucket, ServerSideEncryptionConfiguration: { Rules } }),
        )
      },
      publicAccess: (cloud, { bucket }) => cloud.s3.send(new DeletePublicAccessBlockCommand({ Bucket: bucket })),
      ownership: (cloud, { bucket }) => {
        const OwnershipControls = { Rules: [{ ObjectOwnership: "ObjectWriter" as const }] }
        return cloud.s3.send(new PutBucketOwnershipControlsCommand({ Bucket: bucket, OwnershipControls }))
      },
      policy: (cloud, { bucket }) => cloud.s3.send(new DeleteBucketPolicyCommand({ Bucket: bucket })),
      lifecycle: (cloud, { bucket }) => cloud.s3.send(new DeleteBucketLifecycleCommand({ Bucket: bucket })),
    },
    ["bucket", "arn"],
  )

  it("is blocked from the public in every way, not only in some", async () => {
    const { bucket } = await on.live(state)
    const PublicAccessBlockConfiguration = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true }
    await on.cloud.s3.send(new PutPublicAccessBlockCommand({ Bucket: bucket, PublicAccessBlockConfiguration }))
    expect(fieldsOf(await on.see(state))).toEqual(["publicAccess"])
    await on.make(state)
  })

  it("does not keep a rule that somebody added", async () => {
    const { bucket, lifecycle } = await on.live(state)
    const soon = { ID: "soon", Status: "Enabled" as const, Filter: { Prefix: "records/" }, Expiration: { Days: 1 } }
    await on.cloud.s3.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket: bucket,
        LifecycleConfiguration: { Rules: [...lifecycle, soon] },
      }),
    )
    expect(fieldsOf(await on.see(state))).toEqual(["lifecycle"])
    await on.make(state)
    expect((await on.live(state)).lifecycle).toEqual(lifecycle)
  })

  it("stays when an environment goes", async () => {
    expect(await on.unmake(true, state)).toEqual([])
    expect((await on.see(state)).state).toBe("same")
  })
})

describe("the bucket of flow logs", () => {
  it("lets AWS's log delivery of this account in", async () => {
    await on.make(logs)
    expect((await on.live(logs)).policy?.Statement).toMatchObject([
      { Sid: "DenyCleartext" },
      { Sid: "DenyOtherAccounts", Condition: { Bool: { "aws:PrincipalIsAWSService": "false" } } },
      {
        Sid: "AWSLogDeliveryWrite",
        Resource: "arn:aws:s3:::smart0dte-111122223333-us-east-1-poc-flow-logs/AWSLogs/111122223333/*",
      },
      { Sid: "AWSLogDeliveryAclCheck" },
    ])
    expect((await on.see(logs)).state).toBe("same")
  })

  it("goes with its environment when nothing is in it", async () => {
    expect(await on.unmake(false, logs)).toEqual([])
    expect((await on.see(logs)).state).toBe("missing")
  })

  it("stays with what is in it, and says what that costs", async () => {
    await on.make(logs)
    const { bucket } = await on.live(logs)
    await on.cloud.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "AWSLogs/a", Body: "line" }))
    const [remains] = await on.unmake(false, logs)
    expect(remains).toMatch(
      /^the bucket \S+-poc-flow-logs with 1 object: 0\.00 GB, 0\.00 USD a month on \d{4}-\d\d-\d\d$/,
    )
    await on.cloud.s3.send(new HeadBucketCommand({ Bucket: bucket }))
    expect((await on.see(logs)).state).toBe("same")
  })

  it("goes with all that is in it when that is asked for", async () => {
    const { bucket } = await on.live(logs)
    const VersioningConfiguration = { Status: "Enabled" as const }
    await on.cloud.s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }))
    await on.cloud.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "AWSLogs/a", Body: "newer" }))
    expect(await on.unmake(true, logs)).toEqual([])
    expect((await on.see(logs)).state).toBe("missing")
  })
})
