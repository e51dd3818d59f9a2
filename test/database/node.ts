import { chmod, copyFile, mkdir, readFile, symlink, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { execa } from "execa"

const scripts = new URL("../../src/templates/node/", import.meta.url).pathname
const aws = new URL("../docker/aws", import.meta.url).pathname

/** A folder that is a node: the real scripts and the real psql; only AWS's command line is stood in for. */
export interface Node {
  putParameter(name: string, text: string): Promise<void>
  putSecret(name: string, text: string): Promise<void>
  /** Makes the databases, and resolves to what the node reports of it. */
  makeDatabases(): Promise<{ readonly exitCode: number; readonly said: string; readonly report: Report }>
  /** The arguments of every psql and aws that was run. */
  argumentsSeen(): Promise<string>
}

interface Report {
  readonly phase: string
  readonly why?: string
  readonly databases?: string
}

export async function nodeIn(folder: string, authority: string): Promise<Node> {
  const [root, world, tools] = ["root", "world", "tools"].map((name) => join(folder, name))
  const at = (base: string | undefined, ...parts: readonly string[]) => join(base ?? "", ...parts)
  await mkdir(at(tools), { recursive: true })
  await mkdir(at(world), { recursive: true })
  await symlink(aws, at(tools, "aws"))
  await put(at(tools, "psql"), watchedPsql)
  await chmod(at(tools, "psql"), 0o755)
  await put(at(root, "etc/smart0dte/node.env"), nodeEnv)
  await copyFile(authority, at(root, "etc/smart0dte/rds.pem"))
  const parameters = at(world, "parameters/smart0dte/poc")
  return {
    putParameter: (name, text) => put(join(parameters, name), text),
    putSecret: (name, text) => put(at(world, "secrets", name), text),
    async makeDatabases() {
      const env = {
        PATH: `${tools}:/usr/sbin:/usr/bin:/sbin:/bin`,
        HOME: folder,
        SMART0DTE_ROOT: root,
        WORLD: world,
      }
      const command = ["databases", "none", "0123456789abcdef"]
      const { exitCode = -1, all } = await execa(join(scripts, "node.sh"), command, {
        env,
        extendEnv: false,
        reject: false,
        all: true,
      })
      const text = await readFile(join(parameters, "state/databases/main"), "utf8")
      // What the script writes is what is tested.
      return { exitCode, said: all, report: JSON.parse(text) as Report }
    },
    argumentsSeen: async () =>
      (await readFile(at(world, "calls"), "utf8")) + (await readFile(at(world, "psql"), "utf8")),
  }
}

const watchedPsql = `#!/bin/bash
printf '%s\\n' "$*" >>"$WORLD/psql"
exec /usr/bin/psql "$@"
`

const nodeEnv = `SCOPE=poc
REGION=us-east-1
BUCKET=bucket
FILES=${"0".repeat(64)}
ADDRESS=127.0.0.1
INSTANCE=i-0123456789abcdef0
`

async function put(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}
