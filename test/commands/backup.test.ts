import { GetObjectCommand } from "@aws-sdk/client-s3"
import { beforeEach, describe, expect, it, vi } from "vitest"
import { keptOf } from "../../src/commands/backups.ts"
import { bench } from "../steps/bench.ts"
import { lasting } from "./lasting.ts"
import { type World, world } from "./small-world.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const on = bench()
const scope = "poc"
let at: World
beforeEach(() => {
  at = world()
  at.aws = on.cloud
  at.records.push(scope)
})

const rows = () => at.lines().filter(({ type }) => type === "backup")

describe("backup", () => {
  it("keeps what there is and says what there is not", async () => {
    expect(await at.run("backup list")).toBe(0)
    expect(at.said.out).toContain("0 backups")
    expect(at.said.out).toContain("next: smart0dte backup create --env poc")
    // Nothing was deployed: there is not even a bucket for the configuration.
    expect(await at.run("backup create")).toBe(1)
    expect(at.said.err).toContain("there is no database in poc: none is kept")
    expect(at.said.out).toContain("failed backup/configuration")
  })

  it("keeps database, time series and configuration under one name, and shows them", async () => {
    await on.make(...lasting(on.cloud))
    at.settings.file = "diskGb: 200"
    expect(await at.run("backup create --output json")).toBe(0)
    const made = rows()
    expect(made.map(({ part, state, origin }) => [part, state, origin]).toSorted()).toEqual([
      ["configuration", "ready", "backup"],
      ["database", "ready", "backup"],
      ["influx", "ready", "backup"],
    ])
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    expect(made.find(({ part }) => part === "database")).toMatchObject({ gb: 50, atMostUsd: 4.75, ageDays: 0 })
    expect(made.find(({ part }) => part === "influx")).toMatchObject({ gb: 20, atMostUsd: 1 })
    expect(at.journal).toEqual(["lock poc to back up poc", "release", "close"])
    const configuration = made.find(({ part }) => part === "configuration")
    const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(String(configuration?.name)) ?? []
    const { Body } = await on.cloud.s3.send(new GetObjectCommand({ Bucket, Key }))
    expect(JSON.parse((await Body?.transformToString()) ?? "")).toMatchObject({
      schema: "smart0dte-backup/1",
      scope: "poc",
      settings: { diskGb: 200 },
    })
  })

  it("lists them, those that AWS makes by itself, and their price", async () => {
    expect(await at.run("backup list")).toBe(0)
    expect(at.said.out).toMatch(/\d{8}-\d{6} {2}database {7}50 GB, .* UTC \(today\), at most 4\.75 USD a month/)
    expect(at.said.out).toMatch(
      /automatic {8}database {7}50 GB, .* UTC \(today\)\n {6}rds:smart0dte-poc-postgres-\d{4}-/,
    )
    expect(at.said.out).toMatch(/4 backups, at most 5\.75 USD a month/)
  })

  it("is told of by whoever takes the environment down", async () => {
    expect(await keptOf(on.cloud, scope)).toEqual([
      expect.stringMatching(/^backup\/(database|influx): the snapshot .*, (4\.75|1\.00) USD a month, made on \d{4}-/),
      expect.stringMatching(/^backup\/(database|influx): the snapshot .*, (4\.75|1\.00) USD a month, made on \d{4}-/),
    ])
    expect(await keptOf(on.cloud, "dev")).toEqual([])
  })

  it("says which part failed, keeps the others, and ends with 7", async () => {
    on.sandbox.world.faults.set([{ name: "quota", quota: "L-272F1212", value: 1 }])
    const code = await at.run("backup create --output json")
    on.sandbox.world.faults.set([])
    expect(code).toBe(7)
    expect(at.lines().at(-1)).toMatchObject({ backups: 2, failed: [{ step: "backup/database" }] })
  })

  it("keeps a disk once, also when the answer to that is lost", async () => {
    on.sandbox.world.faults.set([{ name: "lost", operation: "ec2:CreateSnapshot", times: 1 }])
    const code = await at.run("backup create --output json")
    on.sandbox.world.faults.set([])
    expect(code).toBe(0)
    expect(rows().filter(({ part }) => part === "influx")).toHaveLength(1)
  })
})
