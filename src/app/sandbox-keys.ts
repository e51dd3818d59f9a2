import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { Usage } from "../errors.ts"
import type { ProfileKeys } from "./credentials-text.ts"

/** Where keys of the sandbox's users are kept: never among those of a real account. */
export const sandboxCredentials = (dir: string): string => join(dir, "credentials")

/** What a profile of the sandbox's own file signs with, in place of its owner. */
export async function sandboxKeys(dir: string, profile: string): Promise<ProfileKeys> {
  const { profileKeysIn } = await import("./credentials-text.ts")
  const file = sandboxCredentials(dir)
  const keys = profileKeysIn(await textOf(file), profile)
  if (keys) return keys
  throw new Usage(`SMART0DTE_SANDBOX_PROFILE is ${JSON.stringify(profile)}, which has no keys in ${file}`, {
    hint: `have some made: smart0dte iam create-user NAME --service poc --profile-name ${profile} --sandbox, without that variable`,
  })
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return ""
    throw error
  }
}
