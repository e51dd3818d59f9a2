import { describe, expect, it } from "vitest"
import { systems } from "../../src/nodes/systems.ts"
import { expectedOf, failures, toldOf } from "./failures.ts"
import { outcomeOf, release, wishFor } from "./ground.ts"
import { type Container, type Lane, serviceOf, systemOf } from "./lane.ts"

/** What becomes of releases and ways back, on a node where both systems run their first version. */
export function holdReleases(opened: () => Lane): void {
  describe("a rollback of the first version", () => {
    it("is refused, as there is no former one, and what runs is reported as it was", async () => {
      const known = async () => ({ ...(await opened().node.report("system", "smart-0dte")), at: "" })
      const before = await known()
      expect(await opened().node.act("rollback", "smart-0dte", wishFor("smart-0dte", "back"))).toBe(1)
      expect(before.phase).toBe("ready")
      expect(await known()).toEqual(before)
    })

    it("after a ref that is not there, stays at what runs", async () => {
      const { commit, phase } = await opened().node.report("system", "smart-0dte")
      expect((await release(opened().node, "smart-0dte", "v9")).report.phase).toBe("failed")
      await opened().node.act("rollback", "smart-0dte", wishFor("smart-0dte", "back"))
      expect(await opened().node.report("system", "smart-0dte")).toMatchObject({ phase, commit })
      expect((await opened().node.report("checkout", "smart-0dte")).phase).toBe("ready")
    })
  })

  /** What runs of a system, and since when: a container that was touched has another start. */
  const running = async (system: string) =>
    (await opened().containers())
      .filter((container) => systemOf(container) === system)
      .map((container) => `${serviceOf(container)} ${container.State.Status} ${container.State.StartedAt}`)
      .sort()

  const states = (containers: readonly Container[], system: string) => [
    ...new Set(containers.filter((container) => systemOf(container) === system).map(({ State }) => State.Status)),
  ]

  describe("a release", () => {
    it.each(failures)("of $system at $ref $fails, and leaves the other system alone", async (failure) => {
      const { system } = failure
      const [other = system] = systems.filter((name) => name !== system)
      const [before, own] = [await running(other), await running(system)]
      const outcome = await release(opened().node, system, failure.ref)
      const former = opened().started[systems.indexOf(system)]?.report.commit ?? ""
      expect(toldOf(outcome, former)).toEqual(expectedOf(failure))
      expect(states(await opened().containers(), system)).toEqual(["running"])
      expect(await running(other)).toEqual(before)
      if (failure.step !== "system") expect(await running(system)).toEqual(own)
    })
  })

  describe("a rollback", () => {
    it("after a release that failed goes back to what runs", async () => {
      const commit = opened().started[systems.indexOf("smart-0dte")]?.report.commit
      await release(opened().node, "smart-0dte", "unbuildable")
      expect((await opened().node.report("checkout", "smart-0dte")).commit).not.toBe(commit)
      await opened().node.act("rollback", "smart-0dte", wishFor("smart-0dte", "back"))
      const { report } = await outcomeOf(opened().node, "system", "smart-0dte")
      expect(report).toMatchObject({ phase: "ready", commit })
      expect((await opened().node.report("checkout", "smart-0dte")).commit).toBe(commit)
    })

    it("runs what ran before, and back again", async () => {
      const first = (await release(opened().node, "smart-0dte", "main")).report
      const second = (await release(opened().node, "smart-0dte", "newer")).report
      expect([second.phase, second.commit === first.commit]).toEqual(["ready", false])
      const image = async () =>
        (await opened().containers()).find((each) => serviceOf(each) === "backend" && systemOf(each) === "smart-0dte")
          ?.Image
      const newer = await image()
      await opened().node.act("rollback", "smart-0dte", wishFor("smart-0dte", "back"))
      const back = await opened().node.report("system", "smart-0dte")
      expect([back.phase, back.commit, back.digest]).toEqual(["ready", first.commit, first.digest])
      expect(await image()).not.toBe(newer)
      await opened().node.act("rollback", "smart-0dte", wishFor("smart-0dte", "forth"))
      expect(await opened().node.report("system", "smart-0dte")).toMatchObject({
        phase: "ready",
        commit: second.commit,
      })
      expect(await image()).toBe(newer)
    })
  })

  describe("a system that has never run", () => {
    it("is stopped where it does not start, and finished by the next release", async () => {
      await opened().node.act("remove", "mag7-7dte", wishFor("mag7-7dte", "gone"))
      expect((await opened().containers()).filter((container) => systemOf(container) === "mag7-7dte")).toEqual([])
      const failed = (await release(opened().node, "mag7-7dte", "broken")).report
      expect([failed.phase, failed.health?.backend]).toEqual(["failed", "unhealthy"])
      expect(states(await opened().containers(), "mag7-7dte")).toEqual(["exited"])
      const logs = await opened().node.run("compose", "mag7-7dte", "logs", "backend", "5", "", "")
      expect(logs.stdout).toContain("cannot import the module of the strategy")
      expect((await release(opened().node, "mag7-7dte", "main")).report.phase).toBe("ready")
      expect(states(await opened().containers(), "smart-0dte")).toEqual(["running"])
    })
  })
}
