import about from "../package.json" with { type: "json" }
import type { Account } from "./app/account.ts"
import { type Ask, askOn } from "./app/ask.ts"
import { readConfig } from "./app/config.ts"
import type { Environment } from "./app/environment.ts"
import { type Interrupts, listen } from "./app/interrupts.ts"
import { readPiped } from "./app/piped.ts"
import { dropWhenClosed } from "./app/quiet.ts"
import { type Sandbox, sandboxFor } from "./app/sandbox.ts"
import type { SiteFor } from "./app/site.ts"
import type { Config } from "./config.ts"
import type { Report } from "./report/report.ts"
import type { Sink } from "./report/sink.ts"

/** How what a command has to say is to be shown. */
export interface Manner {
  readonly command: string
  readonly output: "text" | "json" | "markdown"
  readonly sandbox: boolean
  readonly color: boolean
}

/** All that the outside world gives us; a test makes its own. What is expensive is made when it is first asked for. */
export interface App {
  readonly version: string
  readonly env: Environment
  readonly stdout: Sink
  readonly stderr: Sink
  readonly terminal: Terminal
  readonly ask: Ask
  /** What was piped into the command; nothing where its input is a terminal. */
  piped(): Promise<string | undefined>
  readonly interrupts: Interrupts
  /** Where the world sees this machine come from; in the sandbox nobody is asked. */
  ownAddress(sandbox: boolean): Promise<string>
  /** The profiles of AWS credentials on this machine. */
  profiles(): Promise<readonly string[]>
  /** Shows a page in the browser of whoever sits here. */
  browse(url: string): Promise<void>
  /** Without the file, where what is to be done must not depend on it. */
  config(flags: Readonly<Record<string, unknown>>, without?: "file"): Promise<Config>
  account(config: Config, debug?: (line: string) => void): Promise<Account>
  readonly site: SiteFor
  sandbox(config: Config): Sandbox
  /** Opened once: whoever asks again is given the same. */
  report(manner: Manner): Promise<Report>
}

export interface Terminal {
  /** Whether there is somebody who can answer a question. */
  readonly interactive: boolean
  /** Whether lines on stderr can be drawn anew. */
  readonly live: boolean
}

export function realApp(process: NodeJS.Process, site: SiteFor): App {
  const { env, stdin, stdout, stderr } = process
  dropWhenClosed(stdout)
  dropWhenClosed(stderr)
  const terminal = terminalOf(process)
  const sandbox = ({ options, settings }: Config) => sandboxFor(options, settings.region, env)
  let report: Promise<Report> | undefined
  return {
    version: about.version,
    env,
    stdout,
    stderr,
    terminal,
    ask: askOn(stdin, stderr),
    piped: () => readPiped(stdin),
    interrupts: listen(
      process,
      (line) => stderr.write(`${line}\n`),
      (code) => process.exit(code),
    ),
    profiles: async () => (await import("./app/profiles.ts")).profilesOf(env),
    ownAddress: async (inSandbox) => (await import("./app/own-address.ts")).ownAddress(inSandbox),
    browse: async (url) => (await import("./app/browse.ts")).browse(url),
    config: (flags, without) => readConfig(flags, env, without),
    async account(config, debug) {
      const { openAccount } = await import("./app/open-account.ts")
      return openAccount(config, sandbox(config), debug)
    },
    site,
    sandbox,
    report(manner) {
      report ??= openReport(manner, about.version, process, terminal)
      return report
    },
  }
}

/** A build server has no one who answers, even where it pretends to be a terminal. */
function terminalOf({ env, stdin, stderr }: Pick<NodeJS.Process, "env" | "stdin" | "stderr">): Terminal {
  const unattended = env.CI !== undefined && env.CI !== "" && env.CI !== "false" && env.CI !== "0"
  const screen = stderr.isTTY === true && !unattended
  return { interactive: screen && stdin.isTTY === true, live: screen && env.TERM !== "dumb" }
}

async function openReport(
  { color, output, command, sandbox }: Manner,
  version: string,
  { env, stdout, stderr }: NodeJS.Process,
  { live }: Terminal,
): Promise<Report> {
  const { openReport: open } = await import("./report/report.ts")
  return open({ format: output, command, version, sandbox, stdout, stderr, live, env, noColor: !color })
}
