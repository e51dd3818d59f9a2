import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect } from "vitest"
import { writeFacts } from "../../../src/sandbox/machines/furnish.ts"
import { type MachineFacts, type MachinePaths, machinePaths } from "../../../src/sandbox/machines/paths.ts"
import type { Calling } from "../../../src/sandbox/stand-ins/context.ts"
import { runStandIn } from "../../../src/sandbox/stand-ins/run.ts"
import { samples } from "../machines/yard.ts"

export const machine = "i-0123456789abcdef0"

export interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A machine's folder, with nobody who lives in it. */
export interface Bench {
  readonly paths: MachinePaths
  know(more: Partial<MachineFacts>): void
  /** It has no role, and so no keys. */
  loseRole(): void
  call(line: string | readonly string[], input?: string, env?: Readonly<Record<string, string>>): Promise<Said>
  /** What it prints, where it ends well. */
  ok(line: string | readonly string[], input?: string, env?: Readonly<Record<string, string>>): Promise<string>
  put(file: string, text: string): void
  /** What goes wrong from now on. */
  mishap: NonNullable<Calling["mishap"]>
  close(): void
}

export function bench(given: Partial<MachineFacts> = {}): Bench {
  const dir = mkdtempSync(join(tmpdir(), "stand-in-"))
  const paths = machinePaths(join(dir, "machines", machine))
  mkdirSync(paths.records, { recursive: true })
  mkdirSync(paths.root, { recursive: true })
  let facts: MachineFacts = {
    id: machine,
    region: "us-east-1",
    zone: "us-east-1a",
    privateIp: "10.20.10.5",
    account: "111122223333",
    url: "http://127.0.0.1:1",
    keys: { accessKeyId: "ASIASANDBOX", secretAccessKey: "none" },
    role: "node",
    speed: 1000,
    samples,
    booted: 0,
    reach: "internet",
    disks: [],
    ...given,
  }
  writeFacts(paths, facts)
  const call: Bench["call"] = async (line, input = "", env = {}) => {
    const [name = "", ...args] = typeof line === "string" ? line.split(" ") : line
    const said = { out: "", err: "" }
    const code = await runStandIn(paths.dir, name, {
      args,
      env,
      cwd: paths.root,
      signal: new AbortController().signal,
      input: () => input,
      out: (text) => {
        said.out += text
      },
      err: (text) => {
        said.err += text
      },
      mishap: (fault, about) => on.mishap(fault, about),
    })
    return { code, ...said }
  }
  const on: Bench = {
    paths,
    know: (more) => {
      facts = { ...facts, ...more }
      writeFacts(paths, facts)
    },
    loseRole: () => {
      const { keys: _keys, role: _role, ...rest } = facts
      facts = rest
      writeFacts(paths, facts)
    },
    call,
    ok: async (line, input, env) => {
      const said = await call(line, input, env)
      expect({ line, ...said }).toMatchObject({ code: 0 })
      return said.out
    },
    put: (file, text) => {
      const path = join(paths.root, file)
      mkdirSync(join(path, ".."), { recursive: true })
      writeFileSync(path, text)
    },
    mishap: () => undefined,
    close: () => rmSync(dir, { recursive: true, force: true }),
  }
  return on
}

/** A machine with Docker and its Compose. */
export async function engine(on: Bench): Promise<void> {
  await on.ok("dnf install -y docker")
  await on.ok("systemctl enable --now docker")
  on.put("usr/local/lib/docker/cli-plugins/docker-compose", "")
}
