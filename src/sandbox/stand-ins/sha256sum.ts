import { createHash } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { type Context, Fault, type StandIn } from "./context.ts"
import { flag, parseFlags } from "./flags.ts"

/** The real sums of real files. A stand-in of a download has the sum that was pinned for it, and no other. */
export const sha256sum: StandIn = (on) => {
  const parsed = parseFlags("sha256sum", on.args, {
    values: [],
    switches: [["-c", "--check"], ["--quiet"], ["--status"], ["--strict"], ["-w", "--warn"]],
  })
  if (flag(parsed, "-c") === undefined) return sums(on, parsed.rest)
  const silent = flag(parsed, "--status") !== undefined
  const quiet = silent || flag(parsed, "--quiet") !== undefined
  const [list = "-"] = parsed.rest
  const text = list === "-" ? on.input() : readText(on, list)
  const lines = text.split("\n").filter((line) => line.trim() !== "")
  if (lines.length === 0) throw new Fault(`sha256sum: ${list}: no properly formatted checksum lines found`)
  const bad = lines.filter((line) => !checkLine(on, line, { silent, quiet }))
  if (bad.length > 0 && !silent) on.err(`sha256sum: WARNING: ${bad.length} computed checksum did NOT match\n`)
  return bad.length === 0 ? 0 : 1
}

function sums(on: Context, names: readonly string[]): number {
  for (const name of names.length === 0 ? ["-"] : names) {
    const content = name === "-" ? Buffer.from(on.input()) : read(on, name)
    if (!content) throw new Fault(`sha256sum: ${name}: No such file or directory`)
    on.out(`${sumOf(content)}  ${name}\n`)
  }
  return 0
}

function checkLine(on: Context, line: string, { silent, quiet }: { silent: boolean; quiet: boolean }): boolean {
  const [, sum = "", name = ""] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? []
  const content = name === "" ? undefined : read(on, name)
  if (!content) {
    if (!silent) on.err(`sha256sum: ${name}: No such file or directory\n`)
    return false
  }
  const good = sumOf(content) === sum || isPinned(on, content, sum)
  if (!good && !silent) on.out(`${name}: FAILED\n`)
  if (good && !quiet) on.out(`${name}: OK\n`)
  return good
}

/** Whether it is a stand-in of a download, and this the sum that the node's files pin beside its address. */
function isPinned(on: Context, content: Buffer, sum: string): boolean {
  const [, url] = /^stand-in of (\S+)\n$/.exec(content.toString()) ?? []
  const pins = join(on.paths.root, "opt/smart0dte/bin/pinned.env")
  if (url === undefined || !existsSync(pins)) return false
  const lines = readFileSync(pins, "utf8").split("\n")
  const [, name, machine] =
    lines.map((line) => /^(\w+)_URL_(\w+)=(.*)$/.exec(line)).find((found) => found?.[3] === url) ?? []
  return name !== undefined && lines.includes(`${name}_SHA256_${machine}=${sum}`)
}

const sumOf = (content: Buffer): string => createHash("sha256").update(content).digest("hex")

function read(on: Context, name: string): Buffer | undefined {
  const file = resolve(on.cwd, name)
  return existsSync(file) ? readFileSync(file) : undefined
}

function readText(on: Context, name: string): string {
  const content = read(on, name)
  if (!content) throw new Fault(`sha256sum: ${name}: No such file or directory`)
  return content.toString()
}
