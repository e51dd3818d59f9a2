import {
  BatchDisableStandardsCommand,
  BatchEnableStandardsCommand,
  DescribeHubCommand,
  DisableSecurityHubCommand,
  EnableSecurityHubCommand,
  GetEnabledStandardsCommand,
  UpdateSecurityHubConfigurationCommand,
} from "@aws-sdk/client-securityhub"
import { describe, expect, it } from "vitest"
import type { Session } from "../../src/aws/clients.ts"
import { securityHub } from "../../src/steps/security-hub.ts"
import { type Bench, bench, standIn } from "./bench.ts"
import { seesAndRepairs } from "./tamper.ts"

const place = { partition: "aws", region: "us-east-1", account: "111122223333" }
const scope = "account"
const main = securityHub({ place, scope, name: "main", recorder: standIn({ recording: true }) })
const standard = (name: string) => `arn:aws:securityhub:us-east-1::standards/${name}`
const ours = [
  standard("aws-foundational-security-best-practices/v/1.0.0"),
  standard("cis-aws-foundations-benchmark/v/5.0.0"),
]

const enabledOn = async ({ cloud }: Bench) => {
  const { StandardsSubscriptions = [] } = await cloud.securityhub.send(new GetEnabledStandardsCommand({}))
  return StandardsSubscriptions.filter(({ StandardsStatus }) => StandardsStatus !== "DELETING").map(
    ({ StandardsArn }) => StandardsArn,
  )
}

const slacken = ({ securityhub }: Session) =>
  securityhub.send(new UpdateSecurityHubConfigurationCommand({ AutoEnableControls: false }))

describe("the security hub", () => {
  const on = bench(scope)

  it("holds the account against today's standards, not those that AWS would choose", async () => {
    await on.make(main)
    expect((await on.live(main)).standards.toSorted()).toEqual(ours)
    expect((await on.see(main)).state).toBe("same")
  })

  seesAndRepairs(
    on,
    () => main,
    {
      newControls: slacken,
      async standards({ securityhub }) {
        const { StandardsSubscriptions: [one] = [] } = await securityhub.send(new GetEnabledStandardsCommand({}))
        const StandardsSubscriptionArns = [one?.StandardsSubscriptionArn ?? ""]
        await securityhub.send(new BatchDisableStandardsCommand({ StandardsSubscriptionArns }))
      },
    },
    [],
  )

  it("lets others be added", async () => {
    const StandardsSubscriptionRequests = [{ StandardsArn: standard("nist-800-53/v/5.0.0") }]
    await on.cloud.securityhub.send(new BatchEnableStandardsCommand({ StandardsSubscriptionRequests }))
    expect((await on.see(main)).state).toBe("same")
  })

  it("is made again when somebody switched it off, and goes", async () => {
    await on.cloud.securityhub.send(new DisableSecurityHubCommand({}))
    expect((await on.see(main)).state).toBe("missing")
    await on.make(main)
    expect(await on.unmake(false, main)).toEqual([])
    expect((await on.see(main)).state).toBe("missing")
  })
})

describe("a hub that somebody else has switched on", () => {
  const on = bench(scope)

  it("is adopted on request, and as it was when we leave", async () => {
    await on.cloud.securityhub.send(new EnableSecurityHubCommand({}))
    await slacken(on.cloud)
    const before = await enabledOn(on)
    await expect(on.make(main)).rejects.toThrow("--adopt security-hub/main")
    await on.adopt(main)
    expect(await enabledOn(on)).toEqual(expect.arrayContaining(ours))
    expect(await on.make(main)).toEqual([])
    expect(await on.unmake(true, main)).toEqual(["it was there before, so it stays"])
    expect(await enabledOn(on)).toEqual(before)
    expect(await on.cloud.securityhub.send(new DescribeHubCommand({}))).toMatchObject({ AutoEnableControls: false })
  })
})
