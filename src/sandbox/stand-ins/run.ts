import { type Calling, Fault, openContext } from "./context.ts"
import { STAND_INS } from "./table.ts"

/** Performs one command on the machine of a folder, and answers with its exit code. */
export async function runStandIn(dir: string, name: string, calling: Calling): Promise<number> {
  try {
    const load = STAND_INS[name]
    if (!load) throw new Fault(`${name}: command not found`, 127)
    return await (await load())(openContext(dir, calling))
  } catch (error) {
    if (error instanceof NeedsInput || calling.signal.aborted) throw error
    const bug = error instanceof Error ? error.stack : String(error)
    calling.err(error instanceof Fault ? `${error.message}\n` : `the sandbox's stand-in of ${name} has a bug: ${bug}\n`)
    return error instanceof Fault ? error.code : 70
  }
}

/** Thrown by a command's input where it was not sent along. */
export class NeedsInput extends Error {}
