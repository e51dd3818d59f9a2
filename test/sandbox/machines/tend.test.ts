import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { type MachinePaths, machinePaths } from "../../../src/sandbox/machines/paths.ts"
import { tend } from "../../../src/sandbox/machines/tend.ts"
import { changeSystemd, readSystemd } from "../../../src/sandbox/stand-ins/systemd/state.ts"
import { sweep } from "../../sweep.ts"

describe("the timers of a machine", () => {
  let dir: string
  let paths: MachinePaths
  let booted: number
  let off: AbortController
  let stirring: string
  let begun: string[]
  let held: Promise<void> | undefined
  let tending: Promise<void>

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"] })
    dir = mkdtempSync(join(tmpdir(), "sandbox-tend-"))
    paths = machinePaths(dir)
    const units = join(paths.root, "etc/systemd/system")
    mkdirSync(units, { recursive: true })
    mkdirSync(paths.records)
    writeFileSync(join(units, "watch.timer"), "[Timer]\nOnUnitActiveSec=2s\n")
    writeFileSync(join(units, "health.timer"), "[Timer]\nOnUnitActiveSec=1min\n")
    booted = Date.now()
    const active = { state: "active", booted } as const
    changeSystemd(paths.records, () => ({ enabled: [], units: { "watch.timer": active, "health.timer": active } }))
    off = new AbortController()
    stirring = "as at the start"
    begun = []
    held = undefined
    const run = async ([, , service = ""]: readonly string[]) => {
      begun.push(service)
      await held
      return { code: 0, output: "", errors: "" }
    }
    tending = tend({ paths, booted, speed: 10, signal: off.signal, stirring: () => stirring, run })
  })
  afterEach(async () => {
    off.abort()
    await tending
    vi.useRealTimers()
    await sweep(dir)
  })

  /** Lets so much of the wall clock pass, in one leap; and the machine look at it a few times. */
  const pass = async (milliseconds: number) => {
    vi.setSystemTime(Date.now() + milliseconds)
    await new Promise((resolve) => setTimeout(resolve, 350))
  }
  const count = (service: string) => begun.filter((one) => one === service).length

  test("that come each few seconds come after a start, and then when there is something to find", async () => {
    await pass(100)
    expect(count("watch.service")).toBe(0)
    await pass(150)
    expect(count("watch.service")).toBe(1)
    await pass(3000)
    expect(count("watch.service")).toBe(1)
    stirring = "an object was written"
    await pass(100)
    expect(count("watch.service")).toBe(2)
    await pass(3000)
    expect(count("watch.service")).toBe(2)
  })

  test("come seldom besides, should there be what nobody thought of", async () => {
    await pass(250)
    await pass(29_000)
    expect(count("watch.service")).toBe(1)
    await pass(2000)
    expect(count("watch.service")).toBe(2)
  })

  test("of minutes come whether there is anything or not, though not faster than processes are", async () => {
    await pass(5900)
    expect(count("health.service")).toBe(0)
    await pass(200)
    expect(count("health.service")).toBe(1)
    await pass(6100)
    expect(count("health.service")).toBe(2)
  })

  test("hold up no other, and none is started while it runs", async () => {
    let release = () => {}
    held = new Promise<void>((resolve) => {
      release = resolve
    })
    await pass(6100)
    stirring = "another"
    await pass(1000)
    expect(begun.toSorted()).toEqual(["health.service", "watch.service"])
    release()
    await pass(0)
    expect(count("watch.service")).toBe(2)
  })

  test("are joined by what somebody wants started and does not wait for", async () => {
    changeSystemd(paths.records, (known) => ({ ...known, queued: ["again@smart-0dte.service"] }))
    await pass(0)
    expect(count("again@smart-0dte.service")).toBe(1)
    expect(readSystemd(paths.records).queued).toEqual([])
  })
})
