import { DeleteAnalyzerCommand } from "@aws-sdk/client-accessanalyzer"
import { DeleteBudgetCommand } from "@aws-sdk/client-budgets"
import { DeleteTrailCommand } from "@aws-sdk/client-cloudtrail"
import { DeleteAlarmsCommand } from "@aws-sdk/client-cloudwatch"
import { DeleteLogGroupCommand, DeleteMetricFilterCommand } from "@aws-sdk/client-cloudwatch-logs"
import { DeleteConfigurationRecorderCommand, StopConfigurationRecorderCommand } from "@aws-sdk/client-config-service"
import { DeleteDetectorCommand } from "@aws-sdk/client-guardduty"
import { DeleteRoleCommand, DeleteRolePolicyCommand, ListRolePoliciesCommand } from "@aws-sdk/client-iam"
import { DeleteAliasCommand, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms"
import { DeleteBucketCommand } from "@aws-sdk/client-s3"
import { DisableSecurityHubCommand } from "@aws-sdk/client-securityhub"
import { DeleteTopicCommand, UnsubscribeCommand } from "@aws-sdk/client-sns"
import { beforeAll, expect, it, vi } from "vitest"
import { emptyBucket } from "../../src/aws/s3/bucket-contents.ts"
import { account } from "../../src/blueprints/account.ts"
import { graphOf } from "../../src/engine/order.ts"
import type { Saved } from "../../src/sandbox/state-file.ts"
import { bootstrap, lookAt, willing } from "./account-ground.ts"
import { census, deviations, standing, troubles } from "./evidence.ts"
import { type Ground, ground, type The } from "./ground.ts"
import type { Removal } from "./removals.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const told = ["email/ops@example.com", "sms/+12025550123", "https/hooks.example.com-484401bd"]

/** As somebody at the console would; what is more than itself missing follows in `also`. */
const removals: readonly Removal[] = [
  {
    key: "trail/main",
    does: ({ cloudtrail }, the) => cloudtrail.send(new DeleteTrailCommand({ Name: the("trail/main", "arn") })),
  },
  {
    key: "analyzer/main",
    does: ({ accessAnalyzer }, the) =>
      accessAnalyzer.send(new DeleteAnalyzerCommand({ analyzerName: the("analyzer/main", "analyzerName") })),
  },
  {
    key: "detector/main",
    does: ({ guardduty }, the) =>
      guardduty.send(new DeleteDetectorCommand({ DetectorId: the("detector/main", "detectorId") })),
  },
  {
    key: "recorder/main",
    async does({ configService }, the) {
      const ConfigurationRecorderName = the("recorder/main", "recorderName")
      await configService.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName }))
      await configService.send(new DeleteConfigurationRecorderCommand({ ConfigurationRecorderName }))
    },
  },
  { key: "security-hub/main", does: ({ securityhub }) => securityhub.send(new DisableSecurityHubCommand({})) },
  {
    key: "budget/month",
    does: ({ budgets, account: AccountId }, the) =>
      budgets.send(new DeleteBudgetCommand({ AccountId, BudgetName: the("budget/month", "budgetName") })),
  },
  {
    key: "spending-alarm/100-usd",
    does: ({ spending }, the) =>
      spending.send(new DeleteAlarmsCommand({ AlarmNames: [the("spending-alarm/100-usd", "alarmName")] })),
  },
  {
    key: "spending-topic/alarms",
    does: ({ spendingTopics }, the) =>
      spendingTopics.send(new DeleteTopicCommand({ TopicArn: the("spending-topic/alarms", "arn") })),
    also: told.map((whom) => `spending-subscription/${whom} missing (drift)`),
  },
  {
    key: `spending-subscription/${told[1]}`,
    does: ({ spendingTopics }, the) =>
      spendingTopics.send(new UnsubscribeCommand({ SubscriptionArn: the(`spending-subscription/${told[1]}`) })),
  },
  {
    key: "topic/alarms",
    does: ({ sns }, the) => sns.send(new DeleteTopicCommand({ TopicArn: the("topic/alarms", "arn") })),
    also: told.map((whom) => `subscription/${whom} missing (drift)`),
  },
  {
    key: `subscription/${told[1]}`,
    does: ({ sns }, the) => sns.send(new UnsubscribeCommand({ SubscriptionArn: the(`subscription/${told[1]}`) })),
  },
  {
    key: "alarm/root-used",
    does: ({ cloudwatch }, the) =>
      cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [the("alarm/root-used", "alarmName")] })),
  },
  {
    key: "metric-filter/root-used",
    does: ({ logs }, the) => {
      const of = { logGroupName: the("metric-filter/root-used", "logGroup") }
      return logs.send(
        new DeleteMetricFilterCommand({ ...of, filterName: the("metric-filter/root-used", "filterName") }),
      )
    },
  },
  {
    key: "role/trail-logs",
    async does({ iam }, the) {
      const RoleName = the("role/trail-logs", "roleName")
      const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }))
      for (const PolicyName of PolicyNames) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }))
      await iam.send(new DeleteRoleCommand({ RoleName }))
    },
  },
  { key: "bucket/config", does: (by, the) => withoutBucket(by, the("bucket/config", "bucket")) },
]

/** What goes with others, or what nobody can take away by itself. */
const elsewhere: Readonly<Record<string, string>> = {
  contact: "a setting: who is taken off is a difference",
  "ebs-encryption": "a setting",
  "kms-key": "its end is a difference for 30 days: tampered with",
  "log-group": "it takes all filters along: tried below",
  "password-policy": "a setting",
  "public-access-block": "a setting",
  record: "tried with the environment",
  "service-linked-role": "AWS refuses while its service is used",
}

let saved: Saved
let whole: Readonly<Record<string, number>>
beforeAll(async () => {
  const on = await ground()
  await bootstrap(on, willing)
  saved = on.saved()
  whole = census(standing(on))
  await on.close()
})

it("is tried with every kind of thing that an account has", () => {
  const tried = [...removals.map(({ key }) => key.split("/")[0]), ...Object.keys(elsewhere)]
  const there = graphOf(account(willing)).steps.map(({ kind }) => kind.name)
  expect(new Set(tried.toSorted())).toEqual(new Set(there.toSorted()))
})

it.each(removals.map((removal) => [removal.key, removal] as const))(
  "%s is missed when somebody removed it, and made again",
  async (key, { does, also = [], cause = "drift" }) => {
    const on = await ground({ saved })
    await does(on.outsider, await theIn(on))
    expect(deviations(await lookAt(on, willing)).toSorted()).toEqual([`${key} missing (${cause})`, ...also].toSorted())
    await repaired(on)
  },
)

it("the group of the trail's lines is missed with all that counts in it", async () => {
  const on = await ground({ saved })
  const the = await theIn(on)
  await on.outsider.logs.send(new DeleteLogGroupCommand({ logGroupName: the("log-group/trail", "logGroup") }))
  const found = deviations(await lookAt(on, willing))
  expect(found).toContain("log-group/trail missing (drift)")
  expect(found.filter((one) => one.startsWith("metric-filter/"))).toHaveLength(15)
  await repaired(on)
})

it("the trail's key that somebody gave up is the same key again", async () => {
  const on = await ground({ saved })
  const the = await theIn(on)
  const KeyId = the("kms-key/trail", "keyId")
  await on.outsider.kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }))
  expect(deviations(await lookAt(on, willing))).toEqual(["kms-key/trail differs: state (drift)"])
  await bootstrap(on, willing)
  expect((await theIn(on))("kms-key/trail", "keyId")).toBe(KeyId)
  await on.outsider.kms.send(new DeleteAliasCommand({ AliasName: the("kms-key/trail", "alias") }))
  expect(deviations(await lookAt(on, willing))).toEqual(["kms-key/trail differs: alias (drift)"])
  await repaired(on)
})

async function theIn(on: Ground): Promise<The> {
  const { findings } = await lookAt(on, willing)
  return (key, field = "id") => {
    const live: Readonly<Record<string, unknown>> = { ...findings.find((one) => one.key === key)?.found?.live }
    return String(live[field])
  }
}

async function withoutBucket(by: Ground["outsider"], Bucket: string) {
  await emptyBucket(by, Bucket)
  await by.s3.send(new DeleteBucketCommand({ Bucket }))
}

async function repaired(on: Ground) {
  expect(troubles(await bootstrap(on, willing))).toEqual([])
  expect(deviations(await lookAt(on, willing))).toEqual([])
  expect(census(standing(on))).toEqual(whole)
  await on.close()
}
