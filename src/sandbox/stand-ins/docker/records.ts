import { join } from "node:path"
import type { Context } from "../context.ts"
import { changeRecords, readRecords } from "../records.ts"

export interface ImageRecord {
  readonly id: string
  readonly tags: readonly string[]
  readonly behaviour: Behaviour
  readonly command: readonly string[]
  readonly created: number
}

/** What becomes of a container, and what it says: in place of what a program would do. */
export interface Behaviour {
  readonly fate: "healthy" | "unhealthy" | "fails to build" | `exits ${number}`
  readonly lines: readonly string[]
  /** What it answers over HTTP, by path; without them it answers everything. */
  readonly pages?: Readonly<Record<string, string>>
}

export interface PortRecord {
  readonly address: string
  readonly port: number
  readonly inside: number
}

export interface MountRecord {
  readonly kind: "bind" | "volume"
  readonly source: string
  readonly target: string
}

export interface ContainerRecord {
  readonly id: string
  readonly name: string
  readonly project: string
  readonly service: string
  readonly image: string
  readonly imageId: string
  readonly behaviour: Behaviour
  readonly env: Readonly<Record<string, string>>
  readonly command: readonly string[]
  readonly ports: readonly PortRecord[]
  readonly mounts: readonly MountRecord[]
  readonly networks: readonly string[]
  readonly restart: string
  readonly logging: string
  /** Bytes, where there is a limit. */
  readonly memory?: number
  /** Seconds until its health is known, where it has a check. */
  readonly check?: number
  /** Of what was asked for: another one wants another container. */
  readonly hash: string
  readonly created: number
  /** On the wall clock; without it, it was never started. */
  readonly started?: number
  /** Somebody stopped it: then it stays so. */
  readonly stopped?: number
}

export interface Engine {
  readonly images: readonly ImageRecord[]
  readonly containers: readonly ContainerRecord[]
  readonly networks: readonly string[]
  readonly volumes: readonly string[]
}

const nothing: Engine = { images: [], containers: [], networks: ["bridge", "host", "none"], volumes: [] }

export const readEngine = ({ paths }: Context): Engine => readRecords(join(paths.records, "docker.json"), nothing)

export const changeEngine = ({ paths }: Context, change: (present: Engine) => Engine): Engine =>
  changeRecords(join(paths.records, "docker.json"), nothing, change)

export const imageNamed = ({ images }: Engine, name: string): ImageRecord | undefined =>
  images.find(({ id, tags }) => tags.includes(tagged(name)) || id === name || id.startsWith(`sha256:${name}`))

/** Without a tag the newest is meant. */
export const tagged = (name: string): string => (/[:@][^/]*$/.test(name) ? name : `${name}:latest`)

export const containerNamed = ({ containers }: Engine, name: string): ContainerRecord | undefined =>
  containers.find((one) => one.name === name || (name.length >= 4 && one.id.startsWith(name)))
