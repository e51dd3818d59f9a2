// How near a deploy comes to its critical path, and when it asks for the database. Everything in seconds as the sandbox
// counts them: those of the wall, times its speed.
import { rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { loadavg } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { bundle } from "../build/bundle.mjs"
import { criticalPath, timesOf } from "./critical-path.mjs"
import { printMemory, printTimes } from "./figures.mjs"
import { bin, median, program, say } from "./program.mjs"

/**
 * @param {number} rounds
 * @param {number} plans how many, of what the last of these deploys has made
 */
export async function deploys(rounds, plans) {
  /** @type {{ readonly ratio: number, readonly database: number }[]} */
  const figures = []
  for (let round = 0; round < rounds; round++) {
    const run = program()
    try {
      figures.push(await deploy(run, round === 0))
      if (round === rounds - 1) await planned(run, plans)
    } finally {
      await run.lines("sandbox", "stop")
      rmSync(run.folder, { recursive: true, force: true })
    }
  }
  say(`\ndeploy single, median of ${rounds}:`)
  say(`  ${median(figures.map(({ ratio }) => ratio)).toFixed(3)} of its critical path (at most 1.05 is wanted)`)
  const database = median(figures.map(({ database }) => database))
  say(`  the database is requested ${database.toFixed(1)} s after the first request (at most 10 is wanted)`)
}

/**
 * @param {import("./program.mjs").Program} run
 * @param {boolean} first
 */
async function deploy(run, first) {
  await run.lines("sandbox", "start")
  const load = loadavg()[0] ?? 0
  const since = performance.now()
  const deployed = await run.lines("deploy", "single", "--yes")
  const seconds = ((performance.now() - since) / 1000) * run.speed
  const applied = deployed.find(({ type }) => type === "applied")
  if (applied?.outcome !== "done") throw new Error(`deploy single ended with ${JSON.stringify(deployed.at(-1))}`)
  const calls = (await run.lines("sandbox", "trace")).filter(({ type }) => type === "call")
  const rows = (await run.lines("plan", "single")).filter(({ type }) => type === "row")
  const { seconds: least, chain } = criticalPath(await graph(run, applied), timesOf(run.sandbox, rows, calls))
  if (least > seconds) throw new Error(`nobody is faster than the critical path: ${seconds} s, and ${least} s`)
  const ours = calls.filter(({ by }) => by === undefined)
  const asked = ours.find(({ operation }) => operation === "CreateDBInstance")
  const database = (asked.at - ours[0].at) / 1000
  if (first) explain(chain, applied.done)
  say(`\nat speed ${run.speed}, load average ${load.toFixed(1)} before and ${(loadavg()[0] ?? 0).toFixed(1)} after:`)
  say(`  the command took ${seconds.toFixed(0)} s, and usable it was after ${applied.usableSeconds?.toFixed(0)} s`)
  say(`  its critical path is ${least.toFixed(0)} s: ratio ${(seconds / least).toFixed(3)}`)
  say(`  the database was requested ${database.toFixed(1)} s after the first request`)
  return { ratio: seconds / least, database }
}

/**
 * @param {import("./program.mjs").Program} run
 * @param {number} rounds
 */
async function planned(run, rounds) {
  const { apiCalls, same } = (await run.lines("plan", "single")).find(({ type }) => type === "summary")
  say(`\nplan of what is there: ${apiCalls} calls to AWS for ${same} things`)
  const commands = { "--version": [bin, "--version"], "plan single": [bin, "plan", "single"] }
  await printTimes(run, "a plan with all its calls, against a start", rounds, commands)
  await printMemory(run, "peak memory of it", Math.min(3, rounds), commands)
}

/**
 * @param {readonly import("./critical-path.mjs").Link[]} chain
 * @param {number} steps
 */
function explain(chain, steps) {
  say(`\nthe critical path of these ${steps} steps: each as long as the sandbox took for it (its state; for what`)
  say("happens on the node its trace, from the command to the last report), after what had to be ready before it:")
  for (const { key, begins, ends } of chain.filter(({ begins, ends }) => ends > begins))
    say(`  ${key.padEnd(28)} ${begins.toFixed(0).padStart(5)} s to ${ends.toFixed(0).padStart(5)} s`)
}

/**
 * The steps as the sources have them: what is distributed does not tell.
 * @param {import("./program.mjs").Program} run
 * @param {{ account: string, region: string }} place
 * @returns {Promise<readonly import("./graph.ts").GraphStep[]>}
 */
async function graph({ folder }, { account, region }) {
  const root = fileURLToPath(new URL("..", import.meta.url))
  const { files } = await bundle(root, "bench/graph.ts", "graph")
  for (const [name, text] of files) writeFileSync(join(folder, name), text)
  const { graphOfSingle } = createRequire(import.meta.url)(join(folder, "graph.cjs"))
  return graphOfSingle({ account, region, partition: "aws" })
}
