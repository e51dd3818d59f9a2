import { PassThrough } from "node:stream"
import { describe, expect, it } from "vitest"
import { openReport } from "../../src/report/report.ts"
import type { Result } from "../../src/report/results.ts"
import { plan, ref, status } from "./samples.ts"

async function opened(sandbox: boolean) {
  const said = { out: "", err: "" }
  const sink = (which: "out" | "err") =>
    new PassThrough().on("data", (text) => {
      said[which] += text
    })
  const report = await openReport({
    format: "json",
    command: "plan",
    version: "1.2.3",
    sandbox,
    stdout: sink("out"),
    stderr: sink("err"),
    live: true,
    env: {},
    noColor: false,
  })
  const lines = () =>
    said.out
      .trimEnd()
      .split("\n")
      .map((line): Record<string, unknown> => JSON.parse(line))
  return { report, said, lines }
}

describe("json", () => {
  it("begins with the schema, and every line says whether it is of the sandbox", async () => {
    const { report, lines } = await opened(true)
    report.show(plan)
    report.show(status)
    expect(lines()[0]).toEqual({ schema: "smart0dte/1", command: "plan", version: "1.2.3", sandbox: true })
    expect(lines().every((line) => line.sandbox === true)).toBe(true)
  })

  it("has a line for each row of a plan, and the summary last", async () => {
    const { report, lines } = await opened(false)
    report.show(plan)
    expect(lines()[4]).toEqual({
      type: "row",
      environment: "poc",
      account: "123456789012",
      region: "us-east-1",
      step: "instance/node",
      kind: "instance",
      name: "node",
      scope: "poc",
      action: "replace",
      cause: "pending",
      because: "subnet/public-a is replaced",
      changes: [{ field: "instanceType", live: "t3.large", want: "t3.xlarge", cause: "pending" }],
      holdsData: false,
      fields: {},
      monthlyUsd: 131.57,
      monthlyUsdNow: 70.84,
      sandbox: false,
    })
    expect(lines().at(-1)).toMatchObject({ type: "summary", ...plan.summary, notIncluded: plan.notIncluded })
  })

  it("tells what a run does: step, verb, phase, seconds", async () => {
    const { report, lines, said } = await opened(false)
    const progress = report.progress({ title: "deploy poc", clock: { now: Date.now, sleep: async () => {} } })
    progress.event({ type: "run", actions: [], secondsLeft: 12.4 })
    progress.event({ type: "step", phase: "done", step: ref("vpc/main"), verb: "create", seconds: 2, secondsLeft: 9 })
    progress.event({
      type: "step",
      phase: "failed",
      step: ref("vpc/main"),
      verb: "update",
      seconds: 2,
      error: new Error("no"),
    })
    progress.end()
    const place = { step: "vpc/main", kind: "vpc", name: "main", scope: "poc", sandbox: false }
    expect(lines().slice(1)).toEqual([
      { type: "run", steps: 0, secondsLeft: 12, sandbox: false },
      { type: "event", ...place, phase: "done", verb: "create", seconds: 2, secondsLeft: 9 },
      { type: "event", ...place, phase: "failed", verb: "update", seconds: 2, error: "no" },
    ])
    expect(said.err).toBe("")
  })

  it("has an error as a line too, beside the two lines for whoever reads along", async () => {
    const { report, lines, said } = await opened(false)
    report.failure({ exitCode: 6, message: "no", hint: "do", requestId: "r", stack: "secret" })
    expect(lines().at(-1)).toEqual({
      type: "error",
      exitCode: 6,
      message: "no",
      hint: "do",
      requestId: "r",
      sandbox: false,
    })
    expect(said.err).toBe("error: no\nhint: do\nAWS request id: r\nsecret\n")
  })

  it.each<[string, Result, Record<string, unknown>[]]>([
    [
      "outputs",
      { type: "outputs", environment: "poc", account: "1", region: "r", outputs: { a: "b" } },
      [{ type: "outputs", outputs: { a: "b" } }],
    ],
    ["facts", { type: "facts", about: "x", facts: { pid: 1 }, next: [] }, [{ type: "facts", facts: { pid: 1 } }]],
    [
      "status",
      status,
      [
        {
          type: "system",
          system: "smart-0dte",
          health: "healthy",
          trader: true,
          mode: "development",
          trading: "active",
        },
        { type: "system", system: "mag7-7dte", health: "unhealthy", note: expect.stringContaining("exited with 1") },
        { type: "step", step: "vpc/main", state: "ready", id: "vpc-0a1b2c3d4e5f60718" },
        { type: "step", step: "security-group/load-balancer", state: "pending" },
        { type: "step", step: "instance/node", state: "missing", note: "newer wish: diskGb" },
        { type: "summary", outputs: status.outputs, monthlyUsd: 168.07 },
      ],
    ],
  ])("%s", async (_, result, expected) => {
    const { report, lines } = await opened(false)
    report.show(result)
    expect(lines().slice(1)).toMatchObject(expected)
  })
})
