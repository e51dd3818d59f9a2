import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { execa } from "execa"

export const bin = fileURLToPath(new URL("../bin/smart0dte.js", import.meta.url))

/**
 * The built program on a sandbox of its own.
 * @typedef {ReturnType<typeof program>} Program
 */
export function program() {
  const folder = mkdtempSync(join(tmpdir(), "smart0dte-bench-"))
  // A certificate store that is read at every start would hide everything else.
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env
  // Creation times are true to life, and what this machine needs for the rest counts so many times: not too often.
  const speed = process.env.SMART0DTE_SANDBOX_SPEED ?? "4"
  const sandbox = join(folder, "sandbox")
  const own = { SMART0DTE_SANDBOX: "1", SMART0DTE_SANDBOX_SPEED: speed, SMART0DTE_SANDBOX_DIR: sandbox, CI: "true" }
  const env = { ...inherited, ...own }
  /** @param {readonly string[]} args */
  const node = (args) => execa(process.execPath, args, { env, extendEnv: false, cwd: folder, stdin: "ignore" })
  return {
    folder,
    sandbox,
    speed: Number(speed),
    node,
    /**
     * @param {...string} args
     * @returns {Promise<any[]>}
     */
    async lines(...args) {
      // What it ended with is among what it said.
      const { stdout } = await node([bin, ...args, "--output", "json"]).catch((error) => error)
      return stdout.split("\n").map((/** @type {string} */ line) => JSON.parse(line))
    },
  }
}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`)
}

/** @param {readonly number[]} figures */
export function median(figures) {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN
}
