import { basename, resolve } from "node:path"
import { type Context, Fault, notThere } from "../context.ts"
import { chosenLines, logFlags, runIn, saidBy } from "../docker/containers.ts"
import { needsDaemon } from "../docker/daemon.ts"
import { fillTemplate, tableOf } from "../docker/format.ts"
import { pullImage } from "../docker/images.ts"
import { containerView, portsOf, statusOf } from "../docker/inspect.ts"
import { isUp, lifeOf } from "../docker/life.ts"
import { type ContainerRecord, changeEngine, readEngine } from "../docker/records.ts"
import { all, flag, type Known, type Parsed, parseFlags } from "../flags.ts"
import { loadProject, type Project, projectFile } from "./project.ts"
import { bringUp, buildService, containerOf, named, type Recreate, withDependencies } from "./up.ts"

/** `docker compose`: the options before the verb, then the verb. */
export async function compose(on: Context): Promise<number> {
  const values = [
    ["-f", "--file"],
    ["-p", "--project-name"],
    ["--project-directory"],
    ["--env-file"],
    ["--progress"],
    ["--ansi"],
  ]
  const parsed = parseFlags("docker compose", on.args, { values, switches: [], endsAtWord: true })
  const [verb = "", ...args] = parsed.rest
  if (verb === "version") {
    on.out(args.includes("--short") ? "2.38.2\n" : "Docker Compose version v2.38.2 (stand-in of the sandbox)\n")
    return 0
  }
  const act = VERBS[verb]
  if (!act) throw notThere(`docker compose ${verb}`)
  const given = flag(parsed, "--project-directory")
  const file = projectFile(on.cwd, all(parsed, "-f"), given ?? on.cwd)
  const dir = given === undefined ? resolve(file, "..") : resolve(on.cwd, given)
  const name =
    flag(parsed, "-p") ??
    basename(dir)
      .toLowerCase()
      .replace(/[^a-z0-9_-]/g, "")
  if (!/^[a-z0-9][a-z0-9_-]*$/.test(name)) {
    throw new Fault(
      `invalid project name "${name}": must consist only of lowercase alphanumeric characters, hyphens, and underscores`,
    )
  }
  const project = loadProject(on, { file, dir, name })
  if (verb !== "config") needsDaemon(on)
  return act(on, project, args)
}

type Verb = (on: Context, project: Project, args: readonly string[]) => number | Promise<number>

const none: Known = { values: [["-t", "--timeout"]], switches: [] }

/** Those of the services named that have a container. */
const containersOf = (on: Context, project: Project, names: readonly string[]): readonly ContainerRecord[] =>
  named(project, names).flatMap(({ name }) => containerOf(on, project, name) ?? [])

/** Exchanges the containers of the services named by what `change` makes of each. */
function changeContainers(
  on: Context,
  project: Project,
  names: readonly string[],
  change: (one: ContainerRecord) => readonly ContainerRecord[],
): void {
  const ids = containersOf(on, project, names).map(({ id }) => id)
  changeEngine(on, (present) => ({
    ...present,
    containers: present.containers.flatMap((one) => (ids.includes(one.id) ? change(one) : [one])),
  }))
}

const halted = (one: ContainerRecord): ContainerRecord => ({ ...one, stopped: Date.now() })

const begun = ({ stopped: _stopped, ...one }: ContainerRecord): ContainerRecord => ({ ...one, started: Date.now() })

const VERBS: Readonly<Record<string, Verb>> = {
  config: (on, project, args) => {
    const parsed = parseFlags("docker compose config", args, {
      values: [],
      switches: [["-q", "--quiet"], ["--services"], ["--images"]],
    })
    if (flag(parsed, "--services") !== undefined) on.out(project.services.map(({ name }) => `${name}\n`).join(""))
    else if (flag(parsed, "--images") !== undefined) on.out(project.services.map(({ image }) => `${image}\n`).join(""))
    else if (flag(parsed, "-q") === undefined) on.out(project.text)
    return 0
  },

  build: (on, project, args) => {
    const { rest } = parseFlags("docker compose build", args, {
      values: [["--build-arg"]],
      switches: [["-q", "--quiet"], ["--pull"], ["--no-cache"]],
    })
    for (const service of named(project, rest)) {
      if (buildService(on, service)) on.err(` ${service.name}  Built\n`)
    }
    return 0
  },

  pull: (on, project, args) => {
    const switches = [["-q", "--quiet"], ["--ignore-buildable"]]
    const { rest } = parseFlags("docker compose pull", args, { values: [], switches })
    for (const { build, image } of named(project, rest)) if (!build) pullImage(on, image)
    return 0
  },

  up: async (on, project, args) => {
    const switches = [
      ["-d", "--detach"],
      ["--no-build"],
      ["--no-deps"],
      ["--build"],
      ["--remove-orphans"],
      ["--force-recreate"],
      ["--no-recreate"],
      ["--quiet-pull"],
    ]
    const parsed = parseFlags("docker compose up", args, { values: [["-t", "--timeout"]], switches })
    if (flag(parsed, "-d") === undefined) throw notThere("docker compose up without -d")
    await bringUp(on, project, {
      build: flag(parsed, "--no-build") === undefined,
      removeOrphans: flag(parsed, "--remove-orphans") !== undefined,
      recreate: recreateOf(parsed),
      alone: flag(parsed, "--no-deps") !== undefined,
      services: parsed.rest,
    })
    return 0
  },

  stop: (on, project, args) => {
    const { rest } = parseFlags("docker compose stop", args, none)
    changeContainers(on, project, rest, (one) => [one.stopped === undefined ? halted(one) : one])
    return 0
  },

  start: (on, project, args) => {
    const { rest } = parseFlags("docker compose start", args, none)
    const missing = named(project, rest).find(({ name }) => !containerOf(on, project, name))
    if (missing) throw new Fault(`service "${missing.name}" has no container to start`)
    // With what they depend on, as Compose does.
    const meant = withDependencies(project, rest).map(({ name }) => name)
    changeContainers(on, project, meant, (one) => [isUp(on, one) ? one : begun(one)])
    return 0
  },

  restart: (on, project, args) => {
    const { rest } = parseFlags("docker compose restart", args, none)
    if (containersOf(on, project, rest).length === 0)
      throw new Fault(`no container found for project "${project.name}": not found`)
    changeContainers(on, project, rest, (one) => [begun(one)])
    return 0
  },

  rm: (on, project, args) => {
    const switches = [
      ["-f", "--force"],
      ["-s", "--stop"],
      ["-v", "--volumes"],
    ]
    const parsed = parseFlags("docker compose rm", args, { values: [], switches })
    const ends = flag(parsed, "-s") !== undefined
    changeContainers(on, project, parsed.rest, (one) => (ends || !isUp(on, one) ? [] : [one]))
    return 0
  },

  down: (on, project, args) => {
    const switches = [["-v", "--volumes"], ["--remove-orphans"]]
    const parsed = parseFlags("docker compose down", args, { values: [["--rmi"], ["-t", "--timeout"]], switches })
    const volumes = flag(parsed, "-v") === undefined ? [] : project.volumes
    changeEngine(on, (present) => ({
      ...present,
      containers: present.containers.filter((one) => one.project !== project.name),
      networks: present.networks.filter((name) => !project.networks.includes(name)),
      volumes: present.volumes.filter((name) => !volumes.includes(name)),
    }))
    return 0
  },

  ps: (on, project, args) => {
    const switches = [["-a", "--all"], ["-q", "--quiet"], ["--services"], ["--no-trunc"]]
    const parsed = parseFlags("docker compose ps", args, { values: [["--format"], ["--status"]], switches })
    const shown = containersOf(on, project, parsed.rest).filter(
      (one) => flag(parsed, "-a") !== undefined || lifeOf(on, one).status !== "exited",
    )
    const format = flag(parsed, "--format") ?? "table"
    const views = shown.map((one) => briefOf(on, one))
    if (flag(parsed, "-q") !== undefined) on.out(shown.map(({ id }) => `${id}\n`).join(""))
    else if (flag(parsed, "--services") !== undefined) on.out(shown.map(({ service }) => `${service}\n`).join(""))
    else if (format === "json") on.out(views.map((view) => `${JSON.stringify(view)}\n`).join(""))
    else if (format === "table")
      on.out(
        tableOf([
          ["NAME", "IMAGE", "SERVICE", "STATUS", "PORTS"],
          ...views.map((one) => [one.Name, one.Image, one.Service, one.Status, one.Ports]),
        ]),
      )
    else on.out(views.map((view) => `${fillTemplate(format, view)}\n`).join(""))
    return 0
  },

  logs: (on, project, args) => {
    const parsed = parseFlags("docker compose logs", args, logFlags)
    const said = containersOf(on, project, parsed.rest).flatMap((one) =>
      chosenLines(saidBy(on, one), parsed).map((line) => ({ ...line, who: `${one.service}-1` })),
    )
    const width = Math.max(0, ...said.map(({ who }) => who.length))
    for (const { at, text, who } of said) {
      const prefix = flag(parsed, "--no-log-prefix") === undefined ? `${who.padEnd(width)}  | ` : ""
      on.out(`${prefix}${flag(parsed, "-t") === undefined ? "" : `${new Date(at).toISOString()} `}${text}\n`)
    }
    return 0
  },

  exec: (on, project, args) => {
    const values = [["-u", "--user"], ["-e", "--env"], ["-w", "--workdir"], ["--index"]]
    const { rest } = parseFlags("docker compose exec", args, { values, switches: [["-T"], ["-d"]], endsAtWord: true })
    const [service = "", ...command] = rest
    named(project, [service])
    const one = containerOf(on, project, service)
    if (!one || !isUp(on, one)) throw new Fault(`service "${service}" is not running`)
    return runIn(on, one, command)
  },

  images: (on, project) => {
    const engine = readEngine(on)
    const used = containersOf(on, project, []).map((one) => [one.name, one.image, one.imageId.slice(7, 19)])
    on.out(
      tableOf([
        ["CONTAINER", "REPOSITORY", "IMAGE ID"],
        ...used.filter(([, , id]) => engine.images.some((image) => image.id.includes(id ?? ""))),
      ]),
    )
    return 0
  },
}

function recreateOf(parsed: Parsed): Recreate {
  if (flag(parsed, "--no-recreate") !== undefined) return "never"
  return flag(parsed, "--force-recreate") === undefined ? "changed" : "always"
}

const briefOf = (on: Context, one: ContainerRecord) => {
  const { health, code, status } = lifeOf(on, one)
  return {
    ID: one.id.slice(0, 12),
    Name: one.name,
    Image: one.image,
    Service: one.service,
    Project: one.project,
    State: status,
    Health: health ?? "",
    ExitCode: code,
    Status: statusOf(on, one),
    Ports: portsOf(one),
    Publishers: one.ports.map(({ address, inside, port }) => ({
      URL: address,
      TargetPort: inside,
      PublishedPort: port,
      Protocol: "tcp",
    })),
    RunningFor: containerView(on, one).State.StartedAt,
  }
}
