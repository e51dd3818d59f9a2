import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"

export const scripts = new URL("../../../src/templates/node", import.meta.url).pathname

export interface Said {
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
}

/** Runs lines of bash after the scripts that are named, as node.sh reads them, in a folder of their own. */
export async function bash(files: readonly string[], lines: string, env: Record<string, string> = {}): Promise<Said> {
  const root = await mkdtemp(join(tmpdir(), "smart0dte-scripts-"))
  const script = join(root, "script.sh")
  const sources = files.map((file) => `source ${scripts}/${file}.sh\n`).join("")
  await writeFile(script, `set -euo pipefail\n${sources}${lines}\n`)
  const { exitCode, stdout, stderr } = await execa("bash", [script], {
    env: { SMART0DTE_ROOT: root, ...env },
    reject: false,
    stripFinalNewline: false,
  })
  await rm(root, { recursive: true })
  return { exitCode, stdout, stderr }
}
