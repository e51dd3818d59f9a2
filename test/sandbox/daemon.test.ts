import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { CreateVpcCommand, DescribeVpcsCommand } from "@aws-sdk/client-ec2"
import { build } from "esbuild"
import { execa } from "execa"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { admin, attach, type Connection, type NoSandbox, running } from "../../src/sandbox/connect.ts"
import { readEndpoint, writeEndpoint } from "../../src/sandbox/endpoint.ts"
import { isRunning } from "../../src/sandbox/lock.ts"
import { sweep } from "../sweep.ts"
import { clientsOf } from "./tiny.ts"

describe("the sandbox's own process", { timeout: 60_000 }, () => {
  let built: string
  let entry: string
  let command: string
  let dir: string
  const started: number[] = []
  const start = async (options: { readonly idleSeconds?: number; readonly speed?: number } = {}) => {
    const connection = await attach({ dir, start: { entry, speed: 60, ...options } })
    started.push(connection.pid)
    return connection
  }
  beforeAll(async () => {
    built = mkdtempSync(join(tmpdir(), "sandbox-entry-"))
    entry = join(built, "sandbox.cjs")
    const bundle = { bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "error" } as const
    command = join(built, "command.cjs")
    await build({ ...bundle, entryPoints: [join(import.meta.dirname, "tiny-daemon.ts")], outfile: entry })
    await build({ ...bundle, entryPoints: [join(import.meta.dirname, "tiny-command.ts")], outfile: command })
  })
  afterAll(() => rmSync(built, { recursive: true }))
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "sandbox-state-"))
  })
  afterEach(async () => {
    for (const pid of started.splice(0)) end(pid, "SIGKILL")
    await sweep(dir)
    rmSync(`${dir}.starts`, { force: true })
  })

  it("is started once by six that ask at once", async () => {
    const connections = await Promise.all(Array.from({ length: 6 }, () => start()))
    expect(new Set(connections.map(({ pid }) => pid)).size).toBe(1)
    expect(new Set(connections.map(({ url }) => url)).size).toBe(1)
    expect(readFileSync(`${dir}.starts`, "utf8").trim().split("\n")).toHaveLength(1)
  })

  it("does not begin beside another one on the same directory", async () => {
    const connection = await start()
    const second = await execa(process.execPath, [entry, dir, "--speed", "60"], { timeout: 10_000 })
    expect(second.exitCode).toBe(0)
    expect((await running(dir))?.pid).toBe(connection.pid)
  })

  it("lets the command that started it end, and outlives it", async () => {
    const { stdout } = await execa(process.execPath, [command, dir, entry], { timeout: 10_000 })
    const pid = Number(stdout)
    started.push(pid)
    expect(isRunning(pid)).toBe(true)
    expect((await running(dir))?.pid).toBe(pid)
  })

  it("is not ended with the process group of the command that started it", async () => {
    const starter = execa(process.execPath, [command, dir, entry], { detached: true, reject: false })
    const found = await eventually(() => running(dir))
    started.push(found.pid)
    end(-(starter.pid ?? 0), "SIGKILL")
    await starter
    expect((await running(dir))?.pid).toBe(found.pid)
  })

  it("keeps its keys in files that nobody else may read", async () => {
    await start()
    expect(statSync(dir).mode & 0o777).toBe(0o700)
    for (const file of ["endpoint.json", "state.json", "sandbox.log"]) {
      expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600)
    }
  })

  it("keeps every acknowledged write when it is killed, and its clock does not go back", async () => {
    const first = await start({ speed: 1000 })
    const { ec2 } = clientsOf(first)
    const acknowledged: (string | undefined)[] = []
    const writing = (async () => {
      for (;;) acknowledged.push((await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }))).Vpc?.VpcId)
    })().catch(() => undefined)
    await admin(first).setFaults([{ name: "quota", value: 1_000_000 }])
    await until(() => acknowledged.length >= 30)
    const { now } = await admin(first).status()
    end(first.pid, "SIGKILL")
    await writing
    const second = await start({ speed: 1000 })
    expect(second.pid).not.toBe(first.pid)
    expect(second.account).toBe(first.account)
    const { Vpcs = [] } = await clientsOf(second).ec2.send(new DescribeVpcsCommand({}))
    expect(Vpcs.map(({ VpcId }) => VpcId)).toEqual(expect.arrayContaining(acknowledged))
    expect((await admin(second).status()).now).toBeGreaterThanOrEqual(now)
  })

  it("saves and ends on SIGTERM and on stop", async () => {
    for (const stop of [async (c: Connection) => end(c.pid, "SIGTERM"), (c: Connection) => admin(c).stop()]) {
      const connection = await start()
      await clientsOf(connection).ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }))
      await stop(connection)
      await until(() => !isRunning(connection.pid))
      expect(existsSync(join(dir, "endpoint.json"))).toBe(false)
      expect(await running(dir)).toBeUndefined()
    }
    const { records } = await admin(await start()).status()
    expect(records).toEqual({ vpc: 2 })
  })

  it("ends itself when nobody asks anything of it, and not before", async () => {
    const { pid, ...connection } = await start({ idleSeconds: 2 })
    for (let asked = 0; asked < 5; asked++) {
      await new Promise((resolve) => setTimeout(resolve, 500))
      await admin({ pid, ...connection }).status()
    }
    await until(() => !isRunning(pid))
    expect(readdirSync(dir)).not.toContain("endpoint.json")
  })

  it("is not taken for alive when only its address was left behind", async () => {
    const first = await start()
    const left = readEndpoint(dir)
    end(first.pid, "SIGKILL")
    await until(() => !isRunning(first.pid))
    const address = { ...first, now: undefined }
    expect(left).toEqual(address)
    expect(readEndpoint(dir)).toEqual(address)
    await expect(attach({ dir, start: undefined })).rejects.toThrow(/no sandbox runs in/)
    const second = await start()
    // Another process at that address, and a living process with that number.
    writeEndpoint({ ...second, token: "x".repeat(second.token.length), pid: process.pid })
    expect(await running(dir)).toBeUndefined()
    writeFileSync(join(dir, "endpoint.json"), "{ half")
    expect(await running(dir)).toBeUndefined()
  })

  it("is not started a second time beside one that is paused", async () => {
    const connection = await start()
    process.kill(connection.pid, "SIGSTOP")
    await expect(start()).rejects.toMatchObject({ hint: `kill ${connection.pid}` } satisfies Partial<NoSandbox>)
    process.kill(connection.pid, "SIGCONT")
    expect((await start()).pid).toBe(connection.pid)
  })

  it("says why it could not be started", async () => {
    writeFileSync(join(dir, "state.json"), JSON.stringify({ version: 99 }))
    await expect(start()).rejects.toThrow(/version 99, not 1/)
  })
})

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended before.
  }
}

async function until(holds: () => boolean): Promise<void> {
  await eventually(async () => holds() || undefined)
}

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const limit = Date.now() + 10_000; Date.now() < limit; ) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error("it did not come to pass within ten seconds")
}
