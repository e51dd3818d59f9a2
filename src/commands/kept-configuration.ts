import { writeFile } from "node:fs/promises"
import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import type { Backup } from "../aws/backups/backup.ts"
import type { Scope } from "../engine/types.ts"
import { type ExitCode, exitCodes, Refused, Usage, UserError } from "../errors.ts"
import type { Opened } from "./opening.ts"

interface Asked {
  readonly scope: Scope
  readonly id: string
  readonly found: readonly Backup[]
  readonly out: string | undefined
}

/** The settings of that time as a configuration file. Nothing of them holds until somebody deploys with it. */
export async function writeConfiguration(
  app: App,
  opened: Opened,
  account: Account,
  { scope, id, found, out }: Asked,
): Promise<ExitCode> {
  const kept = found.find(({ part }) => part === "configuration")
  if (kept?.id === undefined)
    throw new Usage(`the backup ${id} has no configuration`, { hint: "leave --part out to go back to its data" })
  const text = await textOf(account, scope, kept.id)
  if (out === undefined) opened.report.show({ type: "script", text })
  else {
    await save(app, out, text)
    opened.report.note(`written to ${out}; see what it would change with: smart0dte plan single --config ${out}`)
  }
  return exitCodes.done
}

async function textOf({ cloud }: Account, scope: Scope, id: string): Promise<string> {
  const [{ keptSettings }, { savedSettings }, { writtenSettings }] = await Promise.all([
    import("../aws/backups/configuration.ts"),
    import("../config/saved.ts"),
    import("../config/written.ts"),
  ])
  const read = savedSettings(await keptSettings(cloud, scope, id))
  if ("settings" in read) return writtenSettings(read.settings, `${scope} as backup ${id} kept it`)
  throw new UserError(`the settings in backup ${id} are not known here: ${read.wrong}`, {
    hint: "read them with the version of smart0dte that kept them",
  })
}

/** Never over a file that is there, unless somebody says so. */
async function save({ terminal, ask }: App, out: string, text: string): Promise<void> {
  try {
    await writeFile(out, text, { flag: "wx" })
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error)
    if (code !== "EEXIST")
      throw new Usage(`${out} cannot be written: ${code}`, { hint: "give --out the path of a file that can be" })
    if (!terminal.interactive)
      throw new Usage(`${out} is there already, and nobody is here to ask`, { hint: "give --out another path" })
    if (!(await ask.confirm(`${out} is there already: write over it?`)))
      throw new Refused("declined: nothing was written", { hint: "give --out another path" })
    await writeFile(out, text)
  }
}
