import { randomBytes } from "node:crypto"
import { link, readFile, rename, rm, writeFile } from "node:fs/promises"
import { hostname } from "node:os"
import { setTimeout as sleep } from "node:timers/promises"
import { Locked } from "../errors.ts"

/** Does the work while no other run of ours does it. Who died with the lock in hand holds it no longer. */
export async function lockedBy<T>(lock: string, patience: number, work: () => Promise<T>): Promise<T> {
  const own = `${process.pid} ${hostname()} ${randomBytes(8).toString("hex")}`
  await take(lock, own, patience)
  try {
    return await work()
  } finally {
    if ((await contentOf(lock)) === own) await rm(lock, { force: true })
  }
}

async function take(lock: string, own: string, patience: number): Promise<void> {
  const until = performance.now() + patience
  while (!(await made(lock, own))) {
    const holder = await contentOf(lock)
    if (holder !== undefined && isDead(holder)) await putAside(lock, holder)
    else if (performance.now() >= until)
      throw new Locked(
        `another run is at work on ${lock.replace(/\.lock$/, "")} (${holder ?? "it does not say who"})`,
        {
          hint: `wait until it has ended; if none is running, remove ${lock}`,
        },
      )
    else await sleep(50)
  }
}

/** With its content from the first moment: one that is seen empty would tell nobody whose it is. */
async function made(lock: string, own: string): Promise<boolean> {
  const beside = besideOf(lock)
  await writeFile(beside, own, { mode: 0o600, flag: "wx" })
  try {
    await link(beside, lock)
    return true
  } catch (error) {
    // ENOENT: the holder has swept up what it took for a dead run's.
    if (error instanceof Error && "code" in error && /^(EEXIST|ENOENT)$/.test(String(error.code))) return false
    throw error
  } finally {
    await rm(beside, { force: true })
  }
}

/** Of several who see the same dead holder, one moves it away; who moved a living one's lock puts it back. */
async function putAside(lock: string, dead: string): Promise<void> {
  const beside = besideOf(lock)
  try {
    await rename(lock, beside)
  } catch {
    return
  }
  if ((await contentOf(beside)) !== dead) await link(beside, lock).catch(() => undefined)
  await rm(beside, { force: true })
}

const besideOf = (lock: string): string => `${lock}.${process.pid}.${randomBytes(4).toString("hex")}`

/** Whoever is on another machine may live, for all that can be known here. */
function isDead(holder: string): boolean {
  const [pid, host] = holder.split(" ")
  if (host !== hostname()) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH"
  }
}

const contentOf = (path: string): Promise<string | undefined> => readFile(path, "utf8").catch(() => undefined)
