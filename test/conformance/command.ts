import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { execa } from "execa"
import { sweep } from "../sweep.ts"

const bin = fileURLToPath(new URL("../../bin/smart0dte.js", import.meta.url))

/** The built command, in a home and a folder of its own: nothing of this machine's configuration reaches it. */
export interface Command {
  readonly dir: string
  run(...args: readonly string[]): Promise<Said>
  /** The objects of one type that it prints as JSON. */
  json(type: string, ...args: readonly string[]): Promise<readonly Readonly<Record<string, unknown>>[]>
  close(): Promise<void>
}

export interface Said {
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
}

export type Variables = Readonly<Record<string, string>>

export function commandWith(variables: (dir: string) => Variables): Command {
  const dir = mkdtempSync(join(tmpdir(), "smart0dte-conformance-"))
  const env = { ...bare(dir), ...variables(dir) }
  const run = (...args: readonly string[]) => runIn(dir, env, process.execPath, [bin, ...args])
  return {
    dir,
    run,
    async json(type, ...args) {
      const { exitCode, stdout, stderr } = await run(...args, "--output", "json")
      if (exitCode !== 0) throw new Error(`smart0dte ${args.join(" ")} ended with ${exitCode}: ${stderr}`)
      const lines = stdout.split("\n").filter((line) => line !== "")
      return lines.map((line) => JSON.parse(line)).filter((object) => object.type === type)
    },
    close: () => sweep(dir),
  }
}

/** A process that sees these variables and no others. */
export async function runIn(cwd: string, env: Variables, file: string, args: readonly string[]): Promise<Said> {
  const { exitCode, stdout, stderr } = await execa(file, args, {
    cwd,
    env,
    extendEnv: false,
    reject: false,
    stdin: "ignore",
  })
  return { exitCode, stdout, stderr }
}

/** No account, no configuration and no instance's role of this machine can be used by mistake. */
export const bare = (home: string): Variables => ({
  PATH: process.env.PATH ?? "",
  HOME: home,
  CI: "true",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_EC2_METADATA_DISABLED: "true",
})
