import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { type Context, Fault, notThere, type StandIn } from "./context.ts"
import { flag, parseFlags } from "./flags.ts"
import { needsPackage } from "./packages.ts"
import { changeRecords, readRecords } from "./records.ts"
import { branchesOf, commitOf, type Tree } from "./samples.ts"

/** What a clone knows: from where it is, what its branches are, and the trees of the commits that it ever fetched. */
interface Clone {
  readonly url: string
  readonly branches: Readonly<Record<string, string>>
  readonly head?: string
}

/** Serves the sandbox's sample systems, each branch with one commit. */
export const git: StandIn = (on) => {
  needsPackage(on, "git", "git")
  const parsed = parseFlags("git", on.args, { values: [["-C"], ["-c"]], switches: [["--version"]], endsAtWord: true })
  if (flag(parsed, "--version") !== undefined) {
    on.out("git version 2.50.1 (stand-in of the sandbox)\n")
    return 0
  }
  const folder = resolve(on.cwd, flag(parsed, "-C") ?? ".")
  const [verb = "", ...args] = parsed.rest
  const act = VERBS[verb]
  if (!act) throw notThere(`git ${verb}`)
  return act(on, folder, args)
}

type Act = (on: Context, folder: string, args: readonly string[]) => number

const quiet = [["-q", "--quiet"]]

const VERBS: Readonly<Record<string, Act>> = {
  clone: (on, folder, args) => {
    const parsed = parseFlags("git clone", args, {
      values: [["--depth"]],
      switches: [...quiet, ["--no-checkout", "-n"]],
    })
    const [url = "", name = url.replace(/^.*\/|\.git$/g, "")] = parsed.rest
    const to = resolve(folder, name)
    if (existsSync(to) && readdirSync(to).length > 0) {
      throw new Fault(`fatal: destination path '${name}' already exists and is not an empty directory.`, 128)
    }
    const clone = fetchFrom(on, to, url)
    if (flag(parsed, "--no-checkout") === undefined) checkOut(to, clone.branches.main ?? "")
    return 0
  },

  fetch: (on, folder, args) => {
    const switches = [...quiet, ["-f", "--force"], ["-p", "--prune"], ["-t", "--tags"]]
    parseFlags("git fetch", args, { values: [["--depth"]], switches })
    fetchFrom(on, folder, cloneIn(folder).url)
    return 0
  },

  remote: (on, folder, args) => {
    if (args.join(" ") !== "get-url origin") throw notThere(`git remote ${args.join(" ")}`)
    on.out(`${cloneIn(folder).url}\n`)
    return 0
  },

  "rev-parse": (on, folder, args) => {
    const parsed = parseFlags("git rev-parse", args, { values: [], switches: [...quiet, ["--verify"]] })
    const [name = ""] = parsed.rest
    const commit = commitAt(folder, name.replace(/\^\{commit\}$/, ""))
    if (commit === undefined) {
      if (flag(parsed, "-q") === undefined) on.err("fatal: Needed a single revision\n")
      return flag(parsed, "-q") === undefined ? 128 : 1
    }
    on.out(`${commit}\n`)
    return 0
  },

  checkout: (_on, folder, args) => {
    const parsed = parseFlags("git checkout", args, {
      values: [],
      switches: [...quiet, ["-f", "--force"], ["--detach"]],
    })
    const [name = ""] = parsed.rest
    const commit = commitAt(folder, name)
    if (commit === undefined) throw new Fault(`error: pathspec '${name}' did not match any file(s) known to git`, 1)
    checkOut(folder, commit)
    return 0
  },

  /** A checkout leaves nothing that is not of its commit. */
  clean: (_on, folder) => {
    cloneIn(folder)
    return 0
  },

  "ls-remote": (on, _folder, args) => {
    const parsed = parseFlags("git ls-remote", args, { values: [], switches: [...quiet, ["--heads"], ["--exit-code"]] })
    const [url = "", ...refs] = parsed.rest
    const found = Object.entries(offered(on, url)).map(
      ([name, tree]) => [`refs/heads/${name}`, commitOf(tree)] as const,
    )
    const meant = found.filter(
      ([ref]) => refs.length === 0 || refs.some((one) => ref === one || ref.endsWith(`/${one}`)),
    )
    for (const [ref, commit] of meant) on.out(`${commit}\t${ref}\n`)
    return meant.length === 0 && flag(parsed, "--exit-code") !== undefined ? 2 : 0
  },
}

/** The branches of a repository that the sandbox has. */
function offered(on: Context, url: string): Readonly<Record<string, Tree>> {
  const { host, pathname } = new URL(url)
  if (on.facts.reach !== "internet") {
    throw new Fault(`fatal: unable to access '${url}': Could not resolve host: ${host}`, 128)
  }
  const [, system = ""] = /^\/([a-z0-9-]+)\.git$/.exec(pathname) ?? []
  const branches = host === "samples.smart0dte.invalid" ? branchesOf(on.facts.samples, system) : new Map()
  if (branches.size > 0) return Object.fromEntries(branches)
  throw new Fault(`fatal: repository '${url}' not found (the sandbox has its samples alone: it fetches nothing)`, 128)
}

function fetchFrom(on: Context, folder: string, url: string): Clone {
  const trees = offered(on, url)
  mkdirSync(join(folder, ".git"), { recursive: true })
  const branches: Record<string, string> = {}
  for (const [name, tree] of Object.entries(trees)) {
    const commit = commitOf(tree)
    branches[name] = commit
    changeRecords<Tree>(treeFile(folder, commit), {}, () => tree)
  }
  return changeRecords<Clone>(cloneFile(folder), { url, branches }, (known) => ({ ...known, url, branches }))
}

function commitAt(folder: string, name: string): string | undefined {
  const clone = cloneIn(folder)
  if (name === "HEAD") return clone.head
  const branch = name.replace(/^(refs\/remotes\/)?origin\//, "")
  if (branch !== name) return clone.branches[branch]
  const commits = readdirSync(join(folder, ".git/trees")).map((file) => file.replace(/\.json$/, ""))
  return /^[0-9a-f]{7,40}$/.test(name) ? commits.find((commit) => commit.startsWith(name)) : undefined
}

/** Puts the commit's files there, and nothing else stays. */
function checkOut(folder: string, commit: string): void {
  const tree = readRecords<Tree>(treeFile(folder, commit), {})
  for (const name of readdirSync(folder).filter((one) => one !== ".git"))
    rmSync(join(folder, name), { recursive: true })
  for (const [path, text] of Object.entries(tree)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text, { mode: text.startsWith("#!") ? 0o755 : 0o644 })
  }
  changeRecords<Clone>(cloneFile(folder), cloneIn(folder), (known) => ({ ...known, head: commit }))
}

function cloneIn(folder: string): Clone {
  const clone = readRecords<Clone | undefined>(cloneFile(folder), undefined)
  if (!clone) throw new Fault("fatal: not a git repository (or any of the parent directories): .git", 128)
  return clone
}

const cloneFile = (folder: string): string => join(folder, ".git", "clone.json")
const treeFile = (folder: string, commit: string): string => join(folder, ".git/trees", `${commit}.json`)
