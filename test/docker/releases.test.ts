import { beforeAll, describe, expect, it } from "vitest"
import { outcomeOf, release, wishFor } from "./ground.ts"
import { type Container, type Lane, openLane, serviceOf, systemOf } from "./lane.ts"

let lane: Lane
beforeAll(async () => {
  lane = await openLane()
})

/** What runs of a system, and since when: a container that was touched has another start. */
const running = async (system: string) =>
  (await lane.containers())
    .filter((container) => systemOf(container) === system)
    .map((container) => `${serviceOf(container)} ${container.State.Status} ${container.State.StartedAt}`)
    .sort()

const states = (containers: readonly Container[], system: string) => [
  ...new Set(containers.filter((container) => systemOf(container) === system).map(({ State }) => State.Status)),
]

describe("a release", () => {
  it("that does not start returns by itself, with the failing container's last lines", async () => {
    const other = await running("mag7-7dte")
    const { step, report } = await release(lane.node, "smart-0dte", "broken")
    expect([step, report.phase]).toEqual(["system", "failed"])
    expect(report.why?.split("\n")[0]).toBe("backend: its container ends again and again, with 1")
    expect(report.why).toContain("cannot import the module of the strategy: it is not in this commit")
    expect(report.why).toContain(`the former version runs again: ${lane.started[0]?.report.commit}`)
    expect(Buffer.byteLength(report.why ?? "")).toBeLessThanOrEqual(1500)
    expect(report.commit).toBe(lane.started[0]?.report.commit)
    expect(report.tried).not.toBe(report.commit)
    expect(new Set(Object.values(report.health ?? {}))).toEqual(new Set(["healthy"]))
    expect(states(await lane.containers(), "smart-0dte")).toEqual(["running"])
    expect(await running("mag7-7dte")).toEqual(other)
  })

  it("that never gets well returns too, and says what it answers", async () => {
    const other = await running("smart-0dte")
    const { report } = await release(lane.node, "mag7-7dte", "unhealthy")
    expect(report.phase).toBe("failed")
    expect(report.why?.split("\n")[0]).toBe("backend: it answers 404 at 8001/health, and not 200")
    expect(report.why).toContain("no connection to the database")
    expect(report.why).toContain("the former version runs again")
    expect(await running("smart-0dte")).toEqual(other)
  })

  it("that cannot be built touches nothing that runs, and says why", async () => {
    const before = await running("smart-0dte")
    const { step, report } = await release(lane.node, "smart-0dte", "unbuildable")
    expect([step, report.phase]).toEqual(["images", "failed"])
    expect(report.why?.split("\n")[0]).toBe("the image of backend could not be built: ")
    expect(report.why).toContain("no package of that version can be found")
    expect(await running("smart-0dte")).toEqual(before)
  })

  it("for which the disk is too small says so", async () => {
    const { step, report } = await release(lane.node, "smart-0dte", "no-disk")
    expect([step, report.phase]).toEqual(["images", "failed"])
    expect(report.why).toContain("the disk of this node is full: make diskGb larger")
  })

  it("of a ref that is not there says so", async () => {
    const { step, report } = await release(lane.node, "smart-0dte", "v9")
    expect([step, report.phase]).toEqual(["checkout", "failed"])
    expect(report.why).toBe('https://samples.smart0dte.invalid/smart-0dte.git has no branch, tag or commit "v9"')
  })

  it("from where the network does not reach says so", async () => {
    const { step, report } = await release(lane.node, "mag7-7dte", "main", { repository: "https://away.invalid/x.git" })
    expect([step, report.phase]).toEqual(["checkout", "failed"])
    expect(report.why).toContain(
      "https://away.invalid/x.git could not be fetched: this node found no way to the network",
    )
  })
})

describe("a rollback", () => {
  it("is refused where there is no former version", async () => {
    await lane.node.act("rollback", "smart-0dte", wishFor("smart-0dte", "back"))
    const { report } = await outcomeOf(lane.node, "system", "smart-0dte")
    expect(report).toMatchObject({ phase: "failed", why: "no former version of smart-0dte is kept on this node" })
  })

  it("runs what ran before, and back again", async () => {
    const first = (await release(lane.node, "smart-0dte", "main")).report
    const second = (await release(lane.node, "smart-0dte", "newer")).report
    expect([second.phase, second.commit === first.commit]).toEqual(["ready", false])
    const image = async () =>
      (await lane.containers()).find((each) => serviceOf(each) === "backend" && systemOf(each) === "smart-0dte")?.Image
    const newer = await image()
    await lane.node.act("rollback", "smart-0dte", wishFor("smart-0dte", "back"))
    const back = await lane.node.report("system", "smart-0dte")
    expect([back.phase, back.commit, back.digest]).toEqual(["ready", first.commit, first.digest])
    expect(await image()).not.toBe(newer)
    await lane.node.act("rollback", "smart-0dte", wishFor("smart-0dte", "forth"))
    expect(await lane.node.report("system", "smart-0dte")).toMatchObject({ phase: "ready", commit: second.commit })
    expect(await image()).toBe(newer)
  })
})

describe("a system that has never run", () => {
  it("is stopped where it does not start, and finished by the next release", async () => {
    await lane.node.act("remove", "mag7-7dte", wishFor("mag7-7dte", "gone"))
    expect((await lane.containers()).filter((container) => systemOf(container) === "mag7-7dte")).toEqual([])
    const failed = (await release(lane.node, "mag7-7dte", "broken")).report
    expect([failed.phase, failed.health?.backend]).toEqual(["failed", "unhealthy"])
    expect(states(await lane.containers(), "mag7-7dte")).toEqual(["exited"])
    const logs = await lane.node.run("compose", "mag7-7dte", "logs", "backend", "5", "", "")
    expect(logs.stdout).toContain("cannot import the module of the strategy")
    expect((await release(lane.node, "mag7-7dte", "main")).report.phase).toBe("ready")
    expect(states(await lane.containers(), "smart-0dte")).toEqual(["running"])
  })
})
