import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings"
import type { Ending } from "./ends.ts"
import { globalOptions, withOptions } from "./flags.ts"
import { commands } from "./index.ts"

/** The whole command line. It throws where commander would end the process, and prints nothing but help. */
export function programFor(app: Ending): CommandUnknownOpts {
  const program = withOptions(new Command("smart0dte"), globalOptions)
    .description("Provisions and operates, on AWS, the machines of the Smart-0DTE and Mag7-7DTE trading systems.")
    .version(app.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => app.stdout.write(text),
      writeErr: (text) => app.stderr.write(text),
      outputError: () => {},
      getOutHelpWidth: () => (app.stdout.isTTY ? (app.stdout.columns ?? 80) : 80),
      getOutHasColors: () => false,
    })
    .addHelpText("after", "\nTry it without an account: smart0dte deploy single --sandbox")
  for (const command of commands(app)) program.addCommand(command)
  inherit(program)
  return program
}

/** What `addCommand` leaves to its caller: without it, a wrong option of a subcommand would end the process. */
function inherit(parent: CommandUnknownOpts): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent)
    inherit(command)
  }
}
