import { createHash } from "node:crypto"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { type Context, Fault, notThere } from "../context.ts"
import { changeEngine } from "../docker/records.ts"
import { flag, parseFlags } from "../flags.ts"
import { fittedFile } from "./compose-file.ts"
import { askEngine, LABEL, type RealEngine } from "./engine.ts"
import { ownFilter, ownImage, ownName } from "./names.ts"

/**
 * `docker` of a machine that has the operator's own engine: what the node's scripts ask of it, asked of things of the
 * machine alone. All else that Docker can do would be done to what is the operator's.
 */
export async function realDocker(on: Context, engine: RealEngine): Promise<number> {
  const [verb = "", ...rest] = on.args
  if (verb === "compose") return realCompose(on, engine, rest)
  const noun = NOUNS.has(verb) ? `${verb} ${rest[0]}` : verb
  const own = VERBS[noun]
  if (!own) throw notThere(`docker ${noun} on a real engine`)
  const handled = HANDLED[noun]?.(rest) ?? []
  if (handled.length > 0) await refuseOthers(on, engine, handled)
  const input = noun === "build" ? withOwnBase(engine, on.input()) : undefined
  const code = await pass(on, engine, own(engine, on.args), input)
  // What stays a stand-in joins the networks of the systems.
  if (noun === "network create" && code === 0)
    changeEngine(on, (present) => ({ ...present, networks: [...new Set([...present.networks, rest.at(-1) ?? ""])] }))
  return code
}

const NOUNS: ReadonlySet<string> = new Set(["image", "network"])

type Own = (engine: RealEngine, args: readonly string[]) => readonly string[]

const asTheyAre: Own = (_engine, args) => args
const images: Own = (engine, args) => args.map((arg) => ownImage(engine, arg))
const network: Own = (engine, args) => [...args.slice(0, -1), ownName(engine, args.at(-1) ?? "")]

const VERBS: Readonly<Record<string, Own>> = {
  inspect: images,
  logs: asTheyAre,
  exec: asTheyAre,
  stop: asTheyAre,
  pull: images,
  build: images,
  "image inspect": images,
  "image rm": (engine, args) => images(engine, args).map((arg, at) => (at > 1 ? onlyOwn(engine, arg) : arg)),
  "network inspect": network,
  "network create": network,
  "network rm": network,
  ps: (engine, args) => [
    ...args.map((arg) => ownFilter(engine, arg)),
    ...["--filter", `label=${LABEL}=${engine.prefix}`],
  ],
}

/** The containers that something is done to. */
const HANDLED: Readonly<Record<string, (args: readonly string[]) => readonly string[]>> = {
  exec: (args) => parseFlags("docker exec", args, { values: [], switches: [], endsAtWord: true }).rest.slice(0, 1),
  stop: (args) => parseFlags("docker stop", args, { values: [["-t", "--time"]], switches: [] }).rest,
}

/** What the operator runs is not the machine's to stop, nor to look into. */
async function refuseOthers({ signal }: Context, engine: RealEngine, ids: readonly string[]): Promise<void> {
  const ofMachine = ["--no-trunc", "--filter", `label=${LABEL}=${engine.prefix}`]
  const { out } = await askEngine(engine, ["ps", "-aq", ...ofMachine], { signal })
  const own = out.split("\n")
  const other = ids.find((id) => !/^[0-9a-f]{12,64}$/.test(id) || !own.some((one) => one.startsWith(id)))
  if (other !== undefined) throw new Fault(`Error response from daemon: ${other} is not of this machine, and goes on`)
}

/** What the operator has is not the machine's to remove. */
function onlyOwn({ prefix }: RealEngine, image: string): string {
  if (image.startsWith("-") || image.startsWith(`${prefix}/`)) return image
  throw new Fault(`Error response from daemon: ${image} is not of this machine, and stays`)
}

const withOwnBase = (engine: RealEngine, instructions: string): string =>
  instructions.replace(/^FROM (\S+)/m, (_all, name: string) => `FROM ${ownImage(engine, name)}`)

async function realCompose(on: Context, engine: RealEngine, args: readonly string[]): Promise<number> {
  const values = [["-f"], ["-p"], ["--project-directory"]]
  const parsed = parseFlags("docker compose", args, { values, switches: [], endsAtWord: true })
  const [verb = ""] = parsed.rest
  if (!COMPOSE.has(verb)) throw notThere(`docker compose ${verb} on a real engine`)
  const file = resolve(on.cwd, flag(parsed, "-f") ?? "")
  const written = readFileSync(file, "utf8")
  const text = fittedFile(engine, written)
  const project = ["-p", ownName(engine, flag(parsed, "-p") ?? "")]
  const dir = ["--project-directory", resolve(on.cwd, flag(parsed, "--project-directory") ?? ".")]
  const env = { ...namedIn(on, written), ...engine.env }
  return pass(on, { ...engine, env }, ["compose", ...project, ...dir, "-f", kept(on, text), ...parsed.rest])
}

/** The variables that a file asks for, as whoever calls Compose has them: the others are none of the operator's. */
const namedIn = ({ env }: Context, text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/\$\{([A-Za-z_]\w*)/g)].flatMap(([, name = ""]) => {
      const value = env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )

const COMPOSE: ReadonlySet<string> = new Set(["build", "config", "down", "exec", "logs", "ps", "start", "stop", "up"])

/** By its content: what one command reads is not changed by the next. */
function kept({ paths }: Context, text: string): string {
  const folder = join(paths.records, "compose")
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${createHash("sha256").update(text).digest("hex").slice(0, 16)}.yaml`)
  writeFileSync(file, text, { mode: 0o600 })
  return file
}

async function pass(on: Context, engine: RealEngine, args: readonly string[], input?: string): Promise<number> {
  const { code, err, out } = await askEngine(engine, args, {
    signal: on.signal,
    cwd: on.cwd,
    ...(input !== undefined && { input }),
  })
  on.out(out)
  on.err(err)
  return code
}
