import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { execa } from "execa"
import { me } from "../templates/node/trader-node.ts"
import type { Engine } from "./engine.ts"
import type { Ran, Report, RunningNode } from "./ground.ts"

const scripts = new URL("../../src/templates/node", import.meta.url).pathname

export interface RealNode extends RunningNode {
  readonly root: string
  readonly world: string
}

/**
 * A folder that is a node: the real scripts with real Git, Docker, Compose and curl. Only AWS's command line and what
 * belongs to the machine itself have stand-ins.
 */
export function nodeIn(folder: string, engine: Engine): RealNode {
  const root = join(folder, "root")
  const world = join(folder, "world")
  const env = {
    PATH: `${join(folder, "tools")}:/usr/sbin:/usr/bin:/sbin:/bin`,
    HOME: "/root",
    SMART0DTE_ROOT: root,
    WORLD: world,
    GIT_CONFIG_GLOBAL: join(folder, "repositories/gitconfig"),
    ...engine.env,
  }
  const run = async (...args: readonly string[]): Promise<Ran> => {
    const {
      exitCode = -1,
      stdout,
      stderr,
    } = await execa(join(scripts, "node.sh"), args, {
      env,
      extendEnv: false,
      reject: false,
    })
    return { exitCode, stdout, stderr }
  }
  return {
    root,
    world,
    run,
    async act(action, system, wish) {
      const { exitCode } = await run(action, system, wish)
      return exitCode
    },
    async report(kind, name) {
      const text = await readFile(join(world, "parameters/smart0dte/poc/state", kind, name), "utf8")
      // What the scripts write is what is tested.
      return JSON.parse(text) as Report
    },
    putParameter: (name, text) => put(join(world, "parameters/smart0dte/poc", name), text),
    putSecret: (name, text) => put(join(world, "secrets/smart0dte/poc", name), text),
    putToken: (system, token) => put(join(root, "var/lib/smart0dte/influx/tokens", system), token),
    putObject: (key, text) => put(join(world, "bucket", key), text),
    readObject: (key) => readFile(join(world, "bucket", key), "utf8"),
  }
}

/** Makes the folder. */
export async function haveNode(folder: string): Promise<void> {
  await mkdir(join(folder, "root/opt/smart0dte"), { recursive: true })
  await mkdir(join(folder, "world"), { recursive: true })
  await symlink(scripts, join(folder, "root/opt/smart0dte/bin"))
  await haveTools(join(folder, "tools"))
  await put(join(folder, "root/etc/smart0dte/node.env"), nodeEnv)
}

const nodeEnv = `SCOPE=poc
REGION=us-east-1
BUCKET=bucket
FILES=${"0".repeat(64)}
ADDRESS=127.0.0.1
INSTANCE=${me}
`

export async function put(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}

async function haveTools(tools: string): Promise<void> {
  await mkdir(join(tools, "spied"), { recursive: true })
  const spy = new URL("spy", import.meta.url).pathname
  for (const name of ["aws", "curl", "docker"])
    await symlink(new URL(name, import.meta.url).pathname, join(tools, name))
  for (const name of ["curl", "docker"]) await symlink(spy, join(tools, "spied", name))
  const fakes = new URL("../templates/node/fakes", import.meta.url).pathname
  for (const name of ["chronyc", "python3"]) await symlink(join(fakes, name), join(tools, name))
  const spied = ["git", "sed", "grep", "cat", "tail", "sha256sum", "mv"]
  await Promise.all(spied.map((name) => symlink(spy, join(tools, name))))
  for (const name of ["systemctl", "dnf"]) {
    await writeFile(join(tools, name), "#!/bin/bash\n")
    await chmod(join(tools, name), 0o755)
  }
  // Half as long: what is waited for here are small programs.
  await writeFile(
    join(tools, "sleep"),
    '#!/bin/bash\nexec /usr/bin/sleep "$(/usr/bin/awk -v t="$1" "BEGIN { print t / 2 }")"\n',
  )
  await chmod(join(tools, "sleep"), 0o755)
}
