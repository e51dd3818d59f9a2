import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import type { Config } from "../config.ts"
import { Usage } from "../errors.ts"
import type { Report } from "../report/report.ts"
import type { GlobalFlags } from "./flags.ts"
import { type ItemFlags, withItems } from "./items.ts"

/** A command that knows its configuration and where to say what it has to say. */
export interface Opened {
  readonly config: Config
  readonly report: Report
}

export async function open(app: App, command: string, flags: GlobalFlags & ItemFlags): Promise<Opened> {
  const config = withItems(await app.config({ ...flags }), flags)
  const { output, sandbox } = config.options
  if (output === "markdown" && !tellsInMarkdown.has(command))
    throw new Usage(`${command} has nothing to say in markdown`, {
      hint: `these have: ${[...tellsInMarkdown].join(", ")}; --output text or json goes with all commands`,
    })
  const report = await app.report({ command, output, sandbox, color: flags.color })
  return { config, report }
}

/** What a pull request may want to be told. */
const tellsInMarkdown: ReadonlySet<string> = new Set(["plan", "status", "cost", "drift"])

/** Works with the account and lets go of it in the end. */
export async function withAccount<T>(
  app: App,
  { config, report }: Opened,
  flags: GlobalFlags,
  work: (account: Account) => Promise<T>,
): Promise<T> {
  if (config.options.sandbox) report.note("nothing here is real: no AWS account is used, and nothing is charged")
  const account = await app.account(config, flags.debug && report.note)
  if (account.docker) report.note("but for the containers of its machines, which run on this machine's Docker")
  try {
    return await work({ ...account, namedRegion: flags.region })
  } finally {
    if (flags.debug) report.note(`${account.calls()} calls to AWS`)
    account.close()
  }
}
