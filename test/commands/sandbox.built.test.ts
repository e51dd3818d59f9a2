import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { execa } from "execa"
import { afterEach, beforeEach, describe, expect, it } from "vitest"

const bin = fileURLToPath(new URL("../../bin/smart0dte.js", import.meta.url))

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "smart0dte-sandbox-"))
})
afterEach(async () => {
  await run("sandbox stop")
  rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
})

/** `speed` may be high where nothing is made that works by itself: programs on the node run as fast as they can. */
const run = (line: string, speed = 1000) =>
  execa(process.execPath, [bin, ...line.split(" ")], {
    cwd: dir,
    env: { SMART0DTE_SANDBOX_DIR: dir, SMART0DTE_SANDBOX_SPEED: String(speed) },
    reject: false,
    stdin: "ignore",
  })

async function facts(line: string): Promise<Record<string, unknown>> {
  const { stdout, exitCode } = await run(`${line} --output json`)
  expect(exitCode).toBe(0)
  const [header, result] = stdout.split("\n").map((text) => JSON.parse(text))
  expect(header).toMatchObject({ schema: "smart0dte/1", command: line.split(" ", 2).join(" "), sandbox: true })
  return { about: result.about, ...result.facts }
}

describe("sandbox", () => {
  it("is started once, however often it is told to, and stops", async () => {
    expect(await facts("sandbox status")).toEqual({ about: "no sandbox runs", dir })
    const first = await facts("sandbox start")
    expect(first).toMatchObject({ about: "the sandbox runs", speed: 1000, dir })
    expect(await facts("sandbox start")).toEqual({ ...first, about: "the sandbox runs already" })
    expect(await facts("sandbox status")).toMatchObject({ url: first.url, pid: first.pid, account: first.account })
    expect(await facts("sandbox stop")).toMatchObject({ about: "the sandbox has ended" })
    expect(await facts("sandbox stop")).toMatchObject({ about: "no sandbox runs" })
  })

  it("prints the variables for other tools, and nothing else", async () => {
    const { stdout, stderr } = await run("sandbox env")
    expect(stderr).toBe("")
    expect(stdout.split("\n").map((line) => line.replace(/=.*/, "="))).toEqual([
      "export AWS_ENDPOINT_URL=",
      "export AWS_ACCESS_KEY_ID=",
      "export AWS_SECRET_ACCESS_KEY=",
      "export AWS_REGION=",
      "export AWS_DEFAULT_REGION=",
    ])
  })

  it("misbehaves on request, tells what it was asked, and forgets", async () => {
    expect(await facts("sandbox fault")).toEqual({ about: "the sandbox behaves" })
    expect((await run("sandbox fault throttle --share 2")).exitCode).toBe(2)
    expect((await run("sandbox fault throttle --times 1 --operation sts:.*")).exitCode).toBe(0)
    expect(await facts("sandbox fault capacity")).toEqual({
      about: "the sandbox misbehaves",
      "1 throttle": "operation sts:.*, times 1, 0 hits",
      "2 capacity": "0 hits",
    })
    expect((await run("plan single --sandbox")).exitCode).toBe(0)
    expect(await facts("sandbox fault")).toMatchObject({ "1 throttle": "operation sts:.*, times 1, 1 hits" })
    const { stdout } = await run("sandbox trace --clear")
    expect(stdout).toMatch(/\[sandbox\] \S+ sts:GetCallerIdentity \d+ Throttling\S* fault throttle/)
    expect((await run("sandbox trace")).stdout).toBe("")
    expect((await run("deploy single --sandbox --yes")).exitCode).toBe(7)
    expect(await facts("sandbox reset")).toMatchObject({ about: "the sandbox is empty" })
    expect((await run("destroy single --sandbox")).stdout).toContain("nothing to do")
  })

  it("has to run for what only a running one can tell", async () => {
    const { exitCode, stderr } = await run("sandbox trace")
    expect(exitCode).toBe(1)
    expect(stderr).toBe(`[sandbox] error: no sandbox runs in ${dir}\nhint: start it with: smart0dte sandbox start`)
  })

  it("leads through an environment's whole life", async () => {
    const deployed = await run("deploy single --sandbox --yes", 60)
    expect(deployed.exitCode, deployed.stdout).toBe(0)
    for (const line of [
      "deploy single --sandbox",
      "plan single --sandbox --detailed-exitcode",
      "drift --sandbox",
      "status --sandbox",
    ]) {
      const { exitCode, stdout } = await run(line)
      expect(exitCode, stdout).toBe(0)
    }
    const { stdout: vpc } = await run("outputs --sandbox --name vpcId")
    expect(vpc).toMatch(/^vpc-[0-9a-f]{17}$/)
    expect((await run("plan single --sandbox --disk-gb 200 --detailed-exitcode")).exitCode).toBe(4)
    expect((await run("drift --sandbox --disk-gb 200")).exitCode).toBe(0)
    const destroyed = await run("destroy single --sandbox --confirm=poc")
    expect(destroyed.exitCode, destroyed.stdout).toBe(0)
    expect((await run("status --sandbox")).exitCode).toBe(1)
  })
})
