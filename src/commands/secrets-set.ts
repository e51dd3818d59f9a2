import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { closest } from "../config/closest.ts"
import { type ExitCode, exitCodes, Refused, Usage, UserError } from "../errors.ts"
import { systems } from "../nodes/systems.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { refuseWhileLive } from "./live-guard.ts"
import { holding } from "./locked.ts"
import { commandLine } from "./next.ts"
import { open, withAccount } from "./opening.ts"
import { isBroker, ownerArgument, type SecretOwner } from "./system.ts"

export interface SetFlags extends GlobalFlags {
  readonly system: SecretOwner
  readonly name: string
  readonly lockTimeout?: string
}

export function setCommand(app: Ending, run = setSecretOf) {
  return new Command("set")
    .description("Give a secret its value: piped in, or typed at a prompt that shows nothing. Never an argument.")
    .addArgument(ownerArgument)
    .argument("<name>", "such as POLYGON_API_KEY; secrets list shows them")
    .option("--lock-timeout <seconds>", "how long to wait while another run is at work (120)")
    .addHelpText(
      "after",
      examples(
        "smart0dte secrets set smart-0dte POLYGON_API_KEY",
        "pass show polygon | smart0dte secrets set smart-0dte POLYGON_API_KEY",
      ),
    )
    .action(async (system, name, own, command) => app.exit(await run(app, { ...flagsOf(own, command), system, name })))
}

export async function setSecretOf(app: App, flags: SetFlags): Promise<ExitCode> {
  const opened = await open(app, "secrets set", flags)
  const { system, name } = flags
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    const refuseNow = () => refuseWhileLive(account, scope, "secrets set", isBroker(system) ? undefined : [system])
    await refuseNow()
    const { listSecrets } = await import("../aws/secrets/list-secrets.ts")
    refuseUnknown(system, name, await listSecrets(account.cloud, scope))
    const value = await valueFor(app, `the value of ${name} of ${system} in ${scope}`)
    const { setSecret } = await import("../aws/secrets/set-secret.ts")
    const title = `set ${name} of ${system}`
    await holding(app, { opened, account, scopes: [scope], title }, async () => {
      // Whoever had the lock before may have gone live.
      await refuseNow()
      await setSecret(account.cloud, { scope, system, line: name, value })
    })
    opened.report.show({
      type: "facts",
      about: `${name} of ${system} is set in ${scope}`,
      facts: { system, name, environment: scope },
      next: [commandLine(account, `${follows(system)} --env ${scope}`)],
    })
    return exitCodes.done
  })
}

/** What reads it anew. The live gateway is made each time that something goes live. */
function follows(system: SecretOwner): string {
  if (!isBroker(system)) return `restart ${system}`
  return system === "broker-live" ? "switch-mode live --dry-run" : `gateway restart ${systems[0]}`
}

interface KnownLine {
  readonly secret: string
  readonly line: string
}

/** What nothing would ever read was mistyped. */
function refuseUnknown(system: SecretOwner, name: string, all: readonly KnownLine[]): void {
  const names = all.filter(({ secret }) => secret === `${system}/keys`).map(({ line }) => line)
  if (names.includes(name)) return
  if (names.length === 0)
    throw new UserError(`there are no secrets of ${system} here yet`, { hint: "deploy first, then set them" })
  const meant = closest(name, names)
  throw new Usage(`${system} has no secret ${JSON.stringify(name)}`, {
    hint: `${meant === undefined ? "" : `did you mean ${meant}? `}there are: ${names.join(", ")}`,
  })
}

async function valueFor({ terminal, ask, piped }: App, what: string): Promise<string> {
  const given = terminal.interactive ? await ask.secret(what) : await piped()
  if (given === undefined)
    throw new Usage(`${what} is to be piped in, and the input is a terminal that nobody may be asked at`, {
      hint: "such as: smart0dte secrets set smart-0dte POLYGON_API_KEY < key.txt",
    })
  const value = given.replace(/\r?\n$/, "")
  if (value !== "") return value
  if (terminal.interactive) throw new Refused("nothing was typed: nothing was changed")
  throw new Usage(`${what} is empty: nothing was changed`, { hint: "pipe it in, or run it at a terminal to be asked" })
}
