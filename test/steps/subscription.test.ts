import { ConfirmSubscriptionCommand } from "@aws-sdk/client-sns"
import { describe, expect, it } from "vitest"
import { subscription } from "../../src/steps/subscription.ts"
import { alarmTopicOf } from "../../src/steps/topic.ts"
import { bench, there } from "./bench.ts"
import { scope } from "./network.ts"

const on = bench()
const place = { partition: "aws", region: "us-east-1", account: "111122223333" }
const topic = alarmTopicOf({ place, scope })
const mail = subscription({ scope, topic, endpoint: { protocol: "email", address: "ops@example.com" } })
const phone = subscription({ scope, topic, endpoint: { protocol: "sms", address: "+12025550123" } })
const secret = "https://hooks.example.com/services/T0/B0/s3cr3t"
const hook = subscription({ scope, topic, endpoint: { protocol: "https", address: secret } })

/** As whoever got the message would. */
async function confirm(address: string) {
  const tables = [...on.sandbox.world.store.contents().tables].filter(([name]) => name.startsWith("sns/subscription"))
  const records = tables.flatMap(([, rows]) => [...rows.values()].map(({ record }) => record))
  // The table's own record.
  const { token, topicArn } = there(records.find((one) => "endpoint" in one && one.endpoint === address)) as {
    readonly token: string
    readonly topicArn: string
  }
  await on.cloud.sns.send(new ConfirmSubscriptionCommand({ TopicArn: topicArn, Token: token }))
}

describe("a subscription", () => {
  it("that nobody has confirmed yet is as wanted: it is not waited for, asked again, or called drift", async () => {
    expect(await on.make(mail)).toEqual(["create topic/alarms", "create subscription/email/ops@example.com"])
    expect(await on.live(mail)).toMatchObject({ id: "PendingConfirmation", confirmed: false })
    expect(await on.see(mail)).toMatchObject({ state: "same", changes: [] })
    expect(await on.make(mail)).toEqual([])
  })

  it("is confirmed by whoever got the message", async () => {
    await confirm("ops@example.com")
    expect(await on.live(mail)).toMatchObject({ confirmed: true, id: expect.stringMatching(/^arn:aws:sns:/) })
    expect((await on.see(mail)).state).toBe("same")
  })

  it("by telephone needs no consent", async () => {
    await on.make(phone)
    expect(await on.live(phone)).toMatchObject({ confirmed: true, endpoint: "+12025550123" })
  })

  it("of a webhook shows nobody the address that is as good as a key", async () => {
    await on.make(hook)
    const { found, key } = await on.see(hook)
    expect(JSON.stringify([key, found])).not.toContain("s3cr3t")
    expect(key).toMatch(/^subscription\/https\/hooks\.example\.com-[0-9a-f]{8}$/)
    expect(await on.live(hook)).toMatchObject({
      endpoint: expect.stringMatching(/^https:\/\/hooks\.example\.com\/\.\.\./),
    })
  })

  it("goes, or is said to be forgotten by AWS where it was never confirmed", async () => {
    expect(await on.unmake(false, mail, phone, hook)).toEqual([
      expect.stringMatching(/^a question to https:\/\/hooks.* AWS forgets it 48 hours after it was asked, 0\.00 USD$/),
    ])
    expect((await on.see(mail)).state).toBe("missing")
  })
})
