import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join, relative } from "node:path"
import { type Context, Fault } from "../context.ts"
import {
  type Behaviour,
  changeEngine,
  type Engine,
  type ImageRecord,
  imageNamed,
  readEngine,
  tagged,
} from "./records.ts"

export interface BuildWish {
  readonly context: string
  readonly dockerfile: string
  readonly args: Readonly<Record<string, string>>
  readonly target?: string | undefined
  readonly tag: string
}

/** Makes the record of an image from its context. What the file `behaviour` there says is what its containers will do. */
export function buildImage(on: Context, wish: BuildWish): ImageRecord {
  const { args, context, dockerfile, tag, target } = wish
  if (!existsSync(context)) throw new Fault(`unable to prepare context: path "${context}" not found`, 17)
  const file = join(context, dockerfile)
  if (!existsSync(file)) {
    throw new Fault(`failed to solve: failed to read dockerfile: open ${dockerfile}: no such file or directory`, 17)
  }
  const instructions = readFileSync(file, "utf8")
  for (const from of instructions.matchAll(/^FROM\s+(?:--\S+\s+)?(\S+)/gm)) checkFrom(on, instructions, from[1] ?? "")
  const behaviour = behaviourIn(context)
  if (behaviour.fate === "fails to build") {
    const said = behaviour.lines.map((line) => `#8 ${line}\n`).join("")
    throw new Fault(
      `${said}------\nfailed to solve: process "/bin/sh -c true" did not complete successfully: exit code: 1`,
      17,
    )
  }
  const content = `${treeHash(context)} ${instructions} ${JSON.stringify(args)} ${target}`
  return keepImage(on, { tag, content, behaviour, command: commandIn(instructions) })
}

/** `docker build -` with a file of FROM and CMD alone: what an image does stays. */
export function rebuildImage(on: Context, instructions: string, tag: string): ImageRecord {
  const [, name = ""] = /^FROM\s+(\S+)/m.exec(instructions) ?? []
  const base = imageNamed(readEngine(on), name)
  if (!base) throw new Fault(`failed to solve: ${name}: pull access denied, repository does not exist`)
  const others = instructions.split("\n").filter((line) => line.trim() !== "" && !/^(FROM|CMD)\s/.test(line))
  if (others.length > 0) throw new Fault(`the sandbox's stand-in does not build "${others[0]}" without a context`, 125)
  return keepImage(on, {
    tag,
    content: `${base.id} ${instructions}`,
    behaviour: base.behaviour,
    command: commandIn(instructions),
  })
}

/** Nothing is fetched: it is noted that it was. */
export function pullImage(on: Context, name: string): ImageRecord {
  if (on.facts.reach !== "internet") {
    const host = "registry-1.docker.io"
    throw new Fault(`Error response from daemon: Get "https://${host}/v2/": dial tcp: lookup ${host}: no such host`, 18)
  }
  // A name for tests of what is not there.
  if (/^(missing|nobody)\//.test(name)) {
    throw new Fault(
      `Error response from daemon: pull access denied for ${name}, repository does not exist or may require 'docker login'`,
      18,
    )
  }
  const behaviour: Behaviour = { fate: "healthy", lines: [`stand-in of ${name}`] }
  return keepImage(on, { tag: name, content: tagged(name), behaviour, command: [] })
}

function keepImage(
  on: Context,
  { behaviour, command, content, tag }: Pick<ImageRecord, "behaviour" | "command"> & { tag: string; content: string },
): ImageRecord {
  const id = `sha256:${createHash("sha256").update(content).digest("hex")}`
  const name = tagged(tag)
  const engine = changeEngine(on, (present) =>
    withImage(present, { id, tags: [name], behaviour, command, created: Date.now() }),
  )
  const kept = imageNamed(engine, id)
  if (!kept) throw new Error(`the image ${id} was just kept`)
  return kept
}

/** A tag points to one image: the one that had it before keeps its others. */
function withImage(engine: Engine, fresh: ImageRecord): Engine {
  const [name = ""] = fresh.tags
  const others = engine.images.map((one) => ({ ...one, tags: one.tags.filter((tag) => tag !== name) }))
  const known = others.find(({ id }) => id === fresh.id)
  if (!known) return { ...engine, images: [...others, fresh] }
  return { ...engine, images: others.map((one) => (one === known ? { ...one, tags: [...one.tags, name] } : one)) }
}

/** What is named may be an earlier stage, or comes from a registry. */
function checkFrom(on: Context, instructions: string, name: string): void {
  const stages = [...instructions.matchAll(/^FROM\s+\S+\s+AS\s+(\S+)/gim)].map(([, stage]) => stage)
  if (name === "scratch" || stages.includes(name) || name.includes("$") || imageNamed(readEngine(on), name)) return
  pullImage(on, name)
}

function behaviourIn(context: string): Behaviour {
  const file = join(context, "behaviour")
  if (!existsSync(file)) return { fate: "healthy", lines: [] }
  const [first = "", ...rest] = readFileSync(file, "utf8").trimEnd().split("\n")
  const fate = first.trim()
  const pages = pagesIn(join(context, "www"))
  if (fate === "healthy" || fate === "unhealthy" || fate === "fails to build") return { fate, lines: rest, pages }
  const [, code] = /^exits (\d+)$/.exec(fate) ?? []
  if (code === undefined)
    throw new Fault(`the sandbox's stand-in does not know the behaviour "${fate}" in ${file}`, 125)
  return { fate: `exits ${Number(code)}`, lines: rest }
}

/** The folder that a sample's web server shows. */
function pagesIn(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {}
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  )
  return Object.fromEntries(files.map((name) => [`/${name}`, readFileSync(join(folder, name), "utf8")]))
}

function commandIn(instructions: string): readonly string[] {
  const [, text] = [...instructions.matchAll(/^CMD\s+(.+)$/gm)].at(-1) ?? []
  if (text === undefined) return []
  return text.startsWith("[") ? JSON.parse(text) : ["/bin/sh", "-c", text]
}

function treeHash(folder: string): string {
  const hash = createHash("sha256")
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name))
  for (const file of files.filter((name) => statSync(name).isFile()).sort()) {
    hash
      .update(`${relative(folder, file)}\0`)
      .update(readFileSync(file))
      .update("\0")
  }
  return hash.digest("hex")
}
