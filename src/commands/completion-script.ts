import type { CommandUnknownOpts } from "@commander-js/extra-typings"

export const shells = ["bash", "zsh", "fish"] as const
export type Shell = (typeof shells)[number]

/** What may follow a command's words. */
export interface Words {
  /** The command as typed, such as `sandbox start`; empty for the program itself. */
  readonly path: string
  readonly words: readonly string[]
}

/** All commands with what may follow each of them, the program's own options included. */
export function wordsOf(program: CommandUnknownOpts, path = "", inherited: readonly string[] = []): readonly Words[] {
  const options = [...inherited, ...program.options.flatMap((option) => option.long ?? [])]
  const names = program.commands.map((command) => command.name())
  const choices = program.registeredArguments.flatMap((argument) => argument.argChoices ?? [])
  return [
    { path, words: [...names, ...choices, ...options, "--help"] },
    ...program.commands.flatMap((command) => wordsOf(command, `${path} ${command.name()}`.trim(), options)),
  ]
}

export function scriptFor(shell: Shell, all: readonly Words[]): string {
  return scripts[shell](all)
}

const scripts: Readonly<Record<Shell, (all: readonly Words[]) => string>> = { bash, zsh, fish }

/** Both find the longest command among the words typed so far, its words joined by slashes. */
const places = (all: readonly Words[]) => all.map(({ path }) => path.replaceAll(" ", "/"))
const cases = (all: readonly Words[], line: (words: string) => string) =>
  all.map(({ path, words }) => `    "${path.replaceAll(" ", "/")}") ${line(words.join(" "))} ;;`).join("\n")

function bash(all: readonly Words[]): string {
  return `# smart0dte: completion for bash
_smart0dte() {
  local current="\${COMP_WORDS[COMP_CWORD]}" at="" found="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " ${places(all).join(" ")} " in
      *" \${at:+$at/}$word "*) at="\${at:+$at/}$word" ;;
    esac
  done
  case "$at" in
${cases(all, (words) => `found="${words}"`)}
  esac
  COMPREPLY=($(compgen -W "$found" -- "$current"))
}
complete -o default -F _smart0dte smart0dte
`
}

function zsh(all: readonly Words[]): string {
  return `#compdef smart0dte
# smart0dte: completion for zsh
_smart0dte() {
  local at="" word
  local -a found
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case " ${places(all).join(" ")} " in
      *" \${at:+$at/}$word "*) at="\${at:+$at/}$word" ;;
    esac
  done
  case "$at" in
${cases(all, (words) => `found=(${words})`)}
  esac
  compadd -a found || _files
}
compdef _smart0dte smart0dte
`
}

function fish(all: readonly Words[]): string {
  const lines = all.flatMap(({ path, words }) => {
    const condition = path === "" ? "__fish_use_subcommand" : `__fish_seen_subcommand_from ${path.split(" ").at(-1)}`
    return words.map((word) =>
      word.startsWith("--")
        ? `complete -c smart0dte -n '${condition}' -l ${word.slice(2)}`
        : `complete -c smart0dte -f -n '${condition}' -a ${word}`,
    )
  })
  return `# smart0dte: completion for fish\n${lines.join("\n")}\n`
}
