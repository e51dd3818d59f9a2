import { Argument, Command, type CommandUnknownOpts } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import { type Shell, scriptFor, shells, wordsOf } from "./completion-script.ts"
import type { Ending } from "./ends.ts"
import { examples } from "./flags.ts"

export function completionCommand(app: Ending, run = completion) {
  return new Command("completion")
    .description("Print a script that teaches a shell to complete our commands and options.")
    .addArgument(new Argument("<shell>", "bash, zsh or fish").choices(shells))
    .addHelpText(
      "after",
      examples(
        "source <(smart0dte completion bash)",
        "smart0dte completion fish > ~/.config/fish/completions/smart0dte.fish",
      ),
    )
    .action(async (shell, _own, command) => app.exit(await run(app, shell, rootOf(command))))
}

export async function completion(app: App, shell: Shell, program: CommandUnknownOpts): Promise<ExitCode> {
  app.stdout.write(scriptFor(shell, wordsOf(program)))
  return exitCodes.done
}

const rootOf = (command: CommandUnknownOpts): CommandUnknownOpts => (command.parent ? rootOf(command.parent) : command)
