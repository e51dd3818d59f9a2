import { randomBytes } from "node:crypto"
import { access, chmod, lstat, mkdir, open, readdir, readFile, realpath, rename, rm, stat } from "node:fs/promises"
import { homedir } from "node:os"
import { basename, dirname, join } from "node:path"
import { Usage, UserError } from "../errors.ts"
import { keyIdIn, keysIn, type LastingKeys, profilesWith, withKeys } from "./credentials-text.ts"
import type { Environment } from "./environment.ts"
import { lockedBy } from "./file-lock.ts"

/** The file in which programs look for keys by a profile's name. */
export interface CredentialsFile {
  readonly path: string
  /** Nothing where there is no such profile, or none with keys. */
  keyId(profile: string): Promise<string | undefined>
  /** The profiles that have this key. */
  profilesWith(id: string): Promise<readonly string[]>
  /** Those that the profile has, whole. */
  keys(profile: string): Promise<LastingKeys | undefined>
  /** Gives the profile these keys, for its owner alone, and leaves everything else as it is. */
  set(profile: string, keys: LastingKeys): Promise<void>
}

export const credentialsPath = (env: Environment): string =>
  env.AWS_SHARED_CREDENTIALS_FILE || join(env.HOME || env.USERPROFILE || homedir(), ".aws", "credentials")

/** Works with the file while no other run of ours does. */
export async function withCredentialsFile<T>(
  path: string,
  work: (file: CredentialsFile) => Promise<T>,
  patience = 10_000,
): Promise<T> {
  const target = await realPath(path)
  await explained(path, async () => makeFolder(dirname(target)))
  let locked = false
  const whenLocked = async () => {
    locked = true
    await explained(path, () => tidy(target))
    return work({
      path,
      keyId: async (profile) => keyIdIn(await explained(path, () => textOf(target)), profile),
      profilesWith: async (id) => profilesWith(await explained(path, () => textOf(target)), id),
      keys: async (profile) => keysIn(await explained(path, () => textOf(target)), profile),
      set: (profile, keys) => explained(path, () => replace(target, (text) => withKeys(text, profile, keys))),
    })
  }
  try {
    return await lockedBy(`${target}.lock`, patience, whenLocked)
  } catch (error) {
    // The lock lies beside the file: where there can be none, neither can a new file.
    if (locked) throw error
    return explained(path, () => Promise.reject(error))
  }
}

/** What becomes the head of a section, and a word in somebody's shell. */
export function readProfileName(text: string): string {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}$/.test(text)) return text
  throw new Usage(`a profile cannot be called ${JSON.stringify(text.slice(0, 80))}`, {
    hint: "letters, digits and . _ @ + -, up to 64, with a letter or digit first",
  })
}

/** The file itself, where the name is a link to it: the link stays. */
async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    const dangles = await lstat(path).then(
      (found) => found.isSymbolicLink(),
      () => false,
    )
    if (!dangles) return path
    throw new UserError(`${path} is a symbolic link to what is not there`, {
      hint: "make the file that it leads to, or remove the link; then run again",
      cause: error,
    })
  }
}

/** What a run left that was killed has keys in it. */
async function tidy(target: string): Promise<void> {
  const name = basename(target)
  for (const each of await readdir(dirname(target)))
    if (each.startsWith(name) && /^(\.lock)?\.\d+\.[0-9a-f]{8}$/.test(each.slice(name.length)))
      await rm(join(dirname(target), each), { force: true })
}

/** The old file is there whole until the new one is: whoever reads, and whatever breaks off, sees one of them. */
async function replace(target: string, change: (text: string) => string): Promise<void> {
  for (;;) {
    const before = await textOf(target)
    await refuseOthers(target)
    const beside = `${target}.${process.pid}.${randomBytes(4).toString("hex")}`
    try {
      await write(beside, change(before))
      // Other programs keep no lock: what one of them has written meanwhile is not to be lost.
      if ((await textOf(target)) !== before) continue
      await rename(beside, target)
      return
    } finally {
      await rm(beside, { force: true })
    }
  }
}

async function write(path: string, text: string): Promise<void> {
  const handle = await open(path, "wx", 0o600)
  try {
    // What the process withholds from new files is not to withhold too much.
    await handle.chmod(0o600)
    await handle.writeFile(text, "latin1")
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A letter for each byte, so that all bytes come back as they were, in whatever encoding they are. */
const textOf = (path: string): Promise<string> =>
  readFile(path, "latin1").catch((error) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return ""
    throw error
  })

/** A new file in its place would belong to us, and its owner could no longer read it. */
async function refuseOthers(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  const self = process.getuid?.()
  if (found === undefined || self === undefined || found.uid === self) return
  throw new UserError(`${path} belongs to another user of this machine (${found.uid}, not ${self})`, {
    hint: "run it as that user, or name another file in AWS_SHARED_CREDENTIALS_FILE",
  })
}

async function makeFolder(path: string): Promise<void> {
  const there = await access(path).then(
    () => true,
    () => false,
  )
  if (there) return
  await mkdir(path, { recursive: true, mode: 0o700 })
  await chmod(path, 0o700)
}

async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error
    throw new UserError(`the credentials file ${path} cannot be used: ${String(error.code)}`, {
      hint: "nothing in it was changed; name one that can be written to in AWS_SHARED_CREDENTIALS_FILE",
      cause: error,
    })
  }
}
