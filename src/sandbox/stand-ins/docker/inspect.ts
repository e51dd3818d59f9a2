import type { Context } from "../context.ts"
import { addressOf } from "./address.ts"
import { isUp, lifeOf } from "./life.ts"
import type { ContainerRecord, ImageRecord } from "./records.ts"

/** What `docker inspect` says of a container, as far as anybody asks. */
export function containerView(on: Context, one: ContainerRecord) {
  const { code, health, restarts, since, status } = lifeOf(on, one)
  return {
    Id: one.id,
    Name: `/${one.name}`,
    Created: new Date(one.created).toISOString(),
    Image: one.imageId,
    RestartCount: restarts,
    State: {
      Status: status,
      Running: status === "running" || status === "restarting",
      Restarting: status === "restarting",
      Paused: false,
      OOMKilled: false,
      ExitCode: code,
      StartedAt: new Date(since).toISOString(),
      FinishedAt: new Date(one.stopped ?? 0).toISOString(),
      ...(health && { Health: { Status: health } }),
    },
    Config: {
      Image: one.image,
      Env: Object.entries(one.env).map(([name, value]) => `${name}=${value}`),
      Cmd: one.command,
      Labels: {
        "com.docker.compose.project": one.project,
        "com.docker.compose.service": one.service,
        "com.docker.compose.config-hash": one.hash,
      },
    },
    HostConfig: {
      Memory: one.memory ?? 0,
      RestartPolicy: { Name: one.restart },
      LogConfig: { Type: one.logging },
      Binds: one.mounts.filter(({ kind }) => kind === "bind").map(({ source, target }) => `${source}:${target}`),
      PortBindings: Object.fromEntries(
        one.ports.map(({ address, inside, port }) => [`${inside}/tcp`, [{ HostIp: address, HostPort: String(port) }]]),
      ),
    },
    Mounts: one.mounts.map(({ kind, source, target }) => ({ Type: kind, Source: source, Destination: target })),
    NetworkSettings: { Networks: Object.fromEntries(one.networks.map((name) => [name, endpointOf(on, one, name)])) },
  }
}

/** One that does not run has no address. */
const endpointOf = (on: Context, one: ContainerRecord, network: string) => ({
  Aliases: [one.name, one.service],
  IPAddress: isUp(on, one) ? addressOf(one, network) : "",
})

export const imageView = (one: ImageRecord) => ({
  Id: one.id,
  RepoTags: one.tags.filter((tag) => !tag.includes("@")),
  RepoDigests: one.tags.filter((tag) => tag.includes("@")),
  Created: new Date(one.created).toISOString(),
  Config: { Cmd: one.command },
})

export const portsOf = ({ ports }: ContainerRecord): string =>
  ports.map(({ address, inside, port }) => `${address}:${port}->${inside}/tcp`).join(", ")

/** "Up 2 minutes (healthy)" and the like. */
export function statusOf(on: Context, one: ContainerRecord): string {
  const { code, health, since, status } = lifeOf(on, one)
  const seconds = Math.max(1, Math.round(((Date.now() - since) * on.facts.speed) / 1000))
  const span = seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`
  switch (status) {
    case "running":
      return `Up ${span}${health === undefined ? "" : health === "starting" ? " (health: starting)" : ` (${health})`}`
    case "restarting":
      return `Restarting (${code}) ${span} ago`
    case "exited":
      return `Exited (${code}) ${span} ago`
    default:
      return "Created"
  }
}
