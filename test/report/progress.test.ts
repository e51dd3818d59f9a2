import { PassThrough } from "node:stream"
import { Chalk } from "chalk"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { StepEvent } from "../../src/engine/events.ts"
import { endedLine, frame } from "../../src/report/progress/live.ts"
import { plainProgress } from "../../src/report/progress/plain.ts"
import { emptyTally, secondsLeft, tallied } from "../../src/report/progress/tally.ts"
import { widthOf } from "../../src/report/text/fit.ts"
import { ref } from "./samples.ts"

const paint = new Chalk({ level: 0 })
const action = (key: string, usual: number) =>
  ({ id: `poc:create:${key}`, step: ref(key), verb: "create", after: [], usual }) as const
const begin: StepEvent = {
  type: "run",
  actions: [action("vpc/main", 3), action("nat-gateway/main", 120)],
  secondsLeft: 123,
}
const started = (key: string, usual: number): StepEvent => ({
  type: "step",
  phase: "started",
  step: ref(key),
  verb: "create",
  usual,
})
const done = (key: string, seconds: number, left: number): StepEvent => ({
  type: "step",
  phase: "done",
  step: ref(key),
  verb: "create",
  seconds,
  secondsLeft: left,
})

const told = (...events: readonly (readonly [at: number, event: StepEvent])[]) =>
  events.reduce((tally, [at, event]) => tallied(tally, event, at), emptyTally)

describe("the live view", () => {
  const tally = told(
    [0, begin],
    [0, started("vpc/main", 3)],
    [3, done("vpc/main", 3, 120)],
    [3, started("nat-gateway/main", 120)],
  )

  it("has a line for each running step, with its time against the usual one, and the time left for the whole", () => {
    expect(frame("deploy poc", tally, 67, { paint, sandbox: false, width: 80, height: 24 }).split("\n")).toEqual([
      "deploy poc: 1 of 2 done, about 56 s left",
      "    creating nat-gateway/main  1 min 4 s of about 2 min",
    ])
  })

  it("gives up words before it gives up times on a narrow screen", () => {
    expect(frame("deploy poc", tally, 67, { paint, sandbox: true, width: 40, height: 24 }).split("\n")).toEqual([
      "[sandbox] 1/2, 56 s left",
      "    nat-gateway/ma…  1 min 4 s of 2 min",
    ])
    expect(frame("deploy poc", tally, 67, { paint, sandbox: false, width: 34, height: 24 })).toContain(
      "    nat-gate…  1 min 4 s of 2 min",
    )
  })

  it("says why a step waits, and that it takes longer than usual", () => {
    const why = "no answer came: looking for what was made"
    const waiting = tallied(
      tally,
      { type: "step", phase: "waiting", step: ref("nat-gateway/main"), verb: "create", why },
      10,
    )
    const [heading, line] = frame("deploy poc", waiting, 300, { paint, sandbox: false, width: 120, height: 24 }).split(
      "\n",
    )
    expect(heading).toContain("almost done")
    expect(line).toBe(`    creating nat-gateway/main  4 min 57 s of about 2 min, longer than usual: ${why}`)
  })

  it.each([20, 40, 80, 200])("never wraps at %i columns", (width) => {
    const many = told(
      [0, begin],
      ...Array.from({ length: 5 }, (_, i) => [0, started(`security-group/a-very-long-name-${i}`, 10)] as const),
    )
    for (const line of frame("deploy poc", many, 5, { paint, sandbox: true, width, height: 24 }).split("\n"))
      expect(widthOf(line)).toBeLessThan(width)
  })

  it("leaves out what the screen has no room for, and says so", () => {
    const many = told([0, begin], ...Array.from({ length: 30 }, (_, i) => [0, started(`subnet/${i}`, 10)] as const))
    const lines = frame("deploy poc", many, 5, { paint, sandbox: false, width: 80, height: 10 }).split("\n")
    expect(lines).toHaveLength(8)
    expect(lines.at(-1)).toBe("    and 24 more")
  })

  it("marks the sandbox on what has ended, too, and still never wraps", () => {
    const page = { paint, sandbox: true, width: 40 }
    expect(endedLine("✔", "created vpc/main  2 s", page)).toBe("[sandbox] ✔ created vpc/main  2 s")
    expect(widthOf(endedLine("✔", `created ${"x".repeat(80)}`, page))).toBe(40)
    expect(endedLine("✔", "created vpc/main  2 s", { ...page, sandbox: false })).toBe("✔ created vpc/main  2 s")
  })

  it("marks the sandbox", () => {
    expect(frame("deploy poc", tally, 5, { paint, sandbox: true, width: 80, height: 24 })).toMatch(
      /^\[sandbox\] deploy poc/,
    )
  })
})

describe("the time left", () => {
  it("goes by between what the run tells, and is never less than the longest step still needs", () => {
    const tally = told([0, begin], [0, started("nat-gateway/main", 120)])
    expect(secondsLeft(tally, 0)).toBe(123)
    expect(secondsLeft(tally, 23)).toBe(100)
    expect(secondsLeft(told([0, { ...begin, secondsLeft: 5 }], [0, started("nat-gateway/main", 120)]), 20)).toBe(100)
  })
})

describe("plain lines", () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it("tell each end, and from time to time what still runs", () => {
    const said: string[] = []
    const sink = new PassThrough().on("data", (text) => said.push(String(text).trimEnd()))
    let now = 0
    const clock = { now: () => now, sleep: async () => {} }
    const progress = plainProgress({ title: "deploy poc", clock }, sink, { paint, sandbox: true, width: 80 })
    progress.event(begin)
    progress.event(started("vpc/main", 3))
    progress.event(started("nat-gateway/main", 120))
    now = 2_000
    progress.event(done("vpc/main", 2, 118))
    now = 32_000
    vi.advanceTimersByTime(30_000)
    progress.event({
      type: "step",
      phase: "failed",
      step: ref("nat-gateway/main"),
      verb: "create",
      seconds: 31,
      error: new Error("no"),
    })
    progress.event({
      type: "step",
      phase: "skipped",
      step: ref("instance/node"),
      verb: "create",
      because: "nat-gateway/main failed",
    })
    progress.end()
    vi.advanceTimersByTime(90_000)
    expect(said).toEqual([
      "[sandbox] deploy poc: 2 steps, about 2 min 3 s",
      "[sandbox] created vpc/main  2 s (1 of 2 done, about 1 min 58 s left)",
      "[sandbox] still creating nat-gateway/main  32 s of about 2 min",
      "[sandbox] failed creating nat-gateway/main after 31 s: no",
      "[sandbox] not begun: creating instance/node, because nat-gateway/main failed",
    ])
  })
})
