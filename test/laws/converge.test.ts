import { ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { SingleWish } from "../../src/blueprints/single.ts"
import { census, deviations, forget, mutations, standing, type Thing, taggable } from "./evidence.ts"
import { deploy, type Ground, ground, look, takeDown } from "./ground.ts"
import { neighbour } from "./neighbour.ts"
import { surprises, withoutRemains } from "./remains.ts"
import { defaults, everything, lean } from "./wishes.ts"

vi.setConfig({ testTimeout: 60_000 })

let on: Ground
beforeEach(async () => {
  on = await ground()
})
afterEach(() => on.close())

const nothing = { done: [], failed: [], skipped: [], remains: [] }

describe.each([
  ["with all options", everything, { "ec2/nat-gateway": 1, "ec2/flow-log": 1, "ec2/key-pair": 1, "s3/bucket": 4 }],
  ["as the defaults are", defaults, { "ec2/nat-gateway": 1, "ec2/address": 1, "s3/bucket": 3 }],
  ["without a NAT gateway", lean, { "ec2/vpc": 1, "ec2/subnet": 4, "ec2/instance": 1, "s3/bucket": 3 }],
] as const)("an environment %s", (_, wish: SingleWish, has) => {
  it("is as wanted after one run, tagged at birth, and a second run changes nothing", async () => {
    expect(await deploy(on, wish)).toMatchObject({ failed: [], skipped: [], remains: [] })
    expect(deviations(await look(on, wish))).toEqual([])
    expect(mutations(on).filter((call) => /Tag/.test(call))).toEqual([])

    forget(on)
    expect(await deploy(on, wish)).toEqual(nothing)
    expect(mutations(on)).toEqual([])

    const things = standing(on)
    expect(census(things)).toMatchObject(has)
    for (const { what, tags } of taggable(things)) {
      const scope = tags["smart0dte:step"] === "bucket/state" ? "account" : "poc"
      const identity = { "smart0dte:scope": scope, "smart0dte:environment": scope, "smart0dte:step": stepOf(what) }
      expect(tags, what).toMatchObject(identity)
    }
    expect(taggable(things).length).toBeGreaterThan(15)
  })

  it("leaves what was there before and the bucket of states when it is destroyed, and then nothing to destroy", async () => {
    await neighbour(on.outsider)
    const before = standing(on)
    await deploy(on, wish)
    const outcome = await takeDown(on, wish)
    expect(outcome).toMatchObject({ failed: [], skipped: [] })
    expect(surprises(outcome)).toEqual([])
    expect(outcome.remains.map(({ step }) => step.key)).toContain("database/postgres")
    const after = withoutRemains(standing(on))
    expect(after.filter(({ id }) => !isState(id))).toEqual(before)
    // The bucket keeps former versions for a while; it shows none of them.
    const { Contents = [] } = await on.outsider.s3.send(new ListObjectsV2Command({ Bucket: stateBucket }))
    expect(Contents.map(({ Key }) => Key)).toEqual([])

    forget(on)
    expect(await takeDown(on, wish)).toEqual(nothing)
    expect(mutations(on)).toEqual([])
  })
})

describe("what holds data", () => {
  const bucket = "smart0dte-111122223333-us-east-1-poc-flow-logs"
  let before: readonly Thing[]
  beforeEach(async () => {
    before = standing(on)
    await deploy(on, everything)
    await on.outsider.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "AWSLogs/1.gz", Body: "a flow" }))
  })

  it("remains after a destroy, said with its price, and a later run uses it again", async () => {
    const { failed, remains } = await takeDown(on, everything)
    expect(failed).toEqual([])
    expect(remains.filter(({ step }) => step.kind === "bucket")).toEqual([
      {
        step: expect.objectContaining({ key: "bucket/flow-logs" }),
        what: expect.stringMatching(/flow-logs with 1 object: 0\.00 GB, 0\.00 USD a month on \d{4}-\d\d-\d\d$/),
      },
    ])
    expect(standing(on).map(({ id }) => id)).toContain(`${bucket}/AWSLogs/1.gz`)
    forget(on)
    expect((await takeDown(on, everything)).remains).toHaveLength(1)
    expect(mutations(on)).toEqual([])

    expect((await deploy(on, everything)).failed).toEqual([])
    expect(deviations(await look(on, everything))).toEqual([])
    expect(standing(on).map(({ id }) => id)).toContain(`${bucket}/AWSLogs/1.gz`)
  })

  it("goes when that is asked for", async () => {
    const outcome = await takeDown(on, everything, true)
    expect(outcome.failed).toEqual([])
    expect(surprises(outcome)).toEqual([])
    expect(outcome.remains.filter(({ step }) => ["bucket", "database"].includes(step.kind))).toEqual([])
    expect(census(standing(on))).not.toHaveProperty(["rds/snapshot"])
    expect(withoutRemains(standing(on)).filter(({ id }) => !isState(id))).toEqual(before)
  })
})

const stateBucket = "smart0dte-111122223333-us-east-1-state"

const isState = (id: string) => id.startsWith(stateBucket)

/** A disk and a network interface are born with their instance, and bear its name. */
function stepOf(what: string) {
  const kinds: Readonly<Record<string, string>> = {
    "ec2/volume": "(instance|volume)",
    "ec2/network-interface": "instance",
    "ec2/vpc-endpoint": "endpoint",
    "acm/certificate": "certificate",
    "cloudwatch/alarm": "alarm",
    "elasticache/parameter-group": "cache-parameters",
    "elasticache/replication-group": "cache",
    "elasticache/subnet-group": "cache-subnet-group",
    "elasticache/user": "cache-user",
    "elbv2/rule": "listener",
    "elasticache/user-group": "cache-user-group",
    "rds/instance": "database",
    "rds/parameter-group": "database-parameters",
    "rds/subnet-group": "database-subnet-group",
    "ssm/parameter": "(choice|setting|override)",
  }
  return expect.stringMatching(new RegExp(`^${kinds[what] ?? what.split("/")[1]}/[a-z0-9./-]+$`))
}
