import { notThere } from "./context.ts"

export interface Parsed {
  /** By the flag's first spelling; one without a value is "true". */
  readonly flags: ReadonlyMap<string, readonly string[]>
  readonly rest: readonly string[]
}

export interface Known {
  /** Flags with a value, each with its spellings. */
  readonly values: readonly (readonly string[])[]
  /** Flags without one. */
  readonly switches: readonly (readonly string[])[]
  /** Whether flags end with the first word that is none, as they do before a command. */
  readonly endsAtWord?: boolean
}

/** Reads a command line as the usual commands do; an unknown flag is refused, as what it asks for would not be done. */
export function parseFlags(command: string, args: readonly string[], known: Known): Parsed {
  const flags = new Map<string, string[]>()
  const rest: string[] = []
  const add = ([name = ""]: readonly string[], value: string) => flags.set(name, [...(flags.get(name) ?? []), value])
  const find = (list: readonly (readonly string[])[], word: string) => list.find((names) => names.includes(word))
  let at = 0
  while (at < args.length) {
    const word = args[at] ?? ""
    at += 1
    if (word === "--") return { flags, rest: [...rest, ...args.slice(at)] }
    if (!word.startsWith("-") || word === "-") {
      rest.push(word)
      if (known.endsAtWord) return { flags, rest: [...rest, ...args.slice(at)] }
      continue
    }
    const [, name = word, inline] = /^(--[^=]+)=(.*)$/s.exec(word) ?? []
    const valued = find(known.values, name)
    const plain = find(known.switches, name)
    if (valued) {
      add(valued, inline ?? args[at] ?? "")
      if (inline === undefined) at += 1
    } else if (plain && (inline === undefined || inline === "true")) add(plain, "true")
    else for (const names of cluster(command, word, known)) add(names, "true")
  }
  return { flags, rest }
}

/** `-fsSL`: switches of one letter behind one dash. */
function cluster(command: string, word: string, { switches }: Known): readonly (readonly string[])[] {
  const letters = /^-[A-Za-z]{2,}$/.test(word) ? [...word.slice(1)] : []
  const found = letters.map((letter) => switches.find((names) => names.includes(`-${letter}`)))
  const whole = found.flatMap((names) => (names ? [names] : []))
  if (letters.length === 0 || whole.length < letters.length) throw notThere(`${command} ${word}`)
  return whole
}

export const flag = ({ flags }: Parsed, name: string): string | undefined => flags.get(name)?.at(-1)
export const all = ({ flags }: Parsed, name: string): readonly string[] => flags.get(name) ?? []
