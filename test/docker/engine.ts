import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"

export interface Engine {
  /** What programs are told of it. */
  readonly env: Readonly<Record<string, string>>
  docker(...args: readonly string[]): Promise<string>
  start(): Promise<void>
  stop(): Promise<void>
}

/** Debian's client: what else is called docker on a machine may be newer than the engine. */
const program = "/usr/bin/docker"

/**
 * The Docker Engine of the lane, with its data in the lane's folder. Compose 1.29 is its plugin, or the program that
 * SMART0DTE_COMPOSE names.
 */
export function engineIn(folder: string): Engine {
  const socket = join(folder, "docker.sock")
  const env = { DOCKER_HOST: `unix://${socket}`, DOCKER_CONFIG: join(folder, "config"), DOCKER_BUILDKIT: "0" }
  const docker = async (...args: readonly string[]) => (await execa(program, args, { env })).stdout
  return {
    env,
    docker,
    async start() {
      const daemon = execa(
        "/usr/sbin/dockerd",
        [
          ...["--data-root", join(folder, "data"), "--exec-root", join(folder, "exec")],
          ...["--pidfile", join(folder, "pid"), "--host", `unix://${socket}`, "--log-level", "error"],
          ...["--bip", "10.213.0.1/24", "--default-address-pool", `base=${POOL}0.0/16,size=24`],
        ],
        { stdio: "ignore", detached: true, reject: false },
      )
      daemon.unref()
      await until(() => docker("version"))
    },
    async stop() {
      const pid = Number(await readFile(join(folder, "pid"), "utf8"))
      process.kill(pid, "SIGTERM")
      await until(async () => {
        if (isThere(pid)) throw new Error(`dockerd ${pid} has not ended`)
      })
    },
  }
}

const POOL = "10.214."

/** The bridges of the lane's networks that are there. An engine that was killed leaves its own, with their addresses. */
export async function bridges(): Promise<readonly string[]> {
  const { stdout } = await execa("/sbin/ip", ["-oneline", "-4", "address", "show"])
  const lines = stdout.split("\n").map((line) => line.split(/\s+/))
  return lines.flatMap(([, name = "", , address = ""]) => (address.startsWith(POOL) ? [name] : []))
}

/** For an engine that has not started yet: after 256 networks that others left there would be no address for its own. */
export async function removeBridges(): Promise<void> {
  for (const name of await bridges()) await execa("/sbin/ip", ["link", "delete", name])
}

/**
 * Ends the engine of a folder when this process ends in whatever way, and takes the folder away. What is returned does
 * so at once.
 */
export function endWithUs(folder: string): () => void {
  const keeper = execa("/bin/bash", ["-c", keep, "keeper", folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    reject: false,
  })
  keeper.unref()
  return () => void keeper.stdin.end()
}

// What it reads from ends with whoever holds the other end. A lane that ended as it should has removed the folder.
const keep = `cat >/dev/null
if [[ -s $1/pid ]]; then
  engine=$(cat "$1/pid")
  kill "$engine"
  while kill -0 "$engine" 2>/dev/null; do sleep 0.2; done
fi
rm -rf "$1"
`

async function until(done: () => Promise<unknown>, tries = 150): Promise<void> {
  try {
    await done()
  } catch (error) {
    if (tries === 0) throw error
    await new Promise((resolve) => setTimeout(resolve, 200))
    await until(done, tries - 1)
  }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

export async function haveEngine(folder: string): Promise<void> {
  const plugins = join(folder, "config/cli-plugins")
  const plugin = join(plugins, "docker-compose")
  await mkdir(plugins, { recursive: true })
  const given = process.env.SMART0DTE_COMPOSE
  if (given !== undefined) return symlink(given, plugin)
  await writeFile(plugin, shim)
  await chmod(plugin, 0o755)
}

// As a plugin is asked: once what it is, and then with its own name before the arguments.
const shim = `#!/bin/bash
if [[ $1 == docker-cli-plugin-metadata ]]; then
  printf '{"SchemaVersion":"0.1.0","Vendor":"Debian","Version":"1.29.2"}\\n'
  exit
fi
shift
exec /usr/bin/docker-compose "$@"
`

/** An image of a single static program, called as the samples' Dockerfiles call it: there is no registry here. */
export async function importBusybox(engine: Engine, folder: string): Promise<void> {
  const files = join(folder, "busybox")
  await mkdir(join(files, "bin"), { recursive: true })
  await mkdir(join(files, "tmp"), { recursive: true })
  await execa("cp", ["/bin/busybox", join(files, "bin/busybox")])
  const { stdout } = await execa("/bin/busybox", ["--list"])
  const names = stdout.split("\n").filter((name) => name !== "busybox")
  await Promise.all(names.map((name) => symlink("busybox", join(files, "bin", name))))
  await execa("tar", ["-C", files, "-cf", join(folder, "busybox.tar"), "."])
  await engine.docker("import", join(folder, "busybox.tar"), "busybox:1.36")
  // In the place of a gateway to the broker.
  await engine.docker("import", "--change", 'CMD ["sleep", "86400"]', join(folder, "busybox.tar"), "gateway:lane")
}
