import { buildDist } from "./dist.mjs"

const files = await buildDist()
const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
process.stderr.write(`built dist: ${files.size} files, ${Math.round(bytes / 1024)} KiB\n`)
