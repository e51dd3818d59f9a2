// What a start costs, what a plan asks for, and how near a deploy comes to its critical path: each as a ratio to
// something measured in the same run, since machines differ and are shared. Run with: npm run bench
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { execa } from "execa"
import { bundle } from "../build/bundle.mjs"
import { criticalPath, timesOf } from "./critical-path.mjs"

const bin = fileURLToPath(new URL("../bin/smart0dte.js", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "smart0dte-bench-"))
const rounds = Number(process.argv[2] ?? 15)
// A certificate store that is read at every start would hide everything else.
const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env
const env = {
  ...inherited,
  SMART0DTE_SANDBOX: "1",
  // Creation times are true to life, and what this machine needs for the rest counts so many times: not too often.
  SMART0DTE_SANDBOX_SPEED: process.env.SMART0DTE_SANDBOX_SPEED ?? "5",
  SMART0DTE_SANDBOX_DIR: join(folder, "sandbox"),
  CI: "true",
}

try {
  await starts()
  await work()
} finally {
  await smart0dte("sandbox", "stop")
  rmSync(folder, { recursive: true, force: true })
}

async function starts() {
  const empty = join(folder, "empty.cjs")
  const memory = join(folder, "memory.cjs")
  writeFileSync(empty, "")
  writeFileSync(memory, 'process.on("exit", () => process.stderr.write("\\nrss " + process.resourceUsage().maxRSS))')
  const commands = {
    "node with an empty file": [empty],
    "--version": [bin, "--version"],
    "--help": [bin, "--help"],
    "deploy --help": [bin, "deploy", "--help"],
  }
  const times = await inTurn(commands, timed)
  const sizes = await inTurn(commands, (args) => peak(["--require", memory, ...args]))
  print("start", times, "ms")
  print("peak memory", sizes, "MiB")
}

async function work() {
  const deployed = await lines("deploy", "single", "--yes")
  const { done, account, region, outcome, failed } = deployed.find(({ type }) => type === "applied")
  if (outcome !== "done") {
    say(`\ndeploy single ended ${outcome}: ${failed.map((/** @type {any} */ one) => one.step).join(", ")}`)
    process.exitCode = 1
    return
  }
  // The plan before the run and the reading after it are part of the command, and so of the trace; what nodes do is not.
  const calls = (await lines("sandbox", "trace")).filter(({ type }) => type === "call")
  const ours = calls.filter(({ by }) => by === undefined)
  const seconds = (ours.at(-1).at - ours[0].at) / 1000
  const rows = (await lines("plan", "single")).filter(({ type }) => type === "row")
  const steps = await graph({ account, partition: "aws", region })
  const { seconds: least, chain } = criticalPath(steps, timesOf(env.SMART0DTE_SANDBOX_DIR, rows, calls))
  say(`\ndeploy single: ${done} steps in ${seconds.toFixed(0)} s of simulated time, from the first request to the last`)
  say(`  AWS alone needs ${least.toFixed(0)} s: ratio ${(seconds / least).toFixed(3)} (at most 1.05 is wanted)`)
  for (const { key, begins, ends } of chain.filter(({ begins, ends }) => ends > begins))
    say(`    ${key.padEnd(28)} ${begins.toFixed(0).padStart(5)} s to ${ends.toFixed(0).padStart(5)} s`)
  const database = ours.find(({ operation }) => operation === "CreateDBInstance")
  if (database)
    say(`  the database is requested after ${((database.at - ours[0].at) / 1000).toFixed(1)} s (at most 10 is wanted)`)
  const { apiCalls, same } = (await lines("plan", "single")).find(({ type }) => type === "summary")
  say(`\nplan of what is there: ${apiCalls} calls to AWS for ${same} things`)
  const commands = { "--version": [bin, "--version"], "plan single": [bin, "plan", "single"] }
  print("a plan with all its calls, against a start", await inTurn(commands, timed), "ms")
}

/**
 * The steps as the sources have them: what is distributed does not tell.
 * @param {{ account: string, partition: string, region: string }} place
 * @returns {Promise<readonly import("./graph.ts").GraphStep[]>}
 */
async function graph(place) {
  const root = fileURLToPath(new URL("..", import.meta.url))
  const { files } = await bundle(root, "bench/graph.ts", "graph")
  for (const [name, text] of files) writeFileSync(join(folder, name), text)
  const { graphOfSingle } = createRequire(import.meta.url)(join(folder, "graph.cjs"))
  return graphOfSingle(place)
}

/**
 * @param {...string} args
 * @returns {Promise<any[]>}
 */
async function lines(...args) {
  const { stdout } = await smart0dte(...args, "--output", "json")
  return stdout.split("\n").map((line) => JSON.parse(line))
}

/** @param {...string} args */
function smart0dte(...args) {
  // What it ended with is among what it said.
  return execa(process.execPath, [bin, ...args], { env, extendEnv: false, cwd: folder, stdin: "ignore", reject: false })
}

/** @param {readonly string[]} args */
async function timed(args) {
  const since = performance.now()
  await execa(process.execPath, args, { env, extendEnv: false, cwd: folder, stdin: "ignore" })
  return performance.now() - since
}

/** @param {readonly string[]} args */
async function peak(args) {
  const { stderr } = await execa(process.execPath, args, { env, extendEnv: false, cwd: folder, stdin: "ignore" })
  return Number(/rss (\d+)/.exec(stderr)?.[1]) / 1024
}

/**
 * One of each in turn, so that a slow minute of the machine hits all of them.
 * @param {Readonly<Record<string, readonly string[]>>} commands
 * @param {(args: readonly string[]) => Promise<number>} measure
 * @returns {Promise<ReadonlyMap<string, number[]>>}
 */
async function inTurn(commands, measure) {
  const results = new Map(Object.keys(commands).map((name) => [name, /** @type {number[]} */ ([])]))
  for (let round = 0; round < rounds; round++)
    for (const [name, args] of Object.entries(commands)) results.get(name)?.push(await measure(args))
  return results
}

/**
 * @param {string} title
 * @param {ReadonlyMap<string, number[]>} results
 * @param {string} unit
 */
function print(title, results, unit) {
  const [floor = []] = results.values()
  say(`\n${title}: median of ${rounds}, and of the ratios to the first in the same round`)
  for (const [name, figures] of results) {
    const ratio = median(figures.map((figure, round) => figure / (floor[round] ?? Number.NaN)))
    say(`  ${name.padEnd(26)} ${median(figures).toFixed(1).padStart(7)} ${unit}  ${ratio.toFixed(2)}`)
  }
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`)
}

/** @param {readonly number[]} figures */
function median(figures) {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN
}
