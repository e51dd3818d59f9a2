import { type Context, Fault, openContext, openPlugin } from "./context.ts"
import { PLUGIN, STAND_INS } from "./table.ts"

// Started as `node stand-ins.cjs FOLDER-OF-THE-MACHINE NAME ARGUMENTS...` by the scripts in a machine's folder of commands.
const [dir = "", name = "", ...args] = process.argv.slice(2)
run(name === PLUGIN ? openPlugin(dir, args) : openContext(dir, args)).then(
  (code) => {
    // Not process.exit: what was written to a pipe may not have left yet.
    process.exitCode = code
  },
  (error: unknown) => {
    const stack = error instanceof Error ? error.stack : String(error)
    process.stderr.write(`the sandbox's stand-in of ${name} has a bug: ${stack}\n`)
    process.exitCode = 70
  },
)

async function run(on: Context): Promise<number> {
  try {
    const load = STAND_INS[name]
    if (!load) throw new Fault(`${name}: command not found`, 127)
    return await (await load())(on)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    on.err(`${error.message}\n`)
    return error.code
  }
}
