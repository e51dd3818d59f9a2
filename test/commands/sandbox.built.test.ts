import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { execa } from "execa"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { sweep } from "../sweep.ts"

const bin = fileURLToPath(new URL("../../bin/smart0dte.js", import.meta.url))

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "smart0dte-sandbox-"))
})
afterEach(async () => {
  await run("sandbox stop")
  await sweep(dir)
})

/** `speed` may be high where nothing is made that works by itself: programs on the node run as fast as they can. */
const run = (line: string, speed = 1000, env: Readonly<Record<string, string>> = {}) =>
  execa(process.execPath, [bin, ...line.split(" ")], {
    cwd: dir,
    env: { SMART0DTE_SANDBOX_DIR: dir, SMART0DTE_SANDBOX_SPEED: String(speed), ...env },
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

  it("has this machine's Docker where it is told to, and says which it has", async () => {
    writeFileSync(join(dir, "docker"), '#!/bin/sh\necho "no engine answers" >&2\nexit 1\n', { mode: 0o755 })
    const path = { PATH: `${dir}:${process.env.PATH}` }
    const refused = await run("sandbox start --docker", 1000, path)
    expect(refused.exitCode).toBe(1)
    expect(refused.stderr).toContain("this machine's Docker does not answer to docker version: no engine answers")
    expect(await facts("sandbox start")).toMatchObject({ docker: "a stand-in" })
    const other = await run("status --sandbox", 1000, { SMART0DTE_SANDBOX_DOCKER: "1" })
    expect([other.exitCode, other.stderr]).toEqual([2, expect.stringContaining("has stand-ins of Docker")])
    await run("sandbox stop")
    writeFileSync(join(dir, "docker"), "#!/bin/sh\nexit 0\n", { mode: 0o755 })
    expect((await run("sandbox start --docker", 1000, path)).exitCode).toBe(0)
    expect(await facts("sandbox start")).toMatchObject({ docker: "this machine's own" })
    expect(await facts("sandbox status")).toMatchObject({ docker: "this machine's own" })
    expect((await run("plan single --sandbox")).stderr).toContain("which run on this machine's Docker")
  })

  it("enforces policies where it is told to, also when it ended meanwhile, until it is told otherwise", async () => {
    expect(await facts("sandbox start")).toMatchObject({ policies: "not enforced" })
    expect(await facts("sandbox start --enforce")).toMatchObject({
      about: "the sandbox runs already",
      policies: "enforced",
    })
    expect(await facts("sandbox status")).toMatchObject({ policies: "enforced" })
    await run("sandbox stop")
    expect(await facts("sandbox start")).toMatchObject({ about: "the sandbox runs", policies: "enforced" })
    await run("sandbox reset")
    expect(await facts("sandbox status")).toMatchObject({ policies: "enforced" })
    // Its own keys are the owner's.
    expect((await run("plan single --sandbox")).exitCode).toBe(0)
    expect((await run("iam create-user bot --service poc --profile-name poc --sandbox")).exitCode).toBe(0)
    const as = (profile: string, line: string) => run(line, 1000, { SMART0DTE_SANDBOX_PROFILE: profile })
    expect((await as("poc", "plan single --sandbox")).exitCode).toBe(0)
    expect(await as("poc", "iam create-user other --sandbox")).toMatchObject({
      exitCode: 6,
      stderr: expect.stringContaining("user/smart0dte/service/bot"),
    })
    expect(await as("none", "plan single --sandbox")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('SMART0DTE_SANDBOX_PROFILE is "none", which has no keys in'),
    })
    expect(await facts("sandbox start --no-enforce")).toMatchObject({ policies: "not enforced" })
    expect(await facts("sandbox start")).toMatchObject({ policies: "not enforced" })
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
