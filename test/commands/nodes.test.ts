import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import type { Interrupts } from "../../src/app/interrupts.ts"
import type { Site } from "../../src/app/site.ts"
import { stateObjects } from "../../src/aws/state/objects.ts"
import { createRecord } from "../../src/aws/state/record.ts"
import { kindsOf } from "../../src/blueprints/kinds.ts"
import { systemsStatus } from "../../src/commands/systems-status.ts"
import type { SystemsConfig } from "../../src/config/settings.ts"
import { run as runMain } from "../../src/main.ts"
import { nodeGround } from "../nodes/ground.ts"
import { row as rowOf } from "../report/samples.ts"
import { type World, world } from "./small-world.ts"

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const on = nodeGround()
let at: World
let interrupts: Interrupts | undefined

beforeAll(async () => {
  expect((await on.deploy()).failed).toEqual([])
  const objects = stateObjects(on.cloud, on.cloud.s3)
  await createRecord(objects, { schema: 1, scope: "poc", generation: "1", created: "2026-01-01", wishes: {} })
})

beforeEach(() => {
  at = world()
  at.aws = on.cloud
  at.records.push("poc")
  interrupts = undefined
  on.machine.orders.length = 0
})

/** The command line on the node's own blueprint. */
async function run(line: string): Promise<number> {
  await at.run("sandbox")
  at.said.out = ""
  at.said.err = ""
  const site = (systems: SystemsConfig): Site => ({
    environment: "poc",
    blueprint: on.blueprint(systems),
    kinds: kindsOf("environment"),
    groundwork: { name: "state", scopes: [], steps: [] },
    stays: [],
    kept: async () => [],
    outputs: () => ({}),
  })
  const own = interrupts && { interrupts }
  const app = {
    ...at.app,
    ...own,
    site: async (_: string, settings: { systems: SystemsConfig }) => site(settings.systems),
  }
  return runMain(app as typeof at.app, line.split(" "))
}

const balancer = { dnsName: "lb.example" }
const row = (key: string, fields: object) => rowOf(key, { phase: "ready", live: { ...fields } })

const answers = (output: string, errors = "", code = 0) => {
  const asked: Record<string, string>[] = []
  on.machine.compose = (told) => {
    asked.push({ ...told })
    return { code, output, errors }
  }
  return asked
}

/** What was printed for programs, without the line that says what it is. */
const linesIn = (text: string): readonly Record<string, unknown>[] =>
  text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => JSON.parse(line))

describe("ps", () => {
  const output = "backend\trunning\thealthy\t10.20.1.6:8000:8000\nfrontend\texited\tunhealthy\t-\nfeed\tnone\t-\t-\n"

  it("shows what the node says of both systems, and of one", async () => {
    const asked = answers(output)
    expect(await run("ps")).toBe(0)
    expect(at.said.out).toMatch(
      /smart-0dte on node i-\w+\n {2}backend {3}running {2}healthy {4}10\.20\.1\.6:8000:8000\n {2}frontend {2}exited {3}unhealthy\n {2}feed {6}none {5}unknown\nmag7-7dte on node/,
    )
    expect(await run("ps --system mag7-7dte --output json")).toBe(0)
    expect(asked.map(({ Action, System }) => `${Action} ${System}`)).toEqual([
      "ps smart-0dte",
      "ps mag7-7dte",
      "ps mag7-7dte",
    ])
  })

  it("has an object for each container, for programs", async () => {
    answers(output)
    expect(await run("ps --system smart-0dte --output json")).toBe(0)
    const place = { environment: "poc", account: "111122223333", region: "us-east-1", node: expect.any(String) }
    const shared = { type: "container", ...place, system: "smart-0dte", sandbox: false }
    expect(linesIn(at.said.out)).toEqual([
      { ...shared, service: "backend", state: "running", health: "healthy", ports: ["10.20.1.6:8000:8000"] },
      { ...shared, service: "frontend", state: "exited", health: "unhealthy", ports: [] },
      { ...shared, service: "feed", state: "none", health: "unknown", ports: [] },
    ])
  })

  it("shows one system also where the other one is not there", async () => {
    on.machine.compose = ({ System }) =>
      System === "smart-0dte"
        ? { code: 0, output, errors: "" }
        : { code: 1, output: "", errors: "mag7-7dte is not on this node\n" }
    expect(await run("ps")).toBe(1)
    expect(at.said.out).toContain("  backend   running  healthy")
    expect(at.said.err).toMatch(/ps of mag7-7dte failed on node i-\w+: mag7-7dte is not on this node/)
    expect(at.said.err).not.toContain("ps of smart-0dte")
  })

  it("says why the node could not", async () => {
    answers("", "mag7-7dte is not on this node\n", 1)
    expect(await run("ps --system mag7-7dte")).toBe(1)
    expect(at.said.err).toMatch(/ps of mag7-7dte failed on node i-\w+: mag7-7dte is not on this node/)
  })
})

describe("logs", () => {
  const output = [
    "backend-1  | 2026-11-21T09:30:02.5Z second",
    "frontend-1  | 2026-11-21T09:30:01.5Z first",
    "backend-1  | 2026-11-21T09:30:03.5Z third \u001b[31mred",
    "",
  ].join("\n")

  it("are in the order of time, and cannot move the cursor", async () => {
    answers(output)
    expect(await run("logs smart-0dte")).toBe(0)
    expect(at.said.out.split("\n").slice(0, 3)).toEqual([
      "2026-11-21T09:30:01.5Z frontend first",
      "2026-11-21T09:30:02.5Z backend second",
      "2026-11-21T09:30:03.5Z backend third \\u{1b}[31mred",
    ])
  })

  it("are asked for with what was said, each line an object in JSON", async () => {
    const asked = answers(output)
    expect(await run("logs smart-0dte backend --lines 7 --since 2026-11-21T09:30:00Z --output json")).toBe(0)
    expect(asked[0]).toMatchObject({ Service: "backend", Lines: "7", Since: "2026-11-21T09:30:00.000Z" })
    const lines = linesIn(at.said.out)
    expect(lines[0]).toMatchObject({ type: "line", system: "smart-0dte", service: "frontend", text: "first" })
  })

  it("of both systems are one, each line with its own", async () => {
    on.machine.compose = ({ System }) => ({
      code: 0,
      output: `backend | 2026-11-21T09:30:0${System === "smart-0dte" ? 2 : 1}.000Z of ${System}\n`,
      errors: "",
    })
    expect(await run("logs")).toBe(0)
    expect(at.said.out).toBe(
      "2026-11-21T09:30:01.000Z mag7-7dte backend of mag7-7dte\n" +
        "2026-11-21T09:30:02.000Z smart-0dte backend of smart-0dte\n",
    )
  })

  it("of a system that is not there do not hide the other one's", async () => {
    on.machine.compose = ({ System }) =>
      System === "smart-0dte" ? { code: 0, output, errors: "" } : { code: 1, output: "", errors: "not on this node\n" }
    expect(await run("logs")).toBe(1)
    expect(at.said.out).toContain("smart-0dte backend second")
    expect(at.said.err).toMatch(/error: logs of mag7-7dte failed on node i-\w+: not on this node/)
  })

  it.each(["--since yesterday", "--lines 0", "--lines 100000"])("refuse %s", async (flag) => {
    const asked = answers(output)
    expect(await run(`logs smart-0dte ${flag}`)).toBe(2)
    expect(asked).toEqual([])
  })
})

describe("logs --follow", () => {
  const line = (second: number) => `backend | 2026-11-21T09:30:${second}.000Z at ${second}`
  /** What the node says each time, and what it was asked; after the last of them somebody presses Ctrl-C. */
  function following(answers: readonly (string | Error)[], others: object = {}) {
    const asked: Record<string, string>[] = []
    const stop = new AbortController()
    on.machine.compose = (told) => {
      asked.push({ ...told })
      const output = answers[asked.length - 1] ?? ""
      if (output instanceof Error) return { code: 1, output: "", errors: output.message }
      if (asked.length > answers.length) stop.abort()
      return { code: 0, output, errors: "", ...others }
    }
    interrupts = { ...at.interrupts, settling: (work) => work(stop.signal) }
    return asked
  }

  it("shows what comes, once, until Ctrl-C, and says that it was interrupted", async () => {
    const asked = following([line(10), `${line(10)}\n${line(11)}`, `${line(11)}\n${line(12)}`])
    expect(await run("logs smart-0dte --follow --lines 5 --since 2026-11-21T09:00:00Z")).toBe(130)
    expect(at.said.out.trim().split("\n")).toEqual(
      [10, 11, 12].map((n) => `2026-11-21T09:30:${n}.000Z backend at ${n}`),
    )
    expect(asked[0]).toMatchObject({ Lines: "5", Since: "2026-11-21T09:00:00.000Z" })
    // A little is asked again: one container's lines may be known later than another's.
    expect(asked[1]).toMatchObject({ Lines: "99999", Since: "2026-11-21T09:30:00.000Z" })
    expect(at.said.err).toBe("")
  })

  it("keeps to --since where nothing was said yet", async () => {
    const asked = following(["", ""])
    expect(await run("logs smart-0dte -f --since 2026-11-21T09:00:00Z")).toBe(130)
    expect(asked.map(({ Since }) => Since)).toEqual(Array(3).fill("2026-11-21T09:00:00.000Z"))
  })

  it("ends with 1 where the node can no longer say it", async () => {
    following([line(10), new Error("mag7-7dte is not on this node")])
    expect(await run("logs mag7-7dte --follow")).toBe(1)
    expect(at.said.err).toMatch(/logs of mag7-7dte failed on node i-\w+: mag7-7dte is not on this node/)
  })
})

describe("exec", () => {
  it("hands every word on as it is, and prints what comes", async () => {
    const asked = answers("Python 3.11\n")
    expect(await run("exec smart-0dte backend -- python -c print('$HOME')")).toBe(0)
    expect(at.said.out).toBe("Python 3.11\n")
    expect(asked[0]).toEqual({
      System: "smart-0dte",
      Service: "backend",
      Command: asked[0]?.Command,
      Run: asked[0]?.Run,
    })
    const line = Buffer.from(asked[0]?.Command ?? "", "base64").toString()
    expect(line).toBe(`python -c 'print('\\''$HOME'\\'')'`)
  })

  it("ends with 1 and the code, where the command failed", async () => {
    answers("", "No module named app\n", 3)
    expect(await run("exec smart-0dte backend -- python -m app")).toBe(1)
    expect(at.said.err).toContain("python in backend of smart-0dte ended with code 3: No module named app")
    answers("half of it\n", "", 3)
    expect(await run("exec smart-0dte backend -- python -m app")).toBe(1)
    expect(at.said.out).toBe("half of it\n")
    expect(at.said.err).toMatch(/python in backend of smart-0dte ended with code 3\n/)
  })

  it("refuses a name that no service has, and a command that is too long", async () => {
    const asked = answers("")
    expect(await run("exec smart-0dte Back;end -- ls")).toBe(2)
    expect(await run(`exec smart-0dte backend -- ${"x".repeat(4000)}`)).toBe(2)
    expect(asked).toEqual([])
  })
})

it("restart says what was restarted", async () => {
  const asked = answers("")
  expect(await run("restart mag7-7dte backend")).toBe(0)
  expect(asked[0]).toMatchObject({ Action: "restart", System: "mag7-7dte", Service: "backend" })
  expect(at.said.out).toContain("backend of mag7-7dte restarted")
})

it("shell wants a terminal", async () => {
  expect(await run("shell")).toBe(2)
  expect(at.said.err).toContain("a shell wants a terminal")
})

describe("status", () => {
  it("has an object for each system, and sends no command", async () => {
    expect(await run("status --output json")).toBe(0)
    const systems = at.said.out
      .split("\n")
      .filter((line) => line.includes('"type":"system"'))
      .map((line) => JSON.parse(line))
    expect(systems).toEqual([
      expect.objectContaining({
        system: "smart-0dte",
        health: "healthy",
        node: expect.stringMatching(/^i-/),
        trader: true,
      }),
      expect.objectContaining({ system: "mag7-7dte", mode: "development", trading: "active" }),
    ])
    expect(on.machine.orders).toEqual([])
  })

  it("shows the name of a system where it has one, and else its port of the load balancer", async () => {
    const there = ["load-balancer/main", "system/smart-0dte"].map((key) => row(key, balancer))
    const shown = async (...keys: readonly string[]) =>
      (await systemsStatus(on.cloud, "poc", [...there, ...keys.map((key) => row(key, balancer))])).map(({ url }) => url)
    expect(await shown("listener/smart-0dte-frontend")).toEqual(["http://lb.example:3000"])
    expect(await shown("listener/https", "dns-record/smart-0dte.example.com")).toEqual([
      "https://smart-0dte.example.com",
    ])
    expect(await shown()).toEqual([""])
  })
})

describe("release", () => {
  it("fetches anew, builds and starts, and nothing of the other system", async () => {
    on.machine.commits.set("smart-0dte", "a".repeat(40))
    expect(await run("release smart-0dte")).toBe(0)
    expect(on.machine.orders).toEqual(["checkout smart-0dte", "images smart-0dte", "system smart-0dte"])
    expect(at.said.out).toContain("released poc in account")
  })

  it("of another ref is kept: the next deploy finds nothing to do", async () => {
    on.machine.commits.set("smart-0dte", "b".repeat(40))
    expect(await run("release smart-0dte --ref v2")).toBe(0)
    on.machine.orders.length = 0
    expect((await on.deploy()).done).toEqual([])
    expect(on.machine.orders).toEqual([])
  })

  it("that does not get well ends with 1, its last lines, and the version before", async () => {
    on.machine.commits.set("smart-0dte", "c".repeat(40))
    on.machine.fails.set("system/smart-0dte", "backend exited with 1")
    expect(await run("release smart-0dte --ref broken")).toBe(1)
    on.machine.fails.clear()
    expect(at.said.out).toMatch(/system\/smart-0dte has failed: on node i-\w+: backend exited\s+with 1/)
    expect(on.machine.orders.slice(0, 4)).toContain("rollback smart-0dte")
    on.machine.orders.length = 0
    expect((await on.deploy()).done).toEqual([])
  })

  it("refuses a ref that git could take for an option", async () => {
    expect(await run("release smart-0dte --ref=--upload-pack=x")).toBe(2)
    expect(on.machine.orders).toEqual([])
  })
})

it("rollback goes back, and the next deploy leaves it so", async () => {
  expect(await run("rollback smart-0dte")).toBe(0)
  expect(on.machine.orders[0]).toBe("rollback smart-0dte")
  expect(at.said.out).toContain("rolled back poc in account")
  on.machine.orders.length = 0
  expect((await on.deploy()).done).toEqual([])
})
