import { join } from "node:path"
import { execa } from "execa"
import { type Context, Fault } from "../context.ts"
import { flag, type Parsed, parseFlags } from "../flags.ts"
import { endingWith } from "../group.ts"
import { lifeOf } from "./life.ts"
import { type ContainerRecord, containerNamed, readEngine } from "./records.ts"

export interface LogLine {
  readonly at: number
  readonly text: string
}

/** What a container has said: its lines once for each time that it began to run. */
export function saidBy(on: Context, one: ContainerRecord): readonly LogLine[] {
  if (one.started === undefined) return []
  const { restarts, since } = lifeOf(on, one)
  const starts = Array.from({ length: Math.min(restarts, MOST) + 1 }, (_, number) => since + number)
  return starts.flatMap((at) => one.behaviour.lines.map((text) => ({ at, text: filled(text, one) })))
}

/** An application may print what it was given. */
const filled = (text: string, { env }: ContainerRecord): string =>
  text.replaceAll(/\$([A-Z][A-Z0-9_]*)/g, (_, name: string) => env[name] ?? "")

/** Of one that restarts for ever the end is enough. */
const MOST = 20

/** The lines that `--tail` and `--since` leave. */
export function chosenLines(lines: readonly LogLine[], parsed: Parsed): readonly LogLine[] {
  const since = flag(parsed, "--since")
  const from = since === undefined ? 0 : sinceOf(since)
  const young = lines.filter(({ at }) => at >= from)
  const tail = flag(parsed, "--tail") ?? "all"
  return tail === "all" ? young : Number(tail) === 0 ? [] : young.slice(-Number(tail))
}

function sinceOf(text: string): number {
  const [, count, unit = ""] = /^(\d+)([smh])$/.exec(text) ?? []
  if (count !== undefined) return Date.now() - Number(count) * 1000 * ({ s: 1, m: 60, h: 3600 }[unit] ?? 1)
  const at = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text)
  if (Number.isNaN(at))
    throw new Fault(`invalid value for "since": failed to parse value as time or duration: "${text}"`)
  return at
}

export const logFlags = {
  values: [["--tail", "-n"], ["--since"]],
  switches: [["-t", "--timestamps"], ["--no-color"], ["--no-log-prefix"]],
}

export function logsOf(on: Context, args: readonly string[]): number {
  const parsed = parseFlags("docker logs", args, logFlags)
  const one = known(on, parsed.rest[0] ?? "")
  for (const { at, text } of chosenLines(saidBy(on, one), parsed)) {
    on.out(flag(parsed, "-t") === undefined ? `${text}\n` : `${new Date(at).toISOString()} ${text}\n`)
  }
  return 0
}

export async function execIn(on: Context, args: readonly string[]): Promise<number> {
  const switches = [["-T"], ["-i", "--interactive"], ["-t", "--tty"]]
  const { rest } = parseFlags("docker exec", args, { values: [["-u", "--user"]], switches, endsAtWord: true })
  const [name = "", ...command] = rest
  return runIn(on, known(on, name), command)
}

/**
 * There is no container: the command runs on this machine, with the container's environment, in a folder of its own,
 * and finds only the commands of a node that are no stand-ins.
 */
export async function runIn(
  on: Context,
  one: ContainerRecord,
  [program = "", ...args]: readonly string[],
): Promise<number> {
  if (lifeOf(on, one).status !== "running")
    throw new Fault(`Error response from daemon: container ${one.id} is not running`)
  const child = execa(join(on.paths.bin, program), args, {
    cwd: on.paths.records,
    env: { PATH: on.paths.bin, HOME: "/root", ...one.env },
    extendEnv: false,
    detached: true,
    cleanup: false,
    reject: false,
    stripFinalNewline: false,
    stdin: "ignore",
  })
  const { exitCode, stderr, stdout } = await endingWith(on.signal, child)
  if (exitCode === undefined)
    throw new Fault(`OCI runtime exec failed: exec: "${program}": executable file not found in $PATH`, 127)
  on.out(stdout)
  on.err(stderr)
  return exitCode
}

function known(on: Context, name: string): ContainerRecord {
  const one = containerNamed(readEngine(on), name)
  if (!one) throw new Fault(`Error response from daemon: No such container: ${name}`)
  return one
}
