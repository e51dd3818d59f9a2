import { Interrupted } from "../errors.ts"

/** Somebody at a terminal. Only to be asked where `App.terminal.interactive` says that there is one. */
export interface Ask {
  /** The end of input means no. */
  confirm(question: string): Promise<boolean>
  /** What was typed; the end of input means that nothing was. */
  text(question: string): Promise<string>
  /** The same, with nothing of it shown. */
  secret(question: string): Promise<string>
  /** One of several; the end of input is nothing. */
  choose(question: string, choices: readonly Choice[], preset?: string): Promise<string | undefined>
  /** A line with something to begin from, asked again while there is a problem with it; the end of input is nothing. */
  line(question: string, wish: LineWish): Promise<string | undefined>
}

export interface Choice {
  readonly value: string
  readonly name: string
  /** Why it cannot be chosen, though it is shown. */
  readonly closed?: string
}

export interface LineWish {
  /** What Enter alone stands for. */
  readonly preset: string
  problem(text: string): string | undefined | Promise<string | undefined>
}

/** Questions go to stderr, so that results can be piped while somebody answers. */
export function askOn(stdin: NodeJS.ReadStream, stderr: NodeJS.WriteStream): Ask {
  return {
    confirm: (question) =>
      answered(stdin, false, async (signal) => {
        const { confirm } = await import("./prompts.ts")
        return confirm({ message: question, default: false }, { input: stdin, output: stderr, signal })
      }),
    text: (question) =>
      answered(stdin, "", async (signal) => {
        const { input } = await import("./prompts.ts")
        return input({ message: question }, { input: stdin, output: stderr, signal })
      }),
    secret: (question) =>
      answered(stdin, "", async (signal) => {
        const { password } = await import("./prompts.ts")
        return password({ message: question }, { input: stdin, output: stderr, signal })
      }),
    choose: (question, choices, preset) =>
      answered<string | undefined>(stdin, undefined, async (signal) => {
        const { select } = await import("./prompts.ts")
        const shown = choices.map(({ closed, ...choice }) => ({
          ...choice,
          ...(closed && { disabled: `(${closed})` }),
        }))
        // A summary is to be seen whole where there is room for it.
        const pageSize = Math.max(7, (stderr.rows ?? 24) - 6)
        const wish = { message: question, choices: shown, loop: false, pageSize }
        return select({ ...wish, ...(preset && { default: preset }) }, { input: stdin, output: stderr, signal })
      }),
    line: (question, { preset, problem }) =>
      answered<string | undefined>(stdin, undefined, async (signal) => {
        const { input } = await import("./prompts.ts")
        const validate = async (text: string) => (await problem(text.trim())) ?? true
        const line = await input(
          { message: question, default: preset, validate },
          { input: stdin, output: stderr, signal },
        )
        return line.trim()
      }),
  }
}

/** The prompts never settle when the input ends, so we watch for it ourselves. */
async function answered<T>(
  stdin: NodeJS.ReadStream,
  atEnd: T,
  prompt: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ended = new AbortController()
  const end = () => ended.abort()
  const pressed = (_text: string | undefined, key: { ctrl?: boolean; name?: string }) => {
    if (key.ctrl && key.name === "d") end()
  }
  stdin.once("end", end).once("close", end).on("keypress", pressed)
  try {
    return await prompt(ended.signal)
  } catch (error) {
    if (ended.signal.aborted) return atEnd
    if (error instanceof Error && error.name === "ExitPromptError")
      throw new Interrupted("stopped at a question", { hint: "nothing was changed since; run the command again" })
    throw error
  } finally {
    stdin.off("end", end).off("close", end).off("keypress", pressed)
    // A stdin that is still read keeps the process alive.
    stdin.pause()
  }
}
