import { existsSync } from "node:fs"
import { join } from "node:path"
import { type Context, Fault, notThere, type StandIn } from "../context.ts"
import { all, flag, type Known, parseFlags } from "../flags.ts"
import { needsPackage } from "../packages.ts"
import { staysStandIn } from "../real/stays.ts"
import { execIn, logsOf } from "./containers.ts"
import { needsDaemon } from "./daemon.ts"
import { fillTemplate, tableOf } from "./format.ts"
import { HANDLING } from "./handling.ts"
import { pullImage, rebuildImage } from "./images.ts"
import { containerView, imageView, portsOf, statusOf } from "./inspect.ts"
import { isUp } from "./life.ts"
import { changeEngine, containerNamed, imageNamed, readEngine, tagged } from "./records.ts"

/** Keeps containers as records, and opens no port; or hands on to the operator's own engine. */
export const docker: StandIn = async (on) => {
  needsPackage(on, "docker", "docker")
  const [verb = "", ...rest] = on.args
  const { engine } = on.facts
  if (verb === "compose") {
    if (!hasPlugin(on, "docker-compose"))
      throw new Fault("docker: 'compose' is not a docker command.\nSee 'docker --help'")
    if (engine && !staysStandIn(on)) return (await import("../real/docker.ts")).realDocker(on, engine)
    return (await import("../compose/compose.ts")).compose({ ...on, args: rest })
  }
  if (["--version", "version"].includes(verb)) {
    on.out("Docker version 25.0.8 (stand-in of the sandbox)\n")
    return 0
  }
  needsDaemon(on)
  if (engine && !staysStandIn(on)) return (await import("../real/docker.ts")).realDocker(on, engine)
  const [noun, act] = NOUNS.has(verb) ? [`${verb} ${rest[0]}`, rest.slice(1)] : [verb, rest]
  const perform = VERBS[noun]
  if (!perform) throw notThere(`docker ${noun}`)
  return perform(on, act)
}

const NOUNS: ReadonlySet<string> = new Set(["image", "network", "volume", "container", "system", "buildx", "builder"])

const hasPlugin = ({ paths }: Context, name: string): boolean =>
  ["usr/local/lib/docker/cli-plugins", "usr/libexec/docker/cli-plugins"].some((dir) =>
    existsSync(join(paths.root, dir, name)),
  )

type Verb = (on: Context, args: readonly string[]) => number | Promise<number>

const formatted: Known = { values: [["-f", "--format"], ["--type"]], switches: [["-s", "--size"]] }

const inspect =
  (kinds: readonly ("container" | "image")[]): Verb =>
  (on, args) => {
    const parsed = parseFlags("docker inspect", args, formatted)
    const engine = readEngine(on)
    const views = parsed.rest.map((name) => {
      const container = kinds.includes("container") ? containerNamed(engine, name) : undefined
      const image = kinds.includes("image") ? imageNamed(engine, name) : undefined
      if (container) return containerView(on, container)
      if (image) return imageView(image)
      on.out("[]\n")
      throw new Fault(`Error: No such ${kinds.length > 1 ? "object" : kinds[0]}: ${name}`)
    })
    const format = flag(parsed, "-f")
    if (format === undefined) on.out(`${JSON.stringify(views, undefined, 4)}\n`)
    else for (const view of views) on.out(`${fillTemplate(format, view)}\n`)
    return 0
  }

const removeImages: Verb = (on, args) => {
  const { rest } = parseFlags("docker image rm", args, { values: [], switches: [["-f", "--force"]] })
  for (const name of rest) {
    const engine = readEngine(on)
    const image = imageNamed(engine, name)
    if (!image) throw new Fault(`Error response from daemon: No such image: ${tagged(name)}`)
    const user = engine.containers.find(({ imageId }) => imageId === image.id)
    if (user && image.tags.length === 1) {
      throw new Fault(
        `Error response from daemon: conflict: unable to remove repository reference "${name}" (must force) - container ${user.id.slice(0, 12)} is using its referenced image`,
      )
    }
    const tags = image.tags.filter((tag) => tag !== tagged(name))
    changeEngine(on, (present) => ({
      ...present,
      images: present.images.flatMap((one) =>
        one.id !== image.id ? [one] : tags.length > 0 ? [{ ...one, tags }] : [],
      ),
    }))
    on.out(`Untagged: ${tagged(name)}\n`)
  }
  return 0
}

const list: Verb = (on, args) => {
  const values = [["--format"], ["-f", "--filter"]]
  const parsed = parseFlags("docker ps", args, {
    values,
    switches: [["-a", "--all"], ["-q", "--quiet"], ["--no-trunc"]],
  })
  const tests = all(parsed, "-f").map((text) => text.split("="))
  const found = readEngine(on).containers.filter(
    (one) =>
      (flag(parsed, "-a") !== undefined || isUp(on, one)) &&
      tests.every(([key, name, value]) => {
        if (key === "name") return one.name.includes(name ?? "")
        if (key !== "label" || !name?.startsWith("com.docker.compose.")) throw notThere(`docker ps --filter ${key}`)
        return (name.endsWith("project") ? one.project : one.service) === value
      }),
  )
  const format = flag(parsed, "--format")
  const views = found.map((one) => ({ ...brief(on, one), ID: one.id.slice(0, 12) }))
  if (flag(parsed, "-q") !== undefined) on.out(found.map(({ id }) => `${id.slice(0, 12)}\n`).join(""))
  else if (format !== undefined)
    for (const view of views) on.out(`${format === "json" ? JSON.stringify(view) : fillTemplate(format, view)}\n`)
  else
    on.out(
      tableOf([
        ["CONTAINER ID", "IMAGE", "STATUS", "PORTS", "NAMES"],
        ...views.map((one) => [one.ID, one.Image, one.Status, one.Ports, one.Names]),
      ]),
    )
  return 0
}

const brief = (on: Context, one: Parameters<typeof statusOf>[1]) => ({
  Image: one.image,
  Status: statusOf(on, one),
  Ports: portsOf(one),
  Names: one.name,
})

const VERBS: Readonly<Record<string, Verb>> = {
  ...HANDLING,
  inspect: inspect(["container", "image"]),
  "container inspect": inspect(["container"]),
  "image inspect": inspect(["image"]),
  "image rm": removeImages,
  rmi: removeImages,
  ps: list,
  "container ls": list,
  logs: (on, args) => logsOf(on, args),
  exec: (on, args) => execIn(on, args),

  pull: (on, args) => {
    const { rest } = parseFlags("docker pull", args, { values: [["--platform"]], switches: [["-q", "--quiet"]] })
    for (const name of rest) pullImage(on, name)
    on.out(`${rest.map(tagged).join("\n")}\n`)
    return 0
  },

  build: (on, args) => {
    const parsed = parseFlags("docker build", args, { values: [["-t", "--tag"]], switches: [["-q", "--quiet"]] })
    if (parsed.rest[0] !== "-") throw notThere("docker build of a folder: Compose builds")
    on.out(`${rebuildImage(on, on.input(), flag(parsed, "-t") ?? "").id}\n`)
    return 0
  },

  "network inspect": (on, args) => {
    const { rest } = parseFlags("docker network inspect", args, formatted)
    const missing = rest.find((name) => !readEngine(on).networks.includes(name))
    if (missing !== undefined) throw new Fault(`Error response from daemon: network ${missing} not found`)
    on.out(`${JSON.stringify(rest.map((Name) => ({ Name, Driver: "bridge" })))}\n`)
    return 0
  },

  "network create": (on, args) => {
    const [name = ""] = parseFlags("docker network create", args, {
      values: [["-d", "--driver"]],
      switches: [["--internal"]],
    }).rest
    if (readEngine(on).networks.includes(name)) {
      throw new Fault(`Error response from daemon: network with name ${name} already exists`)
    }
    changeEngine(on, (present) => ({ ...present, networks: [...present.networks, name] }))
    on.out(`${name}\n`)
    return 0
  },

  "network rm": (on, args) => {
    for (const name of args) {
      const engine = readEngine(on)
      if (!engine.networks.includes(name)) throw new Fault(`Error response from daemon: network ${name} not found`)
      if (engine.containers.some((one) => one.networks.includes(name) && isUp(on, one))) {
        throw new Fault(
          `Error response from daemon: error while removing network: network ${name} has active endpoints`,
        )
      }
      changeEngine(on, (present) => ({ ...present, networks: present.networks.filter((one) => one !== name) }))
    }
    return 0
  },

  info: (on, args) => {
    const parsed = parseFlags("docker info", args, formatted)
    const view = { ServerVersion: "25.0.8", LoggingDriver: "json-file", DockerRootDir: "/var/lib/docker" }
    const format = flag(parsed, "-f")
    on.out(
      format === undefined ? "Server Version: 25.0.8 (stand-in of the sandbox)\n" : `${fillTemplate(format, view)}\n`,
    )
    return 0
  },

  "image prune": (on) => {
    changeEngine(on, (present) => ({ ...present, images: present.images.filter(({ tags }) => tags.length > 0) }))
    return 0
  },
  "builder prune": () => 0,
  "buildx version": (on) => {
    on.out("github.com/docker/buildx v0.25.0 (stand-in of the sandbox)\n")
    return 0
  },
}
