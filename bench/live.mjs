// Going live in a simulated world, where everything comes late, twice or never: how many schedules, how they ended, and
// every seed in which something happened that must not. Run with: npm run bench:live -- [seeds]
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { build } from "esbuild"
import { say } from "./program.mjs"

const seeds = Number(process.argv[2] ?? 2_000)
const folder = mkdtempSync(join(tmpdir(), "smart0dte-bench-"))
try {
  const outfile = join(folder, "play.mjs")
  const entry = fileURLToPath(new URL("../test/laws/live/play.ts", import.meta.url))
  await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "esm", logLevel: "error" })
  const { play } = await import(pathToFileURL(outfile).href)
  const began = performance.now()
  /** @type {Map<string, number>} */
  const ends = new Map()
  let bad = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const played = await play(seed)
    for (const end of played.ends) ends.set(end, (ends.get(end) ?? 0) + 1)
    if (played.troubles.length === 0) continue
    bad++
    say(`seed ${seed}: ${played.troubles.join("; ")}`)
  }
  for (const [end, times] of [...ends].sort()) say(`  ${end.padEnd(24)} ${times}`)
  say(
    `${seeds} schedules in ${((performance.now() - began) / 1000).toFixed(1)} s, ${bad} with trouble (none is wanted)`,
  )
  if (bad > 0) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
