import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Readable } from "node:stream"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { privateFolder } from "../../../src/sandbox/folder.ts"
import { offerPlugin, writeFacts } from "../../../src/sandbox/machines/furnish.ts"
import { type MachineFacts, machinePaths } from "../../../src/sandbox/machines/paths.ts"
import { bundlePlugin, samples } from "./yard.ts"

const facts: MachineFacts = {
  id: "i-0123456789abcdef0",
  region: "us-east-1",
  zone: "us-east-1a",
  privateIp: "10.20.10.5",
  account: "111122223333",
  url: "http://127.0.0.1:1",
  speed: 1000,
  samples,
  booted: 0,
  reach: "internet",
  disks: [],
}

describe("the stand-in of the Session Manager plugin", { timeout: 60_000 }, () => {
  let dir: string
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "sandbox-plugin-"))
    offerPlugin(dir, await bundlePlugin(dir))
    const paths = machinePaths(join(dir, "machines", facts.id))
    privateFolder(paths.dir)
    writeFacts(paths, facts)
  }, 60_000)
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    execa(join(dir, "bin/session-manager-plugin"), args, { env, reject: false, timeout: 30_000 })
  const session = (asked: object) => [
    ...["AWS_SSM_START_SESSION_RESPONSE", "us-east-1", "StartSession", "", JSON.stringify(asked)],
    "http://127.0.0.1:1",
  ]
  const env = { AWS_SSM_START_SESSION_RESPONSE: JSON.stringify({ SessionId: "session-1", TokenValue: "canary" }) }

  it("says its version", async () => {
    expect(await start(["--version"])).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^1\.2\.\d+\.\d+$/) })
  })

  it("forwards a local port to what the machine reaches, until it is told to end", async () => {
    const Parameters = { host: ["169.254.169.254"], portNumber: ["80"], localPortNumber: ["0"] }
    const DocumentName = "AWS-StartPortForwardingSessionToRemoteHost"
    const running = start(session({ Target: facts.id, DocumentName, Parameters }), env)
    const port = await portOf(running)
    const base = `http://127.0.0.1:${port}/latest`
    const lifetime = { "x-aws-ec2-metadata-token-ttl-seconds": "60" }
    const token = await (await fetch(`${base}/api/token`, { method: "PUT", headers: lifetime })).text()
    const about = await fetch(`${base}/meta-data/local-ipv4`, { headers: { "x-aws-ec2-metadata-token": token } })
    expect(await about.text()).toBe(facts.privateIp)
    running.kill("SIGTERM")
    const { exitCode, stdout } = await running
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`Port ${port} opened for sessionId session-1.`)
    expect(stdout).not.toContain("canary")
    await expect(fetch(base)).rejects.toThrow()
  })

  it("refuses a machine that is not there, and a document that it does not know", async () => {
    const Target = "i-0fedcba9876543210"
    expect(await start(session({ Target }), env)).toMatchObject({
      exitCode: 255,
      stderr: expect.stringContaining(`TargetNotConnected: ${Target}`),
    })
    expect(await start(session({ Target: facts.id, DocumentName: "AWS-StartSSHSession" }), env)).toMatchObject({
      exitCode: 255,
      stderr: expect.stringContaining("AWS-StartSSHSession"),
    })
  })
})

/** The local port, once it says that it has opened one. */
function portOf({ stdout }: { readonly stdout: Readable }): Promise<string> {
  let said = ""
  return new Promise((resolve, reject) => {
    stdout.on("data", (part: Buffer) => {
      said += part.toString()
      const [, port] = /^Port (\d+) opened/m.exec(said) ?? []
      if (port !== undefined) resolve(port)
    })
    stdout.once("end", () => reject(new Error(`it ended without having opened a port: ${said}`)))
  })
}
