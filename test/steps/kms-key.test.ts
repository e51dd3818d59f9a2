import {
  CreateKeyCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  ListKeysCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms"
import { describe, expect, it } from "vitest"
import { trailBucket } from "../../src/steps/bucket.ts"
import { trailKey } from "../../src/steps/kms-key.ts"
import { trail } from "../../src/steps/trail.ts"
import { bench } from "./bench.ts"
import { seesAndRepairs } from "./tamper.ts"

const place = { partition: "aws", region: "us-east-1", account: "111122223333" }
const scope = "account"
const key = trailKey({ place, scope, name: "trail" })
const bucket = trailBucket({ place, scope, trail: "main" })
const under = trail({ place, scope, name: "main", bucket, key })
const bare = trail({ place, scope, name: "main", bucket })

describe("the trail's key", () => {
  const on = bench(scope)

  it("is renewed each year, has a name, and one only is made", async () => {
    await on.cloud.kms.send(new CreateKeyCommand({ Description: "somebody else's" }))
    await on.make(key)
    expect(await on.live(key)).toMatchObject({
      alias: "alias/smart0dte_account_trail",
      state: "Enabled",
      rotates: true,
    })
    expect((await on.cloud.kms.send(new ListKeysCommand({}))).Keys).toHaveLength(2)
    expect((await on.see(key)).state).toBe("same")
  })

  seesAndRepairs(
    on,
    () => key,
    {
      alias: ({ kms }, { alias }) => kms.send(new DeleteAliasCommand({ AliasName: alias })),
      state: ({ kms }, { keyId }) => kms.send(new DisableKeyCommand({ KeyId: keyId })),
      rotates: ({ kms }, { keyId }) => kms.send(new DisableKeyRotationCommand({ KeyId: keyId })),
      policy: ({ kms }, { keyId, policy }) => {
        const Policy = JSON.stringify({ ...policy, Statement: policy.Statement.slice(0, 1) })
        return kms.send(new PutKeyPolicyCommand({ KeyId: keyId, Policy }))
      },
    },
    [],
  )

  it("that somebody has deleted is brought back while it can be", async () => {
    const { keyId: KeyId } = await on.live(key)
    await on.cloud.kms.send(new ScheduleKeyDeletionCommand({ KeyId }))
    expect((await on.see(key)).changes).toMatchObject([{ field: "state", live: "PendingDeletion" }])
    await on.make(key)
    expect(await on.live(key)).toMatchObject({ keyId: KeyId, state: "Enabled" })
  })

  it("is what the trail is written under, also where nobody wishes that any more", async () => {
    await on.make(under)
    expect((await on.live(under)).key).toBe((await on.live(key)).arn)
    expect((await on.see(under)).state).toBe("same")
    expect((await on.see(bare)).state).toBe("same")
  })

  it("stays with what is encrypted with it, which is said with its price, and is the same key again", async () => {
    const { keyId, arn } = await on.live(key)
    expect(await on.unmake(false, under)).toEqual([
      `the key ${arn} stays, 1.00 USD a month: the files of the trail are encrypted with it; bootstrap destroy --purge takes both away`,
    ])
    expect(await on.live(key)).toMatchObject({ keyId, state: "Enabled", alias: "alias/smart0dte_account_trail" })
    await on.make(under)
    expect((await on.live(under)).key).toBe(arn)
  })

  it("that somebody has given up is left to that without --purge", async () => {
    const { keyId: KeyId } = await on.live(key)
    await on.cloud.kms.send(new ScheduleKeyDeletionCommand({ KeyId }))
    expect(await on.unmake(false, under)).toEqual([expect.stringContaining("which somebody has given up")])
    await on.make(under)
    expect(await on.live(key)).toMatchObject({ keyId: KeyId, state: "Enabled" })
  })

  it("goes after thirty days, which is said, and a new one can be made meanwhile", async () => {
    const { keyId: KeyId } = await on.live(key)
    const remains = await on.unmake(true, under)
    expect(remains).toEqual([
      expect.stringMatching(/^the key arn:.* until \d{4}-\d\d-\d\d, at no cost: what was written/),
    ])
    const { KeyMetadata } = await on.cloud.kms.send(new DescribeKeyCommand({ KeyId }))
    expect(KeyMetadata?.KeyState).toBe("PendingDeletion")
    expect((await on.see(key)).state).toBe("missing")
    await on.make(key)
    expect((await on.live(key)).keyId).not.toBe(KeyId)
  })
})

describe("a key whose answers are lost", () => {
  const on = bench(scope)
  const loses = (operation: string) =>
    on.sandbox.world.faults.set([{ name: "lost", operation: `kms:${operation}`, times: 1 }])

  it("is found by its tags, and given its name", async () => {
    loses("CreateKey")
    await on.make(key)
    expect((await on.cloud.kms.send(new ListKeysCommand({}))).Keys).toHaveLength(1)
    expect((await on.see(key)).state).toBe("same")
  })

  it("and that somebody deleted is brought back", async () => {
    const { keyId: KeyId } = await on.live(key)
    await on.cloud.kms.send(new ScheduleKeyDeletionCommand({ KeyId }))
    loses("CancelKeyDeletion")
    await on.make(key)
    expect(await on.live(key)).toMatchObject({ keyId: KeyId, state: "Enabled" })
  })

  it("goes, and until when it could be brought back is said", async () => {
    loses("ScheduleKeyDeletion")
    expect(await on.unmake(true, key)).toEqual([expect.stringMatching(/^the key arn:.* until \d{4}-\d\d-\d\d/)])
  })
})
