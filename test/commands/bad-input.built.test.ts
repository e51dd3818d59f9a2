import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { sweep } from "../sweep.ts"

const bin = fileURLToPath(new URL("../../bin/smart0dte.js", import.meta.url))

let dir: string
/** How the AWS of our own is reached as if it were the real one. */
let aws: Readonly<Record<string, string>>

const { PATH = "" } = process.env
const base = () => ({ PATH, HOME: dir, SMART0DTE_SANDBOX_DIR: join(dir, "sandbox"), AWS_EC2_METADATA_DISABLED: "true" })
const run = (line: string, env: Readonly<Record<string, string>> = {}) =>
  execa(process.execPath, [bin, ...line.split(" ")], {
    cwd: dir,
    extendEnv: false,
    env: { ...base(), ...env },
    reject: false,
    stdin: "ignore",
    timeout: 30_000,
  })

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "smart0dte-input-"))
  const { stdout } = await run("sandbox env")
  aws = Object.fromEntries(stdout.split("\n").map((line) => line.replace("export ", "").split(/=(.*)/s).slice(0, 2)))
})
afterAll(async () => {
  await run("sandbox stop")
  await sweep(dir)
})

/** Exactly two lines: what failed with the wrong value, and what to do. */
const twoLines = (what: RegExp, hint: RegExp) =>
  new RegExp(`^(\\[sandbox\\] )?error: ${what.source}\\nhint: ${hint.source}$`)

describe("input that is wrong", () => {
  it.each([
    ["an unknown option", "plan single --fast", /unknown option '--fast'/, /smart0dte plan --help shows what there is/],
    [
      "a bad range",
      "plan single --allowed-cidrs 10.0.0.0/99",
      /--allowed-cidrs is "10\.0\.0\.0\/99"/,
      /expected an IPv4 range .*/,
    ],
    [
      "the whole world",
      "plan single --allowed-cidrs 0.0.0.0/0",
      /--allowed-cidrs is "0\.0\.0\.0\/0"/,
      /expected \/8 or narrower.*/,
    ],
    ["an unknown region", "plan single --region mars-1", /--region is "mars-1"/, /expected an AWS region .*/],
  ])("%s is exit 2", async (_, line, what, hint) => {
    const { exitCode, stdout, stderr } = await run(line)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" })
    expect(stderr).toMatch(twoLines(what, hint))
  })

  it("a broken file is exit 2, with line and column", async () => {
    writeFileSync(join(dir, "broken.yaml"), "region: us-east-1\n  egress: nat\n")
    const { exitCode, stderr } = await run("plan single --config broken.yaml")
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(twoLines(/broken\.yaml:1:9: nested mappings .*/, /.*/))
  })

  it("a file that is not there is exit 2", async () => {
    const { exitCode, stderr } = await run("plan single --config none.yaml")
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(twoLines(/the configuration none\.yaml cannot be read: ENOENT/, /.*/))
  })
})

describe("credentials", () => {
  it("that are missing are exit 6", async () => {
    const { exitCode, stderr } = await run("plan single")
    expect(exitCode).toBe(6)
    expect(stderr).toMatch(twoLines(/there are no AWS credentials/, /log in .*/))
  })

  it("of another account than the guard's are exit 3, before anything is asked", async () => {
    await run("sandbox trace --clear")
    const { exitCode, stderr } = await run(
      "deploy single --yes --allowed-cidrs 203.0.113.1 --account 111122223333",
      aws,
    )
    expect(exitCode).toBe(3)
    expect(stderr).toMatch(
      twoLines(/these credentials are of account \d{12} \(arn:aws:.*\), not of 111122223333/, /.*/),
    )
    const { stdout } = await run("sandbox trace --output json")
    const asked = stdout
      .split("\n")
      .slice(1)
      .map((line) => JSON.parse(line).operation)
    expect(asked).toEqual(["GetCallerIdentity"])
  })

  it("that have expired are exit 6", async () => {
    await run("sandbox fault expired")
    const { exitCode, stderr } = await run("plan single", aws)
    await run("sandbox fault none")
    expect(exitCode).toBe(6)
    expect(stderr).toMatch(/^error: the AWS session has expired\nhint: log in again .*\nAWS request id: \S+$/)
  })
})

describe("surroundings", () => {
  it("nobody to ask: exit 2, and nothing waits", async () => {
    const { exitCode, stderr, timedOut } = await run("deploy single", { ...aws, CI: "true" })
    expect({ exitCode, timedOut }).toEqual({ exitCode: 2, timedOut: false })
    expect(stderr).toMatch(twoLines(/nobody has said who may reach the load balancer/, /give --allowed-cidrs.*/))
  })

  it("a home that cannot be written to: exit 1, and where to go instead", async () => {
    // A file where a folder has to be: that stops even root.
    const { exitCode, stderr } = await run("plan single --sandbox", { HOME: bin, SMART0DTE_SANDBOX_DIR: "" })
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/error: the sandbox cannot keep its state in .*: ENOTDIR\nhint: .* SMART0DTE_SANDBOX_DIR$/)
  })

  it("such a home is no hindrance on the real AWS", async () => {
    const { exitCode } = await run("plan single --allowed-cidrs 203.0.113.1", { ...aws, HOME: bin })
    expect(exitCode).toBe(0)
  })

  it.each(["stdout", "stderr"] as const)(
    "a reader of %s that goes away ends nothing, and nobody is told",
    async (which) => {
      const child = run("plan single --sandbox --detailed-exitcode")
      child[which].destroy()
      const { exitCode, stderr } = await child
      expect(exitCode).toBe(4)
      if (which === "stdout")
        expect(stderr).toBe("[sandbox] nothing here is real: no AWS account is used, and nothing is charged")
    },
  )
})
