import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch"
import { afterAll, beforeAll, expect, it, vi } from "vitest"
import type { Session } from "../../src/aws/clients.ts"
import { account } from "../../src/blueprints/account.ts"
import { kindsOf } from "../../src/blueprints/kinds.ts"
import { apply } from "../../src/engine/apply.ts"
import { observe } from "../../src/engine/observe.ts"
import { type Sandboxed, sandboxed } from "../aws/sandboxed.ts"
import { withItems } from "../laws/account-ground.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const region = "eu-central-1"
const wish = { ...withItems("spending-alarms", "budget"), place: { account: "111122223333", partition: "aws", region } }

let aws: Sandboxed
let here: Session
let virginia: Session
beforeAll(async () => {
  aws = await sandboxed(1000)
  here = await aws.open({ region })
  virginia = await aws.open({ region: "us-east-1" })
})
afterAll(() => aws.close())

const run = () => ({
  ctx: here,
  clock: here.clock,
  stop: new AbortController().signal,
  report: () => {},
  journal: { open: async (scope: string, key: string) => ({ nonce: `${scope} ${key}`, earlier: false }), close() {} },
  former: { load: async () => undefined, save: async () => {}, forget: async () => {} },
})

it("watches the spending from us-east-1, wherever the rest is, and finds it there again", async () => {
  expect((await apply(run(), account(wish), kindsOf("account"))).failed).toEqual([])
  const alarmsOf = async ({ cloudwatch }: Session) =>
    (await cloudwatch.send(new DescribeAlarmsCommand({}))).MetricAlarms ?? []
  expect(await alarmsOf(here)).toEqual([])
  const topic = "arn:aws:sns:us-east-1:111122223333:smart0dte_spending_alarms"
  expect(await alarmsOf(virginia)).toMatchObject([
    { AlarmName: "smart0dte_spending_100-usd", Namespace: "AWS/Billing", Threshold: 100, AlarmActions: [topic] },
    { AlarmName: "smart0dte_spending_200-usd", Namespace: "AWS/Billing", Threshold: 200, AlarmActions: [topic] },
  ])
  const { findings, leftovers } = await observe(here, account(wish), kindsOf("account"))
  expect(findings.filter(({ state }) => state !== "same").map(({ key }) => key)).toEqual([])
  expect(leftovers).toEqual([])
})

it("is found once in us-east-1 itself, and nothing of it is taken for left over", async () => {
  const place = { ...wish.place, region: "us-east-1" }
  const { findings, leftovers } = await observe(virginia, account({ ...wish, place }), kindsOf("account"))
  const watching = findings.filter(({ key }) => /^(spending|budget)/.test(key))
  expect(watching.map(({ state }) => state)).toEqual(watching.map(() => "same"))
  expect(leftovers).toEqual([])
})
