import { readFile } from "node:fs/promises"
import { Usage } from "../errors.ts"

/** The key that the setting names: by its path, or, in a plan that was saved, the key itself. */
export async function readKey(setting: string | undefined): Promise<string | undefined> {
  if (setting === undefined || looksLikeKey.test(setting)) return setting
  try {
    return (await readFile(setting, "utf8")).trim()
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error)
    throw new Usage(`the public key ${setting} cannot be read: ${code}`, {
      hint: "give the path of an OpenSSH public key, such as ~/.ssh/id_ed25519.pub",
      cause: error,
    })
  }
}

const looksLikeKey = /^(ssh-|ecdsa-|sk-)\S+ \S+/
