import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { CreateVpcCommand, DescribeVpcsCommand } from "@aws-sdk/client-ec2"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { SAVE_EVERY, startClock } from "../../src/sandbox/clock.ts"
import { inProcess } from "../../src/sandbox/in-process.ts"
import { admin } from "../../src/sandbox/remote.ts"
import { loadState, saveState } from "../../src/sandbox/state-file.ts"
import { openStore } from "../../src/sandbox/store.ts"
import { clientsOf, tinyServices } from "./tiny.ts"

const empty = { account: "1", sequence: 0, tables: new Map() }

describe("the store", () => {
  it("keeps nothing of a draft that is not committed", () => {
    const store = openStore(empty)
    const draft = store.open(0)
    draft.table("t").put("a", { n: 1 })
    expect(draft.table("t").get("a")).toEqual({ n: 1 })
    expect(store.view(0, 0).table("t").has("a")).toBe(false)
    draft.commit()
    expect(store.view(0, 0).table("t").get("a")).toEqual({ n: 1 })
  })

  it("lists records oldest first, and keeps the place of one that changes", () => {
    const store = openStore(empty)
    const draft = store.open(0)
    const table = draft.table<{ n: number }>("t")
    for (const id of ["10", "b", "2"]) table.put(id, { n: 1 })
    table.put("10", { n: 2 })
    expect(table.delete("b")).toBe(true)
    expect(table.delete("b")).toBe(false)
    table.put("b", { n: 3 })
    draft.commit()
    expect(store.view(0, 0).table("t").entries()).toEqual([
      ["10", { n: 2 }],
      ["2", { n: 1 }],
      ["b", { n: 3 }],
    ])
    expect(store.view(0, 0).table("t").all()).toHaveLength(3)
  })

  it("does not let a record be changed in place, nor one that no file could hold", () => {
    const table = openStore(empty).open(0).table<object>("t")
    const record = { list: [{ n: 1 }] }
    table.put("a", record)
    expect(() => record.list.push({ n: 2 })).toThrow(TypeError)
    for (const value of [new Date(), new Uint8Array(1), new Map(), () => 1, 1n]) {
      expect(() => table.put("b", { value })).toThrow(/cannot keep a \w+ in t b: records are plain JSON/)
    }
  })

  it("does not let a read write", () => {
    const view = openStore(empty).view(0, 0)
    expect(() => view.table("t").put("a", {})).toThrow(/listed among its service's reads writes to the table t/)
    expect(() => view.table("t").delete("a")).toThrow(/take it off that list/)
  })

  it("gives each record the time of its first being put", () => {
    const store = openStore(empty)
    for (const now of [100, 200]) {
      const draft = store.open(now)
      draft.table("t").put("a", { now })
      draft.table("t").put(`b${now}`, { now })
      draft.commit()
    }
    expect(store.view(250, 100).table("t").all()).toEqual([{ now: 200 }, { now: 100 }])
    expect(store.view(250, 200).table("t").all()).toEqual([])
  })
})

describe("on disk", () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "sandbox-store-"))
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  it("the state is what it was", () => {
    const file = join(dir, "state.json")
    const tables = new Map([["t", new Map([["7", { born: 5, record: { text: "é💾" } }]])]])
    const saved = { contents: { account: "1", sequence: 9, tables }, time: { simulated: 4, wall: 3 }, enforced: true }
    expect(loadState(file)).toBeUndefined()
    saveState(file, saved)
    expect(loadState(file)).toEqual(saved)
    expect(readdirSync(dir)).toEqual(["state.json"])
  })

  it("a state of another version is not read", () => {
    writeFileSync(join(dir, "state.json"), JSON.stringify({ version: 2 }))
    expect(() => loadState(join(dir, "state.json"))).toThrow(/has version 2, not 1: remove it/)
  })

  it("a handler that throws leaves nothing, in memory or in the file", async () => {
    const first = await inProcess({ services: tinyServices(), dir })
    const { ec2 } = clientsOf(first.connection)
    await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }))
    const before = await admin(first.connection).snapshot()
    await expect(ec2.send(new CreateVpcCommand({ CidrBlock: "throw" }))).rejects.toThrow("The CIDR 'throw' is invalid.")
    expect(await admin(first.connection).snapshot()).toEqual(before)
    await first.close()
    const second = await inProcess({ services: tinyServices(), dir, account: "999999999999" })
    expect(await admin(second.connection).snapshot()).toEqual(before)
    expect(second.connection.account).toBe(first.connection.account)
    const { Vpcs } = await clientsOf(second.connection).ec2.send(new DescribeVpcsCommand({}))
    expect(Vpcs).toEqual(Object.values(before.vpc ?? {}))
    await second.close()
  })

  it("ids are the same for the same history, and never come back", async () => {
    const ids = async () => {
      const sandbox = await inProcess({ services: tinyServices() })
      const { ec2 } = clientsOf(sandbox.connection)
      const made: (string | undefined)[] = []
      for (let count = 0; count < 3; count++) {
        made.push((await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }))).Vpc?.VpcId)
        if (count === 1) await admin(sandbox.connection).reset()
      }
      expect(Object.keys((await admin(sandbox.connection).snapshot()).vpc ?? {})).toEqual([made[2]])
      await sandbox.close()
      return made
    }
    const first = await ids()
    expect(new Set(first).size).toBe(3)
    expect(await ids()).toEqual(first)
  })
})

describe("the clock", () => {
  it("runs at its speed, and can be advanced", () => {
    let wall = 1_000_000
    const clock = startClock(60, undefined, () => wall)
    expect(clock.now()).toBe(1_000_000)
    wall += 1000
    expect(clock.now()).toBe(1_060_000)
    clock.advance(500)
    expect(clock.moment()).toEqual({ simulated: 1_060_500, wall })
  })

  it("goes on after a restart, never back, and slowly while nobody runs it", () => {
    const saved = { simulated: 5_000_000, wall: 1_000_000 }
    const resumed = (wall: number) => startClock(60, saved, () => wall).now()
    expect(resumed(saved.wall + 1000)).toBe(5_060_000)
    expect(resumed(saved.wall - 1000)).toBe(5_000_000)
    const hour = 3_600_000
    expect(resumed(saved.wall + SAVE_EVERY + hour)).toBe(5_000_000 + SAVE_EVERY * 60 + hour)
  })
})
