import { existsSync, readFileSync } from "node:fs"
import { isAbsolute, join, resolve } from "node:path"
import { parse } from "yaml"
import { type Context, Fault } from "../context.ts"
import { filesOf, pairsOf } from "./environment.ts"
import { type Fields, listOf, objectAt } from "./fields.ts"
import { interpolated } from "./interpolate.ts"

export type Condition = "service_started" | "service_healthy" | "service_completed_successfully"

export interface ServiceWish {
  readonly name: string
  readonly image: string
  readonly build?: {
    readonly context: string
    readonly dockerfile: string
    readonly args: Readonly<Record<string, string>>
    readonly target?: string
  }
  readonly environment: Readonly<Record<string, string>>
  readonly ports: readonly { readonly address: string; readonly port: number; readonly inside: number }[]
  readonly mounts: readonly { readonly kind: "bind" | "volume"; readonly source: string; readonly target: string }[]
  readonly networks: readonly string[]
  readonly dependsOn: Readonly<Record<string, Condition>>
  readonly restart: string
  readonly logging: string
  /** Bytes, where there is a limit. */
  readonly memory?: number
  readonly command: readonly string[]
  readonly containerName: string
  readonly check?: number
}

export interface Project {
  readonly name: string
  /** By name, as Compose goes through them. */
  readonly services: readonly ServiceWish[]
  /** What the project's own networks and volumes are called in the engine. */
  readonly networks: readonly string[]
  readonly external: readonly string[]
  readonly volumes: readonly string[]
  /** As it was written, with its variables replaced. */
  readonly text: string
}

export interface ProjectFlags {
  readonly file: string
  readonly name: string
  readonly dir: string
}

/** Reads a Compose file as Compose does, and refuses what it refuses. What it takes and this does not know is refused too. */
export function loadProject(on: Context, { dir, file, name }: ProjectFlags): Project {
  if (!existsSync(file)) throw new Fault(`open ${file}: no such file or directory`, 14)
  const text = interpolated(on, readFileSync(file, "utf8"))
  const top = objectAt(yamlOf(file, text), "top-level object")
  checkKeys(file, "", top, TOP)
  const networks = objectAt(top.networks ?? {}, "networks")
  const volumes = objectAt(top.volumes ?? {}, "volumes")
  const called = (list: Fields, key: string) => {
    const own = objectAt(list[key] ?? {}, key)
    return own.external === true ? String(own.name ?? key) : String(own.name ?? `${name}_${key}`)
  }
  const given = objectAt(top.services ?? {}, "services")
  const names = Object.keys(given).sort()
  if (names.length === 0) throw new Fault("no service selected: the file has none", 15)
  const reader = { file, dir, name, networks, volumes, called }
  const services = names.map((service) => serviceOf(reader, service, objectAt(given[service], `services.${service}`)))
  checkDependencies(services)
  const isExternal = (list: Fields, key: string) => objectAt(list[key] ?? {}, key).external === true
  const usesDefault = services.some((one) => one.networks.includes(`${name}_default`))
  return {
    name,
    services,
    text,
    networks: [
      ...(usesDefault ? [`${name}_default`] : []),
      ...Object.keys(networks)
        .filter((key) => !isExternal(networks, key))
        .map((key) => called(networks, key)),
    ],
    external: Object.keys(networks)
      .filter((key) => isExternal(networks, key))
      .map((key) => called(networks, key)),
    volumes: Object.keys(volumes).map((key) => called(volumes, key)),
  }
}

interface Reader extends ProjectFlags {
  readonly networks: Fields
  readonly volumes: Fields
  called(list: Fields, key: string): string
}

const TOP = ["services", "networks", "volumes", "version", "name", "secrets", "configs"]

const SERVICE = (
  "annotations build cap_add cap_drop command container_name cpus depends_on deploy dns entrypoint env_file environment " +
  "expose extra_hosts healthcheck hostname image init labels logging mem_limit mem_reservation memswap_limit networks " +
  "oom_score_adj pids_limit platform ports privileged profiles pull_policy read_only restart security_opt shm_size stdin_open " +
  "stop_grace_period stop_signal tmpfs tty ulimits user volumes working_dir"
).split(" ")

function serviceOf(reader: Reader, name: string, given: Fields): ServiceWish {
  const { dir, file } = reader
  checkKeys(file, `services.${name}`, given, SERVICE)
  if (given.image === undefined && given.build === undefined) {
    throw new Fault(`service "${name}" has neither an image nor a build context specified: invalid compose project`, 15)
  }
  const build = given.build === undefined ? undefined : buildOf(dir, given.build)
  const check = checkOf(given.healthcheck)
  const memory = bytesOf(name, given.mem_limit)
  return {
    name,
    image: String(given.image ?? `${reader.name}-${name}`),
    ...(build && { build }),
    environment: { ...filesOf(dir, given.env_file), ...pairsOf(given.environment) },
    ports: listOf(given.ports).map((port) => portOf(name, port)),
    mounts: listOf(given.volumes).map((mount) => mountOf(reader, name, mount)),
    networks: networksOf(reader, name, given.networks),
    dependsOn: dependenciesOf(given.depends_on),
    restart: String(given.restart ?? "no"),
    logging: String(objectAt(given.logging ?? {}, "logging").driver ?? "json-file"),
    command: wordsOf(given.command),
    containerName: String(given.container_name ?? `${reader.name}-${name}-1`),
    ...(check !== undefined && { check }),
    ...(memory !== undefined && { memory }),
  }
}

function yamlOf(file: string, text: string): unknown {
  try {
    return parse(text, { merge: true })
  } catch (error) {
    throw new Fault(`failed to parse ${file}: yaml: ${error instanceof Error ? error.message.split("\n")[0] : ""}`, 15)
  }
}

function checkKeys(file: string, where: string, given: Fields, known: readonly string[]): void {
  const strange = Object.keys(given).find((key) => !known.includes(key) && !key.startsWith("x-"))
  if (strange !== undefined)
    throw new Fault(`validating ${file}: ${where} additional properties '${strange}' not allowed`, 15)
}

const wordsOf = (value: unknown): readonly string[] =>
  typeof value === "string" ? ["/bin/sh", "-c", value] : listOf(value).map(String)

function buildOf(dir: string, given: unknown): NonNullable<ServiceWish["build"]> {
  const fields = typeof given === "string" ? { context: given } : objectAt(given, "build")
  const { context = ".", dockerfile = "Dockerfile", args, target } = fields
  return {
    context: resolve(dir, String(context)),
    dockerfile: String(dockerfile),
    args: pairsOf(args),
    ...(typeof target === "string" && { target }),
  }
}

/** `8000:80`, `127.0.0.1:8000:80`, or the long form. */
function portOf(service: string, given: unknown): ServiceWish["ports"][number] {
  if (typeof given === "object" && given !== null) {
    const { host_ip = "0.0.0.0", published, target } = objectAt(given, "ports")
    return { address: String(host_ip), port: Number(published), inside: Number(target) }
  }
  const [, address = "0.0.0.0", port, inside] = /^(?:([\d.]+):)?(?:(\d+):)?(\d+)(?:\/tcp)?$/.exec(String(given)) ?? []
  if (inside === undefined) throw new Fault(`services.${service}.ports: invalid port "${given}"`, 15)
  return { address, port: Number(port ?? 0), inside: Number(inside) }
}

function mountOf(reader: Reader, service: string, given: unknown): ServiceWish["mounts"][number] {
  const { dir } = reader
  const [source = "", target = ""] =
    typeof given === "object" && given !== null
      ? [String(objectAt(given, "volumes").source ?? ""), String(objectAt(given, "volumes").target ?? "")]
      : String(given).split(":")
  // One without a name is for this container alone.
  if (target === "") return { kind: "volume", source: "", target: source }
  if (source.startsWith(".") || isAbsolute(source)) return { kind: "bind", source: resolve(dir, source), target }
  if (!Object.hasOwn(reader.volumes, source)) {
    throw new Fault(`service "${service}" refers to undefined volume ${source}: invalid compose project`, 15)
  }
  return { kind: "volume", source: reader.called(reader.volumes, source), target }
}

function networksOf(reader: Reader, service: string, given: unknown): readonly string[] {
  const names = Array.isArray(given) ? given.map(String) : Object.keys(objectAt(given ?? {}, "networks"))
  const meant = names.length === 0 ? ["default"] : names
  return meant.map((name) => {
    if (Object.hasOwn(reader.networks, name)) return reader.called(reader.networks, name)
    if (name === "default") return `${reader.name}_default`
    throw new Fault(`service "${service}" refers to undefined network ${name}: invalid compose project`, 15)
  })
}

function dependenciesOf(given: unknown): ServiceWish["dependsOn"] {
  if (Array.isArray(given)) return Object.fromEntries(given.map((name) => [String(name), "service_started"]))
  const entries = Object.entries(objectAt(given ?? {}, "depends_on"))
  return Object.fromEntries(entries.map(([name, one]) => [name, conditionOf(name, one)]))
}

function conditionOf(name: string, given: unknown): Condition {
  const { condition = "service_started" } = objectAt(given, "depends_on")
  switch (condition) {
    case "service_started":
    case "service_healthy":
    case "service_completed_successfully":
      return condition
    default:
      throw new Fault(
        `depends_on.${name}.condition must be one of service_started, service_healthy, service_completed_successfully`,
        15,
      )
  }
}

function checkDependencies(services: readonly ServiceWish[]): void {
  const named = new Map(services.map((one) => [one.name, one]))
  for (const { dependsOn, name } of services) {
    const missing = Object.keys(dependsOn).find((one) => !named.has(one))
    if (missing !== undefined)
      throw new Fault(`service "${name}" depends on undefined service "${missing}": invalid compose project`, 15)
  }
  const walk = (name: string, path: readonly string[]): void => {
    if (path.includes(name))
      throw new Fault(`dependency cycle detected: ${[...path, name].join(" -> ")}: invalid compose project`, 15)
    for (const next of Object.keys(named.get(name)?.dependsOn ?? {})) walk(next, [...path, name])
  }
  for (const { name } of services) walk(name, [])
}

function bytesOf(service: string, given: unknown): number | undefined {
  if (given === undefined) return undefined
  const [, count, unit = ""] = /^(\d+)([bkmg]?)b?$/i.exec(String(given)) ?? []
  if (count === undefined) throw new Fault(`services.${service}.mem_limit: invalid size: '${given}'`, 15)
  return Number(count) * 1024 ** "bkmg".indexOf(unit.toLowerCase() || "b")
}

/** When its first check can have been made; nobody waits longer than ten seconds for it here. */
function checkOf(given: unknown): number | undefined {
  if (given === undefined) return undefined
  const { disable, interval = "30s", test } = objectAt(given, "healthcheck")
  if (disable === true || JSON.stringify(test) === '["NONE"]') return undefined
  return Math.min(10, Number.parseFloat(String(interval)) || 10)
}

/** Where the file of a project is, as the flags say it. */
export const projectFile = (cwd: string, files: readonly string[], dir: string): string => {
  const [file, another] = files
  if (another !== undefined) throw new Fault("the sandbox's stand-in of Compose reads one file", 125)
  if (file !== undefined) return resolve(cwd, file)
  const usual = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"].map((name) =>
    join(dir, name),
  )
  const found = usual.find((name) => existsSync(name))
  if (found === undefined) throw new Fault("no configuration file provided: not found", 14)
  return found
}
