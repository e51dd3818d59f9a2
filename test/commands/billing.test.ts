import { DeleteNotificationCommand, DescribeBudgetCommand, UpdateBudgetCommand } from "@aws-sdk/client-budgets"
import { DeleteAlarmsCommand, DescribeAlarmsCommand, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { Session } from "../../src/aws/clients.ts"
import { subscribersOf } from "../../src/aws/sns/subscribers.ts"
import { siteFor } from "../../src/commands/site.ts"
import { spendingAlarmKind } from "../../src/steps/alarm.ts"
import { type Sandboxed, sandboxed } from "../aws/sandboxed.ts"
import { type World, world } from "./small-world.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let aws: Sandboxed
let at: World
let session: Session
beforeEach(async () => {
  aws = await sandboxed(1000)
  at = world()
  session = await aws.open()
  at.aws = session
  at.site = siteFor
})
afterEach(() => aws.close())

/** What the command said, in one line. */
async function run(line: string, code = 0): Promise<string> {
  at.said.out = ""
  at.said.err = ""
  expect([await at.run(line), at.said.err]).toEqual([code, expect.any(String)])
  return at.said.out.replaceAll(/\s+/g, " ")
}

/** All of the account but what has nothing to do with it. */
const bootstrap =
  "--without trail,analyzer,public-access-block,ebs-encryption,password-policy,contacts,cost-tags,service-linked-roles"

const hour = 3_600_000
const topic = "arn:aws:sns:us-east-1:111122223333:smart0dte_spending_alarms"
const month = { AccountId: "111122223333", BudgetName: "smart0dte_account_month" }

const told = async () => (await subscribersOf(session.sns, topic)).map(({ address }) => address).toSorted()
const amounts = async () => ((await spendingAlarmKind.list?.(session, [])) ?? []).map(({ name }) => name).toSorted()
const budget = async () => {
  const { Budget } = await session.budgets.send(new DescribeBudgetCommand(month))
  return Number(Budget?.BudgetLimit?.Amount)
}

const first = "billing setup --yes --email a@example.com --thresholds 100,200"
const second = "billing setup --yes --email b@example.com --thresholds 500 --budget 600"

describe("billing setup", () => {
  it("shows what is no longer wished, with its price, and takes it away with --prune alone", async () => {
    await run(first)
    const plan = await run(second)
    for (const what of [
      "spending-subscription/email/a@example.com",
      "spending-alarm/100-usd",
      "spending-alarm/200-usd",
    ])
      expect(plan).toContain(`? leftover ${what}`)
    expect(plan).toContain("it stays until --prune removes it")
    expect(plan).not.toMatch(/leftover (bucket|record|budget|spending-topic)/)
    expect(plan).toContain("0.30 USD a month")
    expect(await told()).toEqual(["a@example.com", "b@example.com"])

    await run(`${second} --prune`, 2)
    expect(at.said.err).toContain("--confirm=account")
    const gone = await run(`${second} --prune --confirm=account`)
    expect(gone).toContain("- destroy spending-alarm/100-usd")
    expect([await amounts(), await budget()]).toEqual([["500-usd"], 600])
    // Who never answered cannot be taken off: AWS forgets him.
    expect(gone).toContain("a question to a@example.com that was never answered")
    expect(await told()).toEqual(["a@example.com", "b@example.com"])
    aws.sandbox.world.clock.advance(49 * hour)
    expect(await told()).toEqual([])
  })

  it("takes off who has confirmed, and of what it was not told keeps what is there", async () => {
    await run("billing setup --yes --sms +12025550123 --thresholds 70 --budget 90")
    await run("billing setup --yes --email b@example.com --prune --confirm=account")
    expect([await told(), await amounts(), await budget()]).toEqual([["b@example.com"], ["70-usd"], 90])
    await run("billing setup --yes --thresholds 80 --prune --confirm=account")
    expect([await told(), await amounts(), await budget()]).toEqual([["b@example.com"], ["80-usd"], 90])
  })

  it("leaves alone what is not of the spending, and what is not ours", async () => {
    await run("bootstrap --yes --only ebs-encryption,trail")
    const rule = {
      Namespace: "AWS/Billing",
      MetricName: "EstimatedCharges",
      Statistic: "Maximum" as const,
      Period: 21_600,
    }
    const beyond = { ComparisonOperator: "GreaterThanThreshold" as const, Threshold: 10, EvaluationPeriods: 1 }
    await session.cloudwatch.send(new PutMetricAlarmCommand({ AlarmName: "theirs", ...rule, ...beyond }))
    expect(await run(`${first} --prune`)).not.toMatch(/leftover|destroy/)
    const { MetricAlarms = [] } = await session.cloudwatch.send(new DescribeAlarmsCommand({}))
    expect(MetricAlarms.map(({ AlarmName }) => AlarmName)).toContain("theirs")
    // What the others were wished to be is known still.
    await run("bootstrap plan --detailed-exitcode --only ebs-encryption,trail")
  })

  it("says in its help that flags count once, and where they are kept", async () => {
    const help = await run("billing setup --help")
    expect(help).toContain("A flag counts for this run.")
    expect(help).toContain("email, sms, webhook, and billing: { thresholds, budget }")
    expect(help).toContain("--prune")
  })
})

describe("bootstrap that is told nothing of the spending", () => {
  it("makes the defaults where nothing is there, and says that nobody is told", async () => {
    const plan = await run(`bootstrap --yes ${bootstrap}`)
    expect(plan).toContain("nobody is told of spending")
    expect(await amounts()).toEqual(["100-usd", "200-usd", "300-usd"])
    expect(await run(`bootstrap plan --detailed-exitcode ${bootstrap}`)).not.toContain("leftover")
  })

  it("changes nothing that billing setup was told, calls nothing of it left over, and says nothing false", async () => {
    await run(`bootstrap --yes ${bootstrap}`)
    await run(first)
    await run(`${second} --webhook https://hooks.example.com/alarms/0123456789`)
    const plan = await run(`bootstrap plan --prune --detailed-exitcode ${bootstrap}`)
    expect(plan).not.toMatch(/leftover|nobody is told|budget\/month/)
    await run(`bootstrap --yes --prune ${bootstrap}`)
    expect(await told()).toEqual(["a@example.com", "b@example.com", "https://hooks.example.com/alarms/0123456789"])
    expect(await amounts()).toEqual(["100-usd", "200-usd", "300-usd", "500-usd"])
    expect(await budget()).toBe(600)
  })

  it("counts in the price all that stays", async () => {
    await run(first)
    await run(second)
    expect(await run(`bootstrap cost ${bootstrap}`)).toContain("0.30 USD")
  })

  it("still sees what somebody took away or changed by hand, as far as that is known", async () => {
    await run(`bootstrap --yes ${bootstrap}`)
    await run("billing setup --yes --email a@example.com --thresholds 70,80")
    const usual = await budget()
    await session.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: ["smart0dte_spending_70-usd"] }))
    aws.sandbox.world.clock.advance(49 * hour)
    const NewBudget = {
      BudgetName: month.BudgetName,
      BudgetLimit: { Amount: "5000", Unit: "USD" },
      TimeUnit: "MONTHLY" as const,
      BudgetType: "COST" as const,
    }
    await session.budgets.send(new UpdateBudgetCommand({ AccountId: month.AccountId, NewBudget }))
    const Notification = {
      NotificationType: "ACTUAL" as const,
      ComparisonOperator: "GREATER_THAN" as const,
      Threshold: 80,
      ThresholdType: "PERCENTAGE" as const,
    }
    await session.budgets.send(new DeleteNotificationCommand({ ...month, Notification }))
    const drifted = await run(`bootstrap drift ${bootstrap}`, 4)
    expect(drifted).toContain("spending-alarm/70-usd")
    expect(drifted).toContain("spending-subscription/email/a@example.com")
    expect(drifted).toMatch(/budget\/month.*usd.*notices|budget\/month.*notices.*usd/)
    await run(`bootstrap --yes ${bootstrap}`)
    expect(await budget()).toBe(usual)
    expect(await amounts()).toContain("70-usd")
    await run(`bootstrap plan --detailed-exitcode ${bootstrap}`)
  })

  it("says what is left over where the file says otherwise", async () => {
    await run(second)
    at.settings.file = "email: [c@example.com]\nbilling: { thresholds: [50], budget: 70 }\n"
    const plan = await run(`bootstrap plan ${bootstrap}`)
    expect(plan).toContain("? leftover spending-subscription/email/b@example.com")
    expect(plan).toContain("? leftover spending-alarm/500-usd")
    expect(plan).toMatch(/budget\/month.*600.*70/)
  })

  it("takes all of it back with a destroy", async () => {
    await run(first)
    await run(second)
    await run("bootstrap destroy --confirm=account")
    expect([await amounts(), await told()]).toEqual([[], []])
  })
})
