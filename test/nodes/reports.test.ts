import { DeleteObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3"
import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand } from "@aws-sdk/client-ssm"
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { stateBucketName } from "../../src/aws/names.ts"
import { healthOf } from "../../src/nodes/health.ts"
import { nodeGround, place } from "./ground.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const on = nodeGround()
const one = { "mag7-7dte": { enabled: false } }
const and = (more: object) => ({ ...one, "smart-0dte": { enabled: true, ...more } })

beforeAll(async () => {
  expect((await on.deploy(one)).failed).toEqual([])
})
beforeEach(() => {
  on.machine.fails.clear()
  on.machine.orders.length = 0
})

const at = (name: string) => `/smart0dte/poc/${name}`
const textOf = async (name: string) =>
  (await on.cloud.ssm.send(new GetParameterCommand({ Name: at(name) }))).Parameter?.Value ?? ""
const say = (name: string, Value: string) =>
  on.cloud.ssm.send(new PutParameterCommand({ Name: at(name), Value, Type: "String", Overwrite: true }))
const saying = async (name: string, changed: object) =>
  say(name, JSON.stringify({ ...JSON.parse(await textOf(name)), ...changed }))
const forget = (name: string) => on.cloud.ssm.send(new DeleteParameterCommand({ Name: at(name) }))
const found = async (key: string, systems: Parameters<typeof on.look>[0] = one) =>
  (await on.look(systems)).findings.find((finding) => finding.key === key)
const failuresOf = ({ failed }: Awaited<ReturnType<typeof on.deploy>>) =>
  failed.map(({ step, error }) => [step.key, error instanceof Error ? error.message : error])

describe("a report", () => {
  it.each(["", "not JSON", "[1, 2", "null", '"text"'])(
    "of %j is a failure, which the next run writes over",
    async (text) => {
      await say("state/databases/main", text || " ")
      expect((await found("databases/main"))?.found?.phase).toMatchObject({
        failed: expect.stringContaining("on node unknown: its report cannot be read: "),
        hint: "run the same command again when it is mended: what is made already stays as it is",
      })
      expect(failuresOf(await on.deploy(one))).toEqual([])
      expect(on.machine.orders).toContain("databases")
      expect((await on.deploy(one)).done).toEqual([])
    },
  )

  it("of a phase that nobody knows, and without a reason, is a failure that says so", async () => {
    await saying("state/databases/main", { phase: "dancing" })
    expect((await found("databases/main"))?.found?.phase).toMatchObject({
      failed: expect.stringMatching(/^on node i-\w+: it gave no reason$/),
    })
    expect(failuresOf(await on.deploy(one))).toEqual([])
  })

  it("of another node is none of this one: it is told again", async () => {
    await saying("state/influx/main", { node: "i-0fedcba9876543210" })
    const changes = (await found("influx/main"))?.changes
    expect(changes?.map(({ field, live }) => [field, live])).toEqual([["node", "i-0fedcba9876543210"]])
    expect(failuresOf(await on.deploy(one))).toEqual([])
    expect(on.machine.orders).toContain("influx")
  })

  it("that is still being worked on for another wish is not waited for", async () => {
    await saying("state/images/smart-0dte", { phase: "pending", wish: "0000000000000000" })
    expect(failuresOf(await on.deploy(one))).toEqual([])
    expect(on.machine.orders).toContain("images smart-0dte")
  })
})

describe("the first start of a node", () => {
  it("is not waited for again where its report is lost: a node that spoke is asked to say so anew", async () => {
    await forget("state/node/main")
    expect(failuresOf(await on.deploy(one))).toEqual([])
    expect(on.machine.orders).toEqual(["files"])
    expect(JSON.parse(await textOf("state/node/main"))).toMatchObject({ phase: "ready" })
  })

  it("that brought other files is followed by ours", async () => {
    await saying("state/node/main", { wish: "0000000000000000" })
    expect(failuresOf(await on.deploy(one))).toEqual([])
    expect(on.machine.orders).toEqual(["files"])
  })
})

describe("images that cannot be built", () => {
  it("leave what runs alone, say why, and are taken up again without a new checkout", async () => {
    on.machine.fails.set("images/smart-0dte", "the image of backend could not be built: no such file")
    const runs = await textOf("state/system/smart-0dte")
    const wish = and({ ref: "v9" })
    const { failed, skipped } = await on.deploy(wish)
    expect(failed.map(({ step, error }) => [step.key, error])).toEqual([
      [
        "images/smart-0dte",
        expect.objectContaining({
          message: expect.stringContaining("the image of backend could not be built: no such file"),
          hint: expect.stringContaining("smart0dte release smart-0dte; or give other build commands"),
        }),
      ],
    ])
    expect(skipped.map(({ step }) => step.key)).toEqual(["system/smart-0dte"])
    expect(await textOf("state/system/smart-0dte")).toBe(runs)
    on.machine.fails.clear()
    on.machine.orders.length = 0
    expect(failuresOf(await on.deploy(wish))).toEqual([])
    expect(on.machine.orders).toEqual(["images smart-0dte", "system smart-0dte"])
    expect(failuresOf(await on.deploy(and({ ref: "main" })))).toEqual([])
  })
})

describe("the override", () => {
  const Bucket = stateBucketName(place)
  const files = async (folder: string) => {
    const Prefix = `environments/poc/${folder}/smart-0dte/`
    const { Contents = [] } = await on.cloud.s3.send(new ListObjectsV2Command({ Bucket, Prefix }))
    return Contents.map(({ Key = "" }) => Key)
  }

  it("is another file for other settings, is named when it is there, and the same one for the same", async () => {
    const before = await textOf("overrides/smart-0dte")
    const asked = on.sandbox.world.trace.list().length
    expect(failuresOf(await on.deploy(and({ services: { backend: { memory: "3g" } } })))).toEqual([])
    const after = await textOf("overrides/smart-0dte")
    expect(after).not.toBe(before)
    expect(await files("override")).toEqual(expect.arrayContaining([before, after]))
    const steps = on.sandbox.world.trace.list().slice(asked)
    const when = (operation: string, name: string) =>
      steps.findIndex((entry) => entry.operation === operation && JSON.stringify(entry.input).includes(name))
    expect(when("PutObject", after)).toBeGreaterThanOrEqual(0)
    expect(when("PutObject", after)).toBeLessThan(when("PutParameter", "overrides/smart-0dte"))
    expect(failuresOf(await on.deploy(one))).toEqual([])
    expect(await textOf("overrides/smart-0dte")).toBe(before)
  })

  it("for which the project's file is gone says how to get it again, and names nothing", async () => {
    const before = await textOf("overrides/smart-0dte")
    const kept = await files("compose")
    for (const Key of kept) await on.cloud.s3.send(new DeleteObjectCommand({ Bucket, Key }))
    const { failed } = await on.deploy(and({ services: { backend: { memory: "4g" } } }))
    expect(failed.map(({ step, error }) => [step.key, error])).toEqual([
      [
        "override/smart-0dte",
        expect.objectContaining({
          message: expect.stringContaining("the Compose file of smart-0dte is not where the node should have put it"),
          hint: "fetch it again with: smart0dte release smart-0dte",
        }),
      ],
    ])
    expect(await textOf("overrides/smart-0dte")).toBe(before)
    // What a release does: the node is asked for its checkout anew, and puts the file there again.
    await forget("state/checkout/smart-0dte")
    expect(failuresOf(await on.deploy(one))).toEqual([])
    expect(await files("compose")).toEqual(kept)
  })
})

describe("what both systems share", () => {
  it.each([
    ["databases", "the database does not answer"],
    ["influx", "the volume is not attached"],
  ])("%s that fail hold the systems up, and nothing else", async (kind, why) => {
    on.machine.fails.set(`${kind}/main`, why)
    await saying(`state/${kind}/main`, { wish: "0000000000000000" })
    const { failed, skipped } = await on.deploy(and({ ref: `for-${kind}` }))
    expect(failed.map(({ step }) => step.key)).toEqual([`${kind}/main`])
    expect(skipped.map(({ step }) => step.key)).toEqual(["system/smart-0dte"])
    expect(on.machine.orders).toEqual(expect.arrayContaining(["checkout smart-0dte", "images smart-0dte"]))
    on.machine.fails.clear()
    expect(failuresOf(await on.deploy(one))).toEqual([])
  })
})

describe("the health of systems", () => {
  it("is what the node's watch said last, and unknown where nobody can read it", async () => {
    await say("state/health/smart-0dte", '{"health":"unhealthy"}')
    await say("state/health/mag7-7dte", "no JSON")
    expect(await healthOf(on.cloud, "poc")).toMatchObject({ "smart-0dte": "unhealthy", "mag7-7dte": "unknown" })
    await say("state/health/smart-0dte", '{"health":"splendid"}')
    expect(await healthOf(on.cloud, "poc")).toMatchObject({ "smart-0dte": "unknown" })
    await say("state/health/smart-0dte", '{"health":"healthy"}')
    expect(await healthOf(on.cloud, "poc")).toMatchObject({ "smart-0dte": "healthy" })
    expect(await healthOf(on.cloud, "elsewhere")).toEqual({})
    await forget("state/health/mag7-7dte")
  })
})

describe("a system that is no longer wanted", () => {
  const none = { ...one, "smart-0dte": { enabled: false } }

  it("and cannot be taken off its node stays in what is known, with what to do", async () => {
    on.machine.fails.set("remove", "the disk of this node is full")
    const { failed } = await on.deploy(none, { prune: true })
    expect(failed.map(({ step, error }) => [step.key, error])).toEqual([
      [
        "system/smart-0dte",
        expect.objectContaining({
          message: expect.stringMatching(/smart-0dte could not be taken off i-\w+: the disk of this node is full/),
          hint: "run the same command again; smart0dte shell leads to the node",
        }),
      ],
    ])
    expect(await textOf("state/system/smart-0dte")).toContain("ready")
  })

  it("goes with what its node's watch said of it", async () => {
    await say("state/health/smart-0dte", '{"health":"healthy"}')
    expect(failuresOf(await on.deploy(none, { prune: true }))).toEqual([])
    expect(on.machine.orders).toContain("remove smart-0dte")
    expect(await healthOf(on.cloud, "poc")).toEqual({})
    expect((await on.look(none)).leftovers).toEqual([])
  })
})
