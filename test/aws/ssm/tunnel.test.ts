import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { Cloud } from "../../../src/aws/cloud.ts"
import { openTunnel, type TunnelWish } from "../../../src/aws/ssm/tunnel.ts"

let dir: string
let asked: object[]
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "smart0dte-tunnel-"))
  asked = []
})
afterEach(() => rmSync(dir, { recursive: true }))

/** Answers what StartSession would, and keeps what it was asked. */
const ctx = {
  region: "us-east-1",
  ssm: {
    config: {},
    async send({ input }: { readonly input: object }) {
      asked.push(input)
      return { SessionId: "s-1", StreamUrl: "wss://stream.invalid", TokenValue: "canary-token" }
    },
  },
} as unknown as Cloud

function wish(script: string): TunnelWish {
  const program = join(dir, "session-manager-plugin")
  writeFileSync(program, `#!/bin/sh\necho "$@" > ${dir}/arguments\n${script}\n`)
  chmodSync(program, 0o755)
  return { instance: "i-1", host: "10.20.1.7", port: 3000, local: 0, reason: "test", program }
}

const opens = "echo Port 45678 opened for sessionId s-1.\necho Waiting for connections..."

describe("a tunnel", () => {
  it("asks for the node's own address, and knows its port here", async () => {
    const tunnel = await openTunnel(ctx, wish(`${opens}\nexec sleep 60`))
    expect(tunnel.port).toBe(45678)
    expect(asked).toEqual([
      {
        Target: "i-1",
        DocumentName: "AWS-StartPortForwardingSessionToRemoteHost",
        Parameters: { host: ["10.20.1.7"], portNumber: ["3000"], localPortNumber: ["0"] },
        Reason: "test",
      },
    ])
    expect(readFileSync(join(dir, "arguments"), "utf8")).not.toContain("canary-token")
    await tunnel.close()
    expect(asked.at(-1)).toEqual({ SessionId: "s-1" })
  })

  it("tells its last words when it ends by itself", async () => {
    const tunnel = await openTunnel(ctx, wish(`${opens}\nsleep 0.2\necho session timed out >&2`))
    expect(await tunnel.ended).toContain("session timed out")
    await tunnel.close()
  })

  it("that never opens says why, and leaves no session behind", async () => {
    await expect(openTunnel(ctx, wish("echo no such host >&2; exit 1"))).rejects.toThrow(
      "no tunnel to port 3000 of 10.20.1.7 could be opened: no such host",
    )
    expect(asked.at(-1)).toEqual({ SessionId: "s-1" })
  })

  it("says so where there is no plugin", async () => {
    await expect(openTunnel(ctx, { ...wish(""), program: join(dir, "missing") })).rejects.toThrow("could be opened")
  })
})
