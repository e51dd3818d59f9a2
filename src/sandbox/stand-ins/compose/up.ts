import { createHash, randomBytes } from "node:crypto"
import { mkdirSync } from "node:fs"
import { setTimeout } from "node:timers/promises"
import { type Context, Fault } from "../context.ts"
import { buildImage, pullImage } from "../docker/images.ts"
import { holderOf, lifeOf } from "../docker/life.ts"
import {
  type ContainerRecord,
  changeEngine,
  type ImageRecord,
  imageNamed,
  readEngine,
  tagged,
} from "../docker/records.ts"
import type { Condition, Project, ServiceWish } from "./project.ts"

/** Which containers are made anew. */
export type Recreate = "changed" | "always" | "never"

export interface UpWish {
  readonly build: boolean
  readonly removeOrphans: boolean
  readonly recreate: Recreate
  /** Without what the services named depend on. */
  readonly alone: boolean
  /** All where none is named. */
  readonly services: readonly string[]
}

/** Brings a project up: its networks and volumes, and each service once those that it depends on are as they should be. */
export async function bringUp(on: Context, project: Project, wish: UpWish): Promise<void> {
  const missing = project.external.find((name) => !readEngine(on).networks.includes(name))
  if (missing !== undefined) throw new Fault(`network ${missing} declared as external, but could not be found`)
  const meant = wish.alone ? named(project, wish.services) : withDependencies(project, wish.services)
  const images = new Map(meant.map((service) => [service.name, imageFor(on, service, wish.build)]))
  changeEngine(on, (present) => ({
    ...present,
    networks: [...new Set([...present.networks, ...project.networks])],
    volumes: [...new Set([...present.volumes, ...project.volumes])],
  }))
  if (wish.removeOrphans) removeOrphans(on, project)
  // What is left out is not waited for, either.
  const part = { ...project, services: meant }
  const started = new Map<string, Promise<void>>()
  const begin = (service: ServiceWish): Promise<void> => {
    const known = started.get(service.name)
    if (known !== undefined) return known
    const work = startAfter(on, part, service, images.get(service.name), wish.recreate, begin)
    started.set(service.name, work)
    return work
  }
  const ends = await Promise.allSettled(meant.map(begin))
  const failed = ends.find((end) => end.status === "rejected")
  if (failed) throw failed.reason
}

/** Those that are named, and all that they depend on. */
export function withDependencies(project: Project, names: readonly string[]): readonly ServiceWish[] {
  const known = named(project, names)
  const found = new Set<string>()
  const add = ({ dependsOn, name }: ServiceWish): void => {
    if (found.has(name)) return
    found.add(name)
    for (const next of named(project, Object.keys(dependsOn))) add(next)
  }
  for (const service of known) add(service)
  return project.services.filter(({ name }) => found.has(name))
}

export function named(project: Project, names: readonly string[]): readonly ServiceWish[] {
  const strange = names.find((name) => !project.services.some((one) => one.name === name))
  if (strange !== undefined) throw new Fault(`no such service: ${strange}`)
  return names.length === 0 ? project.services : project.services.filter(({ name }) => names.includes(name))
}

export function buildService(on: Context, { build, image }: ServiceWish): ImageRecord | undefined {
  return build && buildImage(on, { ...build, tag: image })
}

function imageFor(on: Context, service: ServiceWish, build: boolean): ImageRecord {
  const known = imageNamed(readEngine(on), service.image)
  if (known) return known
  const made = build ? buildService(on, service) : undefined
  if (made) return made
  if (service.build) throw new Fault(`Error response from daemon: No such image: ${tagged(service.image)}`)
  return pullImage(on, service.image)
}

function removeOrphans(on: Context, project: Project): void {
  changeEngine(on, (present) => ({
    ...present,
    containers: present.containers.filter(
      (one) => one.project !== project.name || project.services.some(({ name }) => name === one.service),
    ),
  }))
}

async function startAfter(
  on: Context,
  project: Project,
  service: ServiceWish,
  image: ImageRecord | undefined,
  recreate: Recreate,
  begin: (service: ServiceWish) => Promise<void>,
): Promise<void> {
  if (!image) throw new Error(`${service.name} has no image`)
  for (const [name, condition] of Object.entries(service.dependsOn)) {
    const needed = project.services.find((one) => one.name === name)
    if (!needed) continue
    await begin(needed)
    await until(on, project, needed, condition)
  }
  startContainer(on, project, service, image, recreate)
  on.err(` Container ${service.containerName}  Started\n`)
}

/** Waits for a dependency, and gives up where it can no longer become what it should be. */
async function until(on: Context, project: Project, service: ServiceWish, condition: Condition): Promise<void> {
  for (;;) {
    const one = containerOf(on, project, service.name)
    const life = one && lifeOf(on, one)
    if (!life) throw new Fault(`dependency failed to start: container ${service.containerName} is missing`)
    if (condition === "service_started") return
    if (condition === "service_completed_successfully" && life.status === "exited" && life.code === 0) return
    if (condition === "service_healthy" && one.check === undefined) {
      throw new Fault(`dependency failed to start: container ${service.containerName} has no healthcheck configured`)
    }
    if (life.health === "healthy") return
    if (life.health === "unhealthy")
      throw new Fault(`dependency failed to start: container ${service.containerName} is unhealthy`)
    if (life.status === "exited" || life.restarts > 0) {
      throw new Fault(
        `dependency failed to start: container ${service.containerName} exited (${one.behaviour.fate.replace(/\D/g, "")})`,
      )
    }
    await setTimeout(50, undefined, { signal: on.signal })
  }
}

export const containerOf = (on: Context, project: Project, service: string): ContainerRecord | undefined =>
  readEngine(on).containers.find((one) => one.project === project.name && one.service === service)

/** One that is as it should be goes on; another is made in place of one that is not. */
function startContainer(
  on: Context,
  project: Project,
  service: ServiceWish,
  image: ImageRecord,
  recreate: Recreate,
): void {
  const hash = createHash("sha256")
    .update(JSON.stringify([service, image.id]))
    .digest("hex")
  for (const { kind, source } of service.mounts) if (kind === "bind") mkdirSync(source, { recursive: true })
  changeEngine(on, (present) => {
    const old = present.containers.find((one) => one.project === project.name && one.service === service.name)
    const others = present.containers.filter((one) => one !== old)
    if (others.some(({ name }) => name === service.containerName)) {
      throw new Fault(
        `Error response from daemon: Conflict. The container name "/${service.containerName}" is already in use`,
      )
    }
    for (const port of service.ports) {
      if (!holderOf(on, others, port)) continue
      throw new Fault(
        `Error response from daemon: failed to set up container networking: driver failed programming external connectivity on endpoint ${service.containerName}: Bind for ${port.address}:${port.port} failed: port is already allocated`,
      )
    }
    const same = old !== undefined && (recreate === "never" || (recreate === "changed" && old.hash === hash))
    if (same && ["running", "restarting"].includes(lifeOf(on, old).status)) return present
    const base = same ? old : made(project, service, image, hash)
    const { stopped: _stopped, ...rest } = base
    return { ...present, containers: [...others, { ...rest, started: Date.now() }] }
  })
}

const made = (project: Project, service: ServiceWish, image: ImageRecord, hash: string): ContainerRecord => ({
  id: randomBytes(32).toString("hex"),
  name: service.containerName,
  project: project.name,
  service: service.name,
  image: service.image,
  imageId: image.id,
  behaviour: image.behaviour,
  env: service.environment,
  command: service.command.length > 0 ? service.command : image.command,
  ports: service.ports,
  mounts: service.mounts,
  networks: service.networks,
  restart: service.restart,
  logging: service.logging,
  ...(service.check !== undefined && { check: service.check }),
  ...(service.memory !== undefined && { memory: service.memory }),
  hash,
  created: Date.now(),
})
