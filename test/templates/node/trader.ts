import { execFile } from "node:child_process"
import { once } from "node:events"
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import { execa } from "execa"
import { expect, onTestFinished } from "vitest"
import { type NodeSaid, saidOf } from "../../../src/nodes/live/said.ts"
import { sweep } from "../../sweep.ts"
import { scripts } from "./bash.ts"
import { broker, fakes, furnish, link, recordOf, type System, settingOf, type Tradings } from "./trader-node.ts"

export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A node for one test, as another one is now, or as it is after both systems ran well in development. */
export async function trader(like?: Trader): Promise<Trader> {
  const on = await keptTrader(like)
  onTestFinished(() => on.remove())
  return on
}

/** One that stays until it is removed. */
export async function keptTrader(like?: Trader): Promise<Trader> {
  const folder = await mkdtemp(join(tmpdir(), "smart0dte-trader-"))
  if (like) {
    await cp(like.folder, folder, { recursive: true, verbatimSymlinks: true })
    await link(folder)
  } else await furnish(folder)
  return traderIn(folder)
}

function traderIn(folder: string) {
  const [root, world] = [join(folder, "root"), join(folder, "world")]
  const put = async (file: string, text: string) => {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  const program = async (file: string, lines: string) => {
    await put(file, `#!/bin/bash\n${lines}\n`)
    await chmod(file, 0o755)
  }
  const text = (file: string) => readFile(file, "utf8").catch(() => undefined)
  const env = { BASH_ENV: fakes, PATH: "/usr/bin:/bin", HOME: folder, SMART0DTE_ROOT: root, WORLD: world }
  const on = {
    folder,
    root,
    world,
    remove: () => sweep(folder),
    run: (...args: readonly string[]) => ended(join(scripts, "node.sh"), args, env),
    /** What the node says at the end of a verb; that it says something is part of every verb. */
    async tell(...args: readonly string[]): Promise<Ended & { readonly said: NodeSaid }> {
      const end = await on.run(...args)
      const said = saidOf(end.out)
      expect(said, end.err).toBeDefined()
      // It was just found to be there.
      return { ...end, said: said as NodeSaid }
    },
    record: (epoch: number, systems: Tradings = {}) =>
      put(join(world, "objects/trading/poc/record"), recordOf(epoch, systems)),
    rawRecord: (raw: string) => put(join(world, "objects/trading/poc/record"), raw),
    noRecord: () => rm(join(world, "objects/trading/poc/record"), { force: true }),
    marker: (word: string, system: System = "smart-0dte") =>
      put(join(world, "objects/trading/poc/halt", system), `${word}\nat=now\n`),
    /** What is wrong with the state bucket, or with some of its keys: a status, or "silence". Nothing where it is well. */
    trouble: (what: string, key = "") => put(join(world, "trouble"), what === "" ? "" : `${what}\n${key}\n`),
    /** Whoever confirms the second factor. */
    login: (port: 4003 | 4004, name: string) => put(join(world, `account.${port}`), name),
    admit: () => put(join(world, "secrets/smart0dte/poc/broker-live/keys"), broker("live")),
    world_: (name: string, content: string) => put(join(world, name), content),
    file: (name: string) => text(join(world, name)),
    /** What happens while a container is started. */
    meanwhile: (lines: string) => program(join(world, "meanwhile"), lines),
    /** What Docker does when it is asked for a network. */
    network: (lines: string) => program(join(world, "network"), lines),
    /** What happens when an object was read, before anything is done with it. */
    onceAsked: (lines: string) => program(join(world, "asked"), lines),
    /** What happens while containers are stopped. */
    whileStopping: (lines: string) => program(join(world, "stopping"), lines),
    latch: (system: System = "smart-0dte") => text(join(root, "var/lib/smart0dte/trading", `${system}.halted`)),
    putLatch: (content: string, system: System = "smart-0dte") =>
      put(join(root, "var/lib/smart0dte/trading", `${system}.halted`), content),
    mark: (name: string, system: System = "smart-0dte") =>
      text(join(root, "run/smart0dte/trading", `${system}.${name}`)),
    putMark: (name: string, content: string, system: System = "smart-0dte") =>
      put(join(root, "run/smart0dte/trading", `${system}.${name}`), `${content}\n`),
    /** Somebody is at a system, and stays. */
    lock: async (system: System = "smart-0dte") => {
      const at = join(root, "run/smart0dte")
      await mkdir(at, { recursive: true })
      const holder = execa("flock", [join(at, `${system}.lock`), "sh", "-c", "echo; cat"], { reject: false })
      onTestFinished(async () => {
        holder.stdin.end()
        await holder
      })
      await once(holder.stdout, "data")
    },
    noMarker: () => rm(join(world, "objects/trading/poc/halt"), { recursive: true }),
    age: async (name: string, minutes: number, system: System = "smart-0dte") => {
      const at = Date.now() / 1000 - minutes * 60
      await utimes(join(root, "run/smart0dte/trading", `${system}.${name}`), at, at)
    },
    setting: (lines: string, system: System = "smart-0dte") =>
      put(join(root, "var/lib/smart0dte/systems", system, "versions/one/setting"), `${settingOf}${lines}`),
    boot: async () => {
      await rm(join(root, "run"), { recursive: true, force: true })
      for (const name of await containers(world)) await writeFile(join(world, "docker", name, "status"), "exited\n")
    },
    /** Whether a container runs, and with which variables. */
    container: async (name: string) => {
      const at = join(world, "docker", name)
      const [status, variables, network] = await Promise.all(
        ["status", "env", "network"].map((one) => text(join(at, one))),
      )
      return status === undefined
        ? undefined
        : { up: status === "running\n", variables: variables ?? "", network: network?.trim() ?? "" }
    },
    calls: async (of: string) => (await text(join(world, `${of}.calls`))) ?? "",
    parameter: async (name: string) => text(join(world, "parameters/smart0dte/poc", name)),
    putParameter: (name: string, content: string) => put(join(world, "parameters/smart0dte/poc", name), content),
    putSecret: (name: string, content: string) => put(join(world, "secrets/smart0dte/poc", name), content),
  }
  return on
}

export type Trader = ReturnType<typeof traderIn>

/** Of the images that both systems have. */
export async function digestOf(on: Trader): Promise<string> {
  return (await on.tell("compose", "smart-0dte", "mode")).said.digest
}

const containers = (world: string) => readdir(join(world, "docker")).catch(() => [])

async function ended(file: string, args: readonly string[], env: Record<string, string>): Promise<Ended> {
  try {
    const { stdout, stderr } = await promisify(execFile)(file, args, { env, maxBuffer: 4_000_000 })
    return { code: 0, out: stdout, err: stderr }
  } catch (error) {
    // What execFile rejects with has these.
    const { code, stdout = "", stderr = "" } = error as { code?: number; stdout?: string; stderr?: string }
    if (typeof code !== "number") throw error
    return { code, out: stdout, err: stderr }
  }
}
