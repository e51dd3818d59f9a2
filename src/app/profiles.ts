import { readFile } from "node:fs/promises"
import { homedir } from "node:os"
import { join } from "node:path"
import { credentialsPath } from "./credentials-file.ts"
import type { Environment } from "./environment.ts"

/** The profiles that the SDK would find on this machine; a file that cannot be read has none. */
export async function profilesOf(env: Environment): Promise<readonly string[]> {
  const configPath = env.AWS_CONFIG_FILE || join(env.HOME || env.USERPROFILE || homedir(), ".aws", "config")
  const [credentials, config] = await Promise.all([textOf(credentialsPath(env)), textOf(configPath)])
  const inConfig = headsOf(config).flatMap((head) =>
    head === "default" ? [head] : (/^profile\s+(.+)$/.exec(head)?.slice(1) ?? []),
  )
  // The settings take no name with a space in it, and such a one is of no use to them.
  const names = [...headsOf(credentials), ...inConfig].map((name) => name.replace(/^(["'])(.*)\1$/, "$2"))
  return [...new Set(names)].filter((name) => /^\S+$/.test(name)).toSorted()
}

const headsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^\uFEFF?[^\S\n]*\[([^\]\n]*)\]/gm)].flatMap(([, head = ""]) => head.trim() || [])

const textOf = (path: string): Promise<string> => readFile(path, "utf8").catch(() => "")
