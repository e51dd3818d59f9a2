import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { stateObjects } from "../../src/aws/state/objects.ts"
import type { Trading } from "../../src/aws/trading/record.ts"
import { changeTrading } from "../../src/aws/trading/store.ts"
import { passwordLine } from "../../src/commands/gateway-login.ts"
import { run as runMain } from "../../src/main.ts"
import { type Programs, programs } from "../aws/ssm/plugin.ts"
import { nodeGround } from "../nodes/ground.ts"
import { type World, world } from "./small-world.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const on = nodeGround()
let at: World
let own: Programs
let stop: AbortController
beforeAll(async () => {
  expect((await on.deploy()).failed).toEqual([])
})
beforeEach(async () => {
  own = programs()
  vi.stubEnv("PATH", `${own.dir}:/usr/bin:/bin`)
  stop = new AbortController()
  at = world()
  at.aws = on.cloud
  at.records.push("poc")
  await trades("testing", "active")
  asked.length = 0
  on.machine.compose = (told) => {
    asked.push(`${told.Action} ${told.System}`)
    return { code: 0, output: rows, errors: "" }
  }
  rows = paper
})
afterEach(() => {
  vi.unstubAllEnvs()
  own.drop()
})

const asked: string[] = []
const paper = "paper\trunning\tno\tDU123456\t5902\nlive\tnone\tunknown\t-\t-\n"
const waiting = "paper\trunning\tno\tDU123456\t5902\nlive\trunning\tyes\t-\t5901\n"
let rows = paper
const words = () => (at.said.out + at.said.err).replaceAll(/\s+/g, " ")

/** How the first system stands in the record. */
const trades = (mode: Trading["mode"], trading: Trading["trading"]) =>
  changeTrading(
    stateObjects(on.cloud, on.cloud.s3),
    "poc",
    { by: "arn:test", run: "0".repeat(32), at: "2026-01-01T00:00:00Z" },
    (systems) => {
      const was = systems["smart-0dte"]
      return was ? { ...systems, "smart-0dte": { ...was, mode, trading } } : systems
    },
  )

/** The command line, until somebody presses Ctrl-C. */
async function run(line: string): Promise<number> {
  await at.run("sandbox")
  at.said.out = ""
  at.said.err = ""
  const interrupts = { ...at.interrupts, settling: <T>(work: (signal: AbortSignal) => Promise<T>) => work(stop.signal) }
  return runMain({ ...at.app, interrupts }, line.split(" "))
}

const opens = (does: string) =>
  own.make("session-manager-plugin", `[ "$1" = --version ] && { echo 1.2.707.0; exit; }\n${does}`)
const sessions = () =>
  [...(on.sandbox.world.store.contents().tables.get("ssm/session@us-east-1")?.values() ?? [])].map(
    // What the sandbox keeps of a session, as far as it is asked for here.
    ({ record }) => record as { readonly Ended?: number; readonly Target: string; readonly Parameters: object },
  )
const stillOpen = () => sessions().filter(({ Ended }) => Ended === undefined)

describe("gateway status", () => {
  it("shows which gateways run, by which account, and when the next login is forced", async () => {
    expect(await run("gateway status --output json")).toBe(0)
    const [, ...lines] = at.said.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
    expect(lines).toMatchObject([
      { type: "gateway", gateway: "paper", state: "running", readOnly: "no", account: "DU123456", screen: 5902 },
      { type: "gateway", gateway: "live", state: "none", readOnly: "unknown", account: "" },
      { type: "summary", nextLogin: expect.stringMatching(/^\d{4}-\d\d-\d\d 01:00/), next: [] },
    ])
    expect(asked).toEqual(["gateway-status smart-0dte"])
  })

  it("of one that waits for its login says how to get to it", async () => {
    rows = waiting
    expect(await run("gateway status")).toBe(0)
    expect(words()).toContain("next: smart0dte gateway login --env poc")
  })

  it("is shown while a system is live", async () => {
    await trades("live", "active")
    expect(await run("gateway status")).toBe(0)
  })
})

describe("gateway login", () => {
  it.each([
    ["gateway login", waiting, 5901, "live"],
    ["gateway login", paper, 5902, "paper"],
    ["gateway login paper", waiting, 5902, "paper"],
    ["gateway login live", waiting, 5901, "live"],
  ])("%s leads to the screen of the node, and nowhere else", async (line, told, port, kind) => {
    rows = told
    opens(`echo Port ${port} opened for sessionId s.; exec sleep 60`)
    const ended = run(line)
    await vi.waitFor(() => expect(at.said.out).toContain(`vnc://127.0.0.1:${port}`), { timeout: 20_000 })
    expect(stillOpen()).toEqual([
      expect.objectContaining({
        Target: expect.stringMatching(/^i-/),
        DocumentName: "AWS-StartPortForwardingSessionToRemoteHost",
        Parameters: { host: ["127.0.0.1"], portNumber: [`${port}`], localPortNumber: [`${port}`] },
        Reason: `smart0dte gateway login ${kind}`,
      }),
    ])
    expect(words()).toContain("GATEWAY_SCREEN_PASSWORD of the secret smart0dte/poc/node/generated")
    expect(words()).toContain("read the password: aws secretsmanager")
    stop.abort()
    expect(await ended).toBe(130)
    expect(stillOpen()).toEqual([])
  })

  it.each([
    [false, /^read the password: aws secretsmanager [^;]* \| sed -n s\/\^GATEWAY_SCREEN_PASSWORD=\/\/p$/],
    [
      true,
      /^read the password: \(eval "\$\(smart0dte sandbox env\)"; aws --endpoint-url "\$AWS_ENDPOINT_URL" secretsm/,
    ],
  ])("says how to read that one password, where a sandbox is %s", (sandbox, line) => {
    expect(passwordLine({ cloud: on.cloud, sandbox }, "poc")).toMatch(line)
  })

  it("says where to get the plugin, and asks no node, where there is none", async () => {
    vi.stubEnv("PATH", own.dir)
    expect(await run("gateway login")).not.toBe(0)
    expect(words()).toContain("the Session Manager plugin is not installed")
    expect(asked).toEqual([])
    expect(stillOpen()).toEqual([])
  })

  it("to a gateway that does not run is none", async () => {
    opens("exec sleep 60")
    expect(await run("gateway login live")).toBe(1)
    expect(words()).toContain("no live gateway runs in poc")
    expect(stillOpen()).toEqual([])
  })

  it("that ends by itself ends with 1 and its last words", async () => {
    opens("echo Port 5902 opened for sessionId s.; sleep 0.3; echo session timed out >&2")
    expect(await run("gateway login")).toBe(1)
    expect(words()).toMatch(/the tunnel to the paper gateway ended: .*session timed out/)
    expect(stillOpen()).toEqual([])
  })
})

describe("gateway restart", () => {
  it("starts it anew under the environment's lock", async () => {
    expect(await run("gateway restart smart-0dte")).toBe(0)
    expect(asked).toEqual(["gateway-restart smart-0dte"])
    expect(at.journal).toContain("lock poc to restart the gateway of smart-0dte")
    expect(words()).toContain("the gateway of smart-0dte was started anew")
  })

  it.each(["smart-0dte", "mag7-7dte"])(
    "of %s is refused while any system is live, for they may share it, until that is halted",
    async (system) => {
      await trades("live", "active")
      expect(await run(`gateway restart ${system}`)).toBe(3)
      expect(words()).toContain("smart-0dte is live in poc: gateway restart would disturb it")
      expect(asked).toEqual([])
      await trades("live", "halted")
      expect(await run(`gateway restart ${system}`)).toBe(0)
    },
  )
})

it("gateway restart looks again when nobody else can go live any more", async () => {
  await at.run("sandbox")
  at.said.err = ""
  const { app } = at
  const account: typeof app.account = async (config) => {
    const open = await app.account(config)
    const acquire: typeof open.acquire = async (...given) => {
      await trades("live", "active")
      return open.acquire(...given)
    }
    return { ...open, acquire }
  }
  expect(await runMain({ ...app, account }, ["gateway", "restart", "smart-0dte"])).toBe(3)
  expect(words()).toContain("gateway restart would disturb it")
  expect(asked).toEqual([])
})

describe("a shell on the node", () => {
  it("is refused while a system is live, and is one again once that is halted", async () => {
    at.terminal.interactive = true
    opens("exit 0")
    await trades("live", "active")
    expect(await run("shell")).toBe(3)
    expect(words()).toContain("smart-0dte is live in poc: shell would disturb it")
    expect(own.calls("session-manager-plugin").filter(([word]) => word !== "--version")).toEqual([])
    await trades("live", "halted")
    await run("shell")
    expect(own.calls("session-manager-plugin").filter(([word]) => word !== "--version")).toHaveLength(1)
  })
})

describe("exec and restart", () => {
  it.each(["exec smart-0dte backend -- ls", "restart smart-0dte backend"])(
    "%s works again once the system is halted",
    async (line) => {
      await trades("live", "active")
      expect(await run(line)).toBe(3)
      expect(asked).toEqual([])
      await trades("live", "halted")
      expect(await run(line), words()).toBe(0)
      expect(asked).toHaveLength(1)
    },
  )
})
