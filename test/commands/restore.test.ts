import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DescribeDBSnapshotsCommand } from "@aws-sdk/client-rds"
import { PutParameterCommand } from "@aws-sdk/client-ssm"
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { keepDatabase } from "../../src/aws/backups/database.ts"
import { parameterName } from "../../src/aws/names.ts"
import { sourceOf } from "../../src/aws/source.ts"
import { refuseUnfit } from "../../src/commands/restorable.ts"
import { savedSettings } from "../../src/config/saved.ts"
import type { Settings } from "../../src/config.ts"
import { run as runMain } from "../../src/main.ts"
import { databaseKind } from "../../src/steps/database.ts"
import { volumeKind } from "../../src/steps/volume.ts"
import { bench, there } from "../steps/bench.ts"
import { lasting, lastingSite } from "./lasting.ts"
import { type World, world } from "./small-world.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const on = bench()
const scope = "poc"
let at: World
let folder: string
let id: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "restore-"))
  await on.make(...lasting(on.cloud))
  const first = fresh()
  first.settings.file = "diskGb: 200"
  expect(await first.run("backup create --output json")).toBe(0)
  id = String(first.lines().find(({ type }) => type === "backup")?.id)
})
afterAll(() => rm(folder, { recursive: true, force: true }))
beforeEach(() => {
  at = fresh()
})

function fresh(): World {
  const one = world()
  one.aws = on.cloud
  one.records.push(scope)
  one.site = async (environment, _settings, cloud, _allowed, sources) => lastingSite(environment, cloud, sources)
  return one
}

async function standing() {
  const [databases = [], volumes = []] = await Promise.all([
    databaseKind.list?.(on.cloud, [scope]),
    volumeKind.list?.(on.cloud, [scope]),
  ])
  return { database: there(databases[0]).live, volume: there(volumes.find(({ phase }) => phase === "ready")).live }
}

const sure = "--yes --confirm=poc"

describe("backup restore", () => {
  it("does not guess: a name that is not there is told with the nearest", async () => {
    expect(await at.run("backup restore latest")).toBe(2)
    expect(at.said.err).toContain('there is no backup "latest" of poc')
    expect(at.said.err).toContain("see them all with: smart0dte backup list --env poc")
    expect(await at.run(`backup restore ${id.slice(0, -1)}x`)).toBe(2)
    expect(at.said.err).toContain(`did you mean ${id}?`)
  })

  it("shows what it would make anew and what is lost, and wants the environment's name", async () => {
    const before = await standing()
    expect(await at.run(`backup restore ${id}`)).toBe(2)
    expect(at.said.out).toMatch(/-\/\+ replace database\/postgres/)
    expect(at.said.out).toMatch(/-\/\+ replace volume\/influx/)
    expect(at.said.out.replace(/\s+/g, " ")).toMatch(
      /note: what was written to the database since \d{4}-\d\d-\d\d \d\d:\d\d UTC is not in this backup/,
    )
    expect(at.said.err).toContain("confirm it with --confirm=poc")
    expect(await at.run(`backup restore ${id} --confirm=poc`)).toBe(2)
    expect(at.said.err).toContain("backup restore asks before it changes anything")
    expect(await at.run(`backup restore ${id} --yes --confirm=prod`)).toBe(3)
    at.terminal.interactive = true
    at.answers.push("dev")
    expect(await at.run(`backup restore ${id}`)).toBe(3)
    expect(at.asked).toEqual(["taking away database/postgres, volume/influx: type poc to confirm"])
    expect(await standing()).toEqual(before)
    expect(at.journal.filter((line) => line.startsWith("lock"))).toEqual([])
  })

  it("is refused while a system is live, before anything is shown, and is none of that once it is halted", async () => {
    const live = { mode: "live", trader: "i-1", since: "", digest: "", limits: "", account: "" } as const
    const trades = (trading: "active" | "halted") => async () => ({
      record: {
        ...({ schema: 1, scope, epoch: 1, at: "", by: "", run: "" } as const),
        systems: { "smart-0dte": { ...live, trading } },
      },
      etag: "1",
    })
    const runWith = async (trading: "active" | "halted", line: string) => {
      await at.run("sandbox")
      at.said.err = ""
      const { app } = at
      const account: typeof app.account = async (config) => ({
        ...(await app.account(config)),
        trading: trades(trading),
      })
      return runMain({ ...app, account }, line.split(" "))
    }
    const before = await standing()
    expect(await runWith("active", `backup restore ${id} ${sure}`)).toBe(3)
    expect(at.said.err).toContain("smart-0dte is live in poc: backup restore would disturb it")
    expect(await standing()).toEqual(before)
    expect(at.journal.filter((line) => line.startsWith("lock"))).toEqual([])
    // It is asked about then, as ever.
    expect(await runWith("halted", `backup restore ${id}`)).toBe(2)
    expect(at.said.err).toContain("confirm it with --confirm=poc")
  })

  it("makes the time series alone anew, where only they are meant", async () => {
    const before = await standing()
    expect(await at.run(`backup restore ${id} --part influx ${sure} --output json`)).toBe(0)
    const after = await standing()
    expect(after.volume.id).not.toBe(before.volume.id)
    expect(after.database.id).toBe(before.database.id)
    expect(at.lines().at(-1)).toMatchObject({ outcome: "done", next: ["smart0dte status", "smart0dte backup list"] })
    expect(at.journal).toContain("lock poc to restore poc")
  })

  it("makes both anew from the same backup again, and leaves what was there", async () => {
    const before = await standing()
    at.terminal.interactive = true
    at.answers.push("poc", true)
    expect(await at.run(`backup restore ${id}`)).toBe(0)
    expect(at.asked.at(-1)).toBe("backup restore poc?")
    const after = await standing()
    expect([after.database.id, after.volume.id]).not.toContain(before.database.id)
    expect(after.volume.id).not.toBe(before.volume.id)
    expect(after.database.source).toContain(`smart0dte-poc-postgres-backup-${id} wished at `)
    expect(at.said.out).toMatch(/database\/postgres: the snapshot smart0dte-poc-postgres-final-/)
  })

  it("can be undone: what it left is gone back to by its own name", async () => {
    const { DBSnapshots = [] } = await on.cloud.rds.send(new DescribeDBSnapshotsCommand({ SnapshotType: "manual" }))
    const last = there(DBSnapshots.find(({ DBSnapshotIdentifier: name = "" }) => name.includes("-final-")))
    expect(await at.run(`backup restore ${last.DBSnapshotIdentifier} ${sure}`)).toBe(0)
    expect((await standing()).database.source).toContain(last.DBSnapshotIdentifier)
  })

  it("copies what RDS keeps by itself before that goes with its database", async () => {
    const { DBSnapshots = [] } = await on.cloud.rds.send(new DescribeDBSnapshotsCommand({ SnapshotType: "automated" }))
    const name = there(DBSnapshots[0]?.DBSnapshotIdentifier)
    expect(await at.run(`backup restore ${name} ${sure}`)).toBe(0)
    const copy = `${name.slice("rds:".length)}-kept`
    expect((await standing()).database.source).toContain(copy)
    const list = fresh()
    expect(await list.run("backup list --output json")).toBe(0)
    expect(list.lines().find((row) => row.name === copy)).toMatchObject({
      origin: "backup",
      id: expect.stringMatching(/^\d{8}-\d{6}$/),
    })
    expect(list.lines().map((row) => row.name)).not.toContain(name)
  })

  it("takes nothing away where that copy cannot be made", async () => {
    const { DBSnapshots = [] } = await on.cloud.rds.send(new DescribeDBSnapshotsCommand({ SnapshotType: "automated" }))
    const before = await standing()
    on.sandbox.world.faults.set([{ name: "quota", quota: "L-272F1212", value: 1 }])
    const code = await at.run(`backup restore ${DBSnapshots[0]?.DBSnapshotIdentifier} ${sure}`)
    on.sandbox.world.faults.set([])
    expect(code).toBe(1)
    expect(await standing()).toEqual(before)
  })

  it("goes on with a wish for the same backup that was not carried out to its end", async () => {
    const wish = sourceOf(`smart0dte-poc-postgres-backup-${id}`, on.cloud.clock.now())
    const Name = parameterName(scope, "choices", "database-source")
    await on.cloud.ssm.send(new PutParameterCommand({ Name, Value: wish, Overwrite: true }))
    await on.cloud.clock.sleep(5_000)
    expect(await at.run(`backup restore ${id} --part database ${sure}`)).toBe(0)
    expect((await standing()).database.source).toBe(wish)
  })

  it("refuses what the environment cannot take, and a part that is not there", async () => {
    at.settings.file = "databaseMajor: 14"
    expect(await at.run(`backup restore ${id} ${sure}`)).toBe(3)
    expect(at.said.err).toMatch(/is of PostgreSQL 15\.\d+, and databaseMajor is 14/)
    const identifier = "smart0dte-poc-postgres"
    await keepDatabase(on.cloud, { scope, key: "database/postgres", identifier }, "20990101-000000")
    expect(await at.run("backup restore 20990101-000000 --part influx")).toBe(2)
    expect(at.said.err).toContain("the backup 20990101-000000 has no influx: it has database")
  })

  it("refuses what is not ready, and more than the database may grow to", () => {
    const kept = { part: "database", name: "large", made: new Date(), state: "ready", origin: "backup" } as const
    const { settings } = savedSettings({ databaseGb: 20 }) as { settings: Settings }
    expect(() => refuseUnfit([{ ...kept, gb: 72 }], settings)).not.toThrow()
    expect(() => refuseUnfit([{ ...kept, gb: 100 }], settings)).toThrow(
      expect.objectContaining({ hint: "nothing was changed; set databaseGb to 28 or more" }),
    )
    expect(() => refuseUnfit([{ ...kept, state: "pending", gb: 1 }], settings)).toThrow("large is not ready yet")
    expect(() => refuseUnfit([{ ...kept, state: "failed", gb: 1 }], settings)).toThrow(/has given up large/)
  })

  it("writes the configuration of that time down, and over no file that is there", async () => {
    expect(await at.run(`backup restore ${id} --part configuration`)).toBe(0)
    expect(at.said.out).toMatch(new RegExp(`^# poc as backup ${id} kept it\\n`))
    expect(at.said.out).toContain("diskGb: 200\n")
    const out = join(folder, "then.yaml")
    expect(await at.run(`backup restore ${id} --part configuration --out ${out}`)).toBe(0)
    expect(await readFile(out, "utf8")).toContain("diskGb: 200\n")
    expect(await at.run(`backup restore ${id} --part configuration --out ${out}`)).toBe(2)
    expect(at.said.err).toContain("is there already")
    const { length } = at.journal.filter((line) => line.startsWith("lock"))
    expect(length).toBe(0)
  })
})
