import { access, chmod, mkdir, open, readdir, readFile, rm } from "node:fs/promises"
import { homedir } from "node:os"
import { dirname, join } from "node:path"
import { Usage, UserError } from "../../errors.ts"
import type { Environment } from "../environment.ts"
import type { NewKey } from "./new-key.ts"
import { type PublicKey, readPublicKey } from "./public-key.ts"

/** Where OpenSSH looks for keys. */
export const keyFolder = (env: Environment): string => join(env.HOME || env.USERPROFILE || homedir(), ".ssh")

/** Refuses before a key is made for nothing. */
export async function refuseIfThere(path: string): Promise<void> {
  for (const each of [path, `${path}.pub`])
    if (await isThere(each))
      throw new Usage(`${each} is there already, and is never overwritten`, {
        hint: "give another --file; one that is there is taken up with: smart0dte keypair import NAME FILE",
      })
}

/** Both halves, the private one for its owner alone. Neither ever takes the place of a file. */
export async function writeKey(path: string, { privateKey, publicKey }: NewKey): Promise<void> {
  const made: string[] = []
  const put = async (file: string, text: string, mode: number) => {
    const handle = await open(file, "wx", mode)
    made.push(file)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
  try {
    await makeFolder(dirname(path))
    await put(path, privateKey, 0o600)
    await put(`${path}.pub`, `${publicKey}\n`, 0o644)
  } catch (error) {
    for (const file of made) await rm(file, { force: true })
    throw new UserError(`the key cannot be written to ${path}: ${codeOf(error)}`, {
      hint: "nothing was left there; name a place that can be written to with --file",
      cause: error,
    })
  }
}

/** Every public key that lies in the folder, or is named, by EC2's fingerprint. */
export async function localKeys(folder: string, more: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder).catch(() => [])
  const paths = [...names.filter((name) => name.endsWith(".pub")).map((name) => join(folder, name)), ...more]
  const read = await Promise.all(paths.map(async (path) => [path, await keyAt(path)] as const))
  return new Map(read.flatMap(([path, key]) => (key ? [[key.awsFingerprint, path] as const] : [])))
}

/** Nothing for what is none. */
async function keyAt(path: string): Promise<PublicKey | undefined> {
  try {
    return readPublicKey(await readFile(path, "utf8"), path)
  } catch {
    return undefined
  }
}

async function makeFolder(path: string): Promise<void> {
  if (await isThere(path)) return
  await mkdir(path, { recursive: true, mode: 0o700 })
  // What the process withholds from new folders is not to withhold too little.
  await chmod(path, 0o700)
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : String(error))
