import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
// biome-ignore lint/correctness/noUnresolvedImports: it exports by assignment, which the linter does not see
import { spawn } from "@lydell/node-pty"
// biome-ignore lint/correctness/noUnresolvedImports: as above
import xterm from "@xterm/headless"
import { execa } from "execa"
import { sweep } from "../sweep.ts"

const bin = fileURLToPath(new URL("../../bin/smart0dte.js", import.meta.url))

/** Somebody at a terminal of so many columns, with a sandbox of their own. */
export interface Desk {
  /** The folder that commands are run in. */
  readonly dir: string
  open(args: string, options?: Options): Session
  /** The same without a terminal: what it says on stdout. */
  quietly(args: string): Promise<string>
  close(): Promise<void>
}

export interface Options {
  readonly columns?: number
  readonly rows?: number
  readonly env?: Readonly<Record<string, string>>
}

export interface Session {
  /** The lines on the screen, and those that have scrolled away. */
  screen(): readonly string[]
  /** All that was written, with its control sequences. */
  raw(): string
  /** Waits until the screen shows it. */
  shows(text: string | RegExp): Promise<void>
  type(keys: string): void
  kill(signal: string): void
  /** The exit code. */
  readonly ended: Promise<number>
}

export const keys = { enter: "\r", ctrlC: "\u0003", ctrlD: "\u0004", up: "\u001b[A", down: "\u001b[B" } as const

/** Simulated seconds in a real one: slow enough to press a key in between. */
const speed = "60"

export function desk(): Desk {
  const dir = mkdtempSync(join(tmpdir(), "smart0dte-desk-"))
  const own = { SMART0DTE_SANDBOX: "1", SMART0DTE_SANDBOX_DIR: dir, SMART0DTE_SANDBOX_SPEED: speed, HOME: dir }
  const open = (args: string, options: Options = {}) =>
    start(args, dir, { ...options, env: { ...own, ...options.env } })
  return {
    dir,
    open,
    async quietly(args) {
      const { PATH } = process.env
      const { stdout } = await execa(process.execPath, [bin, ...args.split(" ")], {
        cwd: dir,
        extendEnv: false,
        env: { PATH, ...own },
        stdin: "ignore",
      })
      return stdout
    },
    async close() {
      await open("sandbox stop").ended
      await sweep(dir)
    },
  }
}

function start(args: string, cwd: string, { columns = 80, rows = 30, env = {} }: Options): Session {
  const { PATH = "" } = process.env
  const child = spawn(process.execPath, [bin, ...args.split(" ")], {
    name: env.TERM ?? "xterm-256color",
    cols: columns,
    rows,
    cwd,
    env: { PATH, ...env },
  })
  const emulator = new xterm.Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true })
  let raw = ""
  child.onData((text) => {
    raw += text
    emulator.write(text)
  })
  const screen = () => {
    const { buffer } = emulator
    return Array.from(
      { length: buffer.active.length },
      (_, line) => buffer.active.getLine(line)?.translateToString(true) ?? "",
    )
  }
  const ended = new Promise<number>((resolve) => {
    child.onExit(({ exitCode, signal }) => {
      // What was written last may still be on its way to the emulator.
      emulator.write("", () => resolve(signal ? 128 + signal : exitCode))
    })
  })
  return {
    screen,
    raw: () => raw,
    async shows(text) {
      const found = () =>
        typeof text === "string" ? screen().join("\n").includes(text) : text.test(screen().join("\n"))
      for (const until = Date.now() + 20_000; !found(); await sleep(10))
        if (Date.now() > until) throw new Error(`the screen never showed ${text}:\n${screen().join("\n")}`)
    },
    type: (typed) => child.write(typed),
    kill: (signal) => child.kill(signal),
    ended,
  }
}
