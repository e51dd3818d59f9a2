import { chmod, mkdir, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"

export interface Engine {
  /** What programs are told of it. */
  readonly env: Readonly<Record<string, string>>
  docker(...args: readonly string[]): Promise<string>
  /** Ends it and starts it again, as a reboot does. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/**
 * A Docker Engine of the test's own, with its data in the test's folder, and Compose 1.29 as its plugin; or the one that
 * SMART0DTE_COMPOSE names.
 */
export async function startEngine(folder: string): Promise<Engine> {
  const socket = join(folder, "docker.sock")
  const config = join(folder, "config")
  await havePlugin(config)
  const env = { DOCKER_HOST: `unix://${socket}`, DOCKER_CONFIG: config, DOCKER_BUILDKIT: "0" }
  const docker = async (...args: readonly string[]) => (await execa(program, args, { env })).stdout
  let end = await startDaemon(folder, socket, docker)
  return {
    env,
    docker,
    async restart() {
      await end()
      end = await startDaemon(folder, socket, docker)
    },
    stop: () => end(),
  }
}

/** Debian's client: what else is called docker on a machine may be newer than the engine. */
const program = "/usr/bin/docker"

/** Answers with what ends it. */
async function startDaemon(
  folder: string,
  socket: string,
  docker: (...args: readonly string[]) => Promise<string>,
): Promise<() => Promise<void>> {
  const daemon = execa(
    "/usr/sbin/dockerd",
    [
      ...["--data-root", join(folder, "data"), "--exec-root", join(folder, "exec"), "--pidfile", join(folder, "pid")],
      ...["--host", `unix://${socket}`, "--bip", "10.213.0.1/24", "--default-address-pool", "base=10.214.0.0/16,size=24"],
      ...["--log-level", "error"],
    ],
    { reject: false, stdio: "ignore" },
  )
  for (let tries = 0; tries < 100; tries++) {
    try {
      await docker("version")
      return async () => {
        daemon.kill("SIGTERM")
        await daemon
      }
    } catch (error) {
      if (daemon.exitCode !== null || tries === 99) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  throw new Error("unreachable")
}

async function havePlugin(config: string): Promise<void> {
  const plugins = join(config, "cli-plugins")
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
}
