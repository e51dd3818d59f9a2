import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { SecretRow } from "../report/results.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { commandLine } from "./next.ts"
import { open, withAccount } from "./opening.ts"
import { placeOf } from "./planning.ts"
import { ownerOption, type SecretOwner } from "./system.ts"

export interface ListFlags extends GlobalFlags {
  readonly system?: SecretOwner | "both"
}

export function listCommand(app: Ending, run = listOf) {
  return new Command("list")
    .description("Show which secrets there are, since when each is set, and which are missing. Never a value.")
    .addOption(ownerOption)
    .addHelpText(
      "after",
      examples("smart0dte secrets list", "smart0dte secrets list --system smart-0dte --output json"),
    )
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

export async function listOf(app: App, flags: ListFlags): Promise<ExitCode> {
  const opened = await open(app, "secrets list", flags)
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    const { listSecrets } = await import("../aws/secrets/list-secrets.ts")
    const now = account.cloud.clock.now()
    const rows = (await listSecrets(account.cloud, scope))
      .filter(({ secret }) => isMeant(secret, flags.system))
      .map(
        ({ secret, line, since }): SecretRow => ({
          secret,
          name: line,
          set: since !== undefined,
          ...(since && { since: since.toISOString(), ageDays: Math.max(0, Math.floor((now - since.getTime()) / day)) }),
        }),
      )
    const missing = rows.filter(({ secret, set }) => !set && secret.endsWith("/keys"))
    opened.report.show({
      type: "secrets",
      ...placeOf(account, scope),
      rows,
      next: missing
        .slice(0, 1)
        .map(({ secret, name }) => commandLine(account, `secrets set ${systemOf(secret)} ${name}`)),
    })
    return exitCodes.done
  })
}

const day = 86_400_000

/** A system's keys lie below its name; what belongs to it elsewhere ends in it: `database/smart-0dte`. */
const isMeant = (secret: string, system: ListFlags["system"]): boolean =>
  system === undefined || system === "both" || secret.split("/").includes(system)

const systemOf = (secret: string) => secret.split("/")[0] ?? ""
