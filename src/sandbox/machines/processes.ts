import { once } from "node:events"
import {
  closeSync,
  createWriteStream,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  type WriteStream,
} from "node:fs"
import { join } from "node:path"
import { execa } from "execa"
import { killGroup } from "../stand-ins/group.ts"
import type { Ended } from "./inside.ts"
import type { MachinePaths } from "./paths.ts"

export interface Job {
  readonly paths: MachinePaths
  /** The program, which is one of the machine's own, and its arguments. */
  readonly command: readonly [program: string, ...args: string[]]
  readonly signal: AbortSignal
  /** How long it may take, in milliseconds of the wall clock. */
  readonly most?: number
}

/** Runs the machines' processes: so many at once, the others wait for their turn. */
export interface Processes {
  run(job: Job): Promise<Ended>
}

export function startProcesses(atOnce: number): Processes {
  let running = 0
  const waiting: (() => void)[] = []
  const turn = async () => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
  }
  const next = () => {
    const one = waiting.shift()
    if (one) one()
    else running -= 1
  }
  return {
    run: async (job) => {
      await turn()
      try {
        return job.signal.aborted ? KILLED : await runOne(job)
      } finally {
        next()
      }
    },
  }
}

const KILLED: Ended = { code: 137, output: "", errors: "" }

async function runOne({ paths, command, signal, most }: Job): Promise<Ended> {
  const [program, ...args] = command
  const files = newFiles(paths)
  const [output, errors] = await Promise.all([opened(files.output), opened(files.errors)])
  const child = execa(join(paths.bin, program), args, {
    cwd: paths.root,
    env: { PATH: paths.bin, HOME: join(paths.root, "root"), LANG: "C.UTF-8", SMART0DTE_ROOT: paths.root },
    extendEnv: false,
    // A group of its own: what it starts ends with it.
    detached: true,
    cleanup: false,
    reject: false,
    stdin: "ignore",
    // Files, not pipes: what goes on in the background would hold a pipe open.
    stdout: output,
    stderr: errors,
  })
  let late = false
  const kill = () => killGroup(child.pid)
  const timer = setTimeout(() => {
    late = true
    kill()
  }, most ?? LONGEST)
  signal.addEventListener("abort", kill)
  if (signal.aborted) kill()
  try {
    const { exitCode } = await child
    // What it left running in the background goes with it, as its output has nobody who reads it.
    killGroup(child.pid)
    return { code: exitCode ?? 137, output: textOf(files.output), errors: textOf(files.errors), late }
  } finally {
    clearTimeout(timer)
    output.destroy()
    errors.destroy()
    signal.removeEventListener("abort", kill)
    rmSync(files.output, { force: true })
    rmSync(files.errors, { force: true })
  }
}

const LONGEST = 3_600_000

async function opened(file: string): Promise<WriteStream> {
  const stream = createWriteStream(file, { mode: 0o600 })
  await once(stream, "open")
  return stream
}

function newFiles({ records }: MachinePaths) {
  const dir = join(records, "output")
  mkdirSync(dir, { recursive: true })
  const id = crypto.randomUUID()
  return { output: join(dir, `${id}.stdout`), errors: join(dir, `${id}.stderr`) }
}

/** The beginning of a file, as much as anybody will read of it. */
function textOf(file: string): string {
  if (statSync(file).size <= MOST) return readFileSync(file, "utf8")
  const part = Buffer.alloc(MOST)
  const descriptor = openSync(file, "r")
  try {
    readSync(descriptor, part, 0, MOST, 0)
  } finally {
    closeSync(descriptor)
  }
  return part.toString()
}

const MOST = 4_000_000
