import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { median, say } from "./program.mjs"

/**
 * @typedef {import("./program.mjs").Program} Program
 * @typedef {Readonly<Record<string, readonly string[]>>} Commands by what they are called
 */

/**
 * Milliseconds of each, and as a ratio to the first.
 * @param {Program} run
 * @param {string} title
 * @param {number} rounds
 * @param {Commands} commands
 */
export async function printTimes(run, title, rounds, commands) {
  const timed = async (/** @type {readonly string[]} */ args) => {
    const since = performance.now()
    await run.node(args)
    return performance.now() - since
  }
  print(title, rounds, await inTurn(rounds, commands, timed), "ms")
}

/**
 * The most memory that each had, and as a ratio to the first.
 * @param {Program} run
 * @param {string} title
 * @param {number} rounds
 * @param {Commands} commands
 */
export async function printMemory(run, title, rounds, commands) {
  const script = join(run.folder, "memory.cjs")
  writeFileSync(script, 'process.on("exit", () => process.stderr.write("\\nrss " + process.resourceUsage().maxRSS))')
  const peak = async (/** @type {readonly string[]} */ args) => {
    const { stderr } = await run.node(["--require", script, ...args])
    return Number(/rss (\d+)/.exec(stderr)?.[1]) / 1024
  }
  print(title, rounds, await inTurn(rounds, commands, peak), "MiB")
}

/**
 * One of each in turn, so that a slow minute of the machine hits all of them.
 * @param {number} rounds
 * @param {Commands} commands
 * @param {(args: readonly string[]) => Promise<number>} measure
 * @returns {Promise<ReadonlyMap<string, number[]>>}
 */
async function inTurn(rounds, commands, measure) {
  const results = new Map(Object.keys(commands).map((name) => [name, /** @type {number[]} */ ([])]))
  for (let round = 0; round < rounds; round++)
    for (const [name, args] of Object.entries(commands)) results.get(name)?.push(await measure(args))
  return results
}

/**
 * @param {string} title
 * @param {number} rounds
 * @param {ReadonlyMap<string, number[]>} results
 * @param {string} unit
 */
function print(title, rounds, results, unit) {
  const [floor = []] = results.values()
  say(`\n${title}: median of ${rounds}, and of the ratios to the first in the same round`)
  for (const [name, figures] of results) {
    const ratio = median(figures.map((figure, round) => figure / (floor[round] ?? Number.NaN)))
    say(`  ${name.padEnd(26)} ${median(figures).toFixed(1).padStart(7)} ${unit}  ${ratio.toFixed(2)}`)
  }
}
