import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { openSandbox } from "./sandbox-opening.ts"

export function envCommand(app: Ending, run = env) {
  return new Command("env")
    .description("Print the variables by which other AWS tools reach it, as lines for a shell. Starts it if need be.")
    .addHelpText("after", examples('eval "$(smart0dte sandbox env)"', "smart0dte sandbox env > sandbox.env"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

async function env(app: App, flags: GlobalFlags): Promise<ExitCode> {
  const { report, sandbox } = await openSandbox(app, "env", flags)
  const { url, accessKeyId, secretAccessKey, region } = await sandbox.attach()
  const variables = {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  }
  const text = Object.entries(variables)
    .map(([name, value]) => `export ${name}=${quoted(value)}`)
    .join("\n")
  report.show({ type: "script", text })
  return exitCodes.done
}

const quoted = (value: string) => (/^[\w./:+=-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`)
