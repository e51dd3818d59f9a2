// What a start costs, what a plan asks for, and how near a deploy comes to its critical path: each as a ratio to
// something measured in the same run, since machines differ and are shared.
// Run with: npm run bench -- [rounds of starts and plans] [rounds of deploys]
import { rmSync, writeFileSync } from "node:fs"
import { loadavg } from "node:os"
import { join } from "node:path"
import { deploys } from "./deploys.mjs"
import { printMemory, printTimes } from "./figures.mjs"
import { bin, program, say } from "./program.mjs"

const rounds = Number(process.argv[2] ?? 15)

await starts()
await deploys(Number(process.argv[3] ?? 1), rounds)

async function starts() {
  const run = program()
  try {
    const empty = join(run.folder, "empty.cjs")
    writeFileSync(empty, "")
    const commands = {
      "node with an empty file": [empty],
      "--version": [bin, "--version"],
      "--help": [bin, "--help"],
      "deploy --help": [bin, "deploy", "--help"],
    }
    say(`load average ${(loadavg()[0] ?? 0).toFixed(1)}`)
    await printTimes(run, "start", rounds, commands)
    await printMemory(run, "peak memory", rounds, commands)
  } finally {
    rmSync(run.folder, { recursive: true, force: true })
  }
}
