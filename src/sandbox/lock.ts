import { linkSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"

export interface Lock {
  release(): void
}

/**
 * Takes a lock that belongs to a living process, or nothing when another one holds it.
 *
 * Its files are numbered: the highest is the lock, and it is free when it is empty or its holder is dead. Taking it is
 * making the next number, which only one can; nobody ever removes a file that might be somebody's lock.
 */
export function takeLock(dir: string, name: string): Lock | undefined {
  for (;;) {
    const highest = numbers(dir, name).at(-1) ?? 0
    if (highest > 0 && isHeld(fileOf(dir, name, highest))) return undefined
    const own = fileOf(dir, name, highest + 1)
    if (!make(own)) continue
    // One who was slow may have made a number that was freed and tidied away meanwhile.
    if ((numbers(dir, name).at(-1) ?? 0) > highest + 1) {
      rmSync(own, { force: true })
      continue
    }
    for (const older of numbers(dir, name).filter((number) => number <= highest)) {
      rmSync(fileOf(dir, name, older), { force: true })
    }
    return { release: () => truncateSync(own) }
  }
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}

const fileOf = (dir: string, name: string, number: number): string => join(dir, `${name}.${number}.lock`)

function numbers(dir: string, name: string): readonly number[] {
  const pattern = new RegExp(`^${name}\\.(\\d+)\\.lock$`)
  return readdirSync(dir)
    .flatMap((file) => pattern.exec(file)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

function isHeld(file: string): boolean {
  const holder = read(file)
  return holder !== undefined && holder !== "" && isAlive(holder)
}

/** Whether it is still the process that made the lock, and not a later one that got its number. */
function isAlive(holder: string): boolean {
  const [pid = "", birth = ""] = holder.split(" ")
  const now = birthOf(pid)
  return now === undefined ? isRunning(Number(pid)) : now === birth
}

/** Makes the file with its content at once: one that is seen empty would be taken for a free one. */
function make(file: string): boolean {
  const beside = `${file}.${process.pid}`
  writeFileSync(beside, `${process.pid} ${birthOf(String(process.pid)) ?? ""}`, { mode: 0o600 })
  try {
    linkSync(beside, file)
    return true
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false
    throw error
  } finally {
    rmSync(beside, { force: true })
  }
}

/** When a process began, in Linux's own ticks: nothing on other systems, where its number has to do. */
function birthOf(pid: string): string | undefined {
  const self = read("/proc/self/stat")
  if (self === undefined) return undefined
  const [state, ...fields] = read(`/proc/${pid}/stat`)?.split(") ").at(-1)?.split(" ") ?? []
  return state === undefined || state === "Z" ? "dead" : fields[18]
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return undefined
  }
}
