import { readFileSync } from "node:fs"
import { Fault } from "../context.ts"
import { plugin } from "./plugin.ts"

// Started as `node session-manager-plugin.cjs FOLDER-OF-ALL-MACHINES`, and then as the plugin itself is.
const [machines = "", ...args] = process.argv.slice(2)
plugin({
  machines,
  args,
  env: process.env,
  cwd: process.cwd(),
  signal: new AbortController().signal,
  input: () => readFileSync(0, "utf8"),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
}).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    const stack = error instanceof Error ? error.stack : String(error)
    process.stderr.write(error instanceof Fault ? `${error.message}\n` : `the plugin's stand-in has a bug: ${stack}\n`)
    process.exitCode = 255
  },
)
