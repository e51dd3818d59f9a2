import { mkdir, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { generated } from "./generated.mjs"

for (const [path, text] of await generated()) {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
  process.stderr.write(`wrote ${path}\n`)
}
