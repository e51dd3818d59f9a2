import { Chalk, type ChalkInstance, type ColorSupportLevel } from "chalk"
import type { Sink } from "./sink.ts"

export type Environment = Readonly<Record<string, string | undefined>>

/** The option, then NO_COLOR, then FORCE_COLOR, then what the terminal can do; a pipe has none. */
export function paintFor(sink: Sink, env: Environment, noColor: boolean): ChalkInstance {
  return new Chalk({ level: levelOf(sink, env, noColor) })
}

function levelOf(sink: Sink, env: Environment, noColor: boolean): ColorSupportLevel {
  if (noColor || (env.NO_COLOR ?? "") !== "") return 0
  if (env.FORCE_COLOR !== undefined) return forced[env.FORCE_COLOR] ?? 1
  if (!sink.isTTY || env.TERM === "dumb") return 0
  return env.COLORTERM === "truecolor" ? 3 : 1
}

const forced: Readonly<Record<string, ColorSupportLevel>> = { "0": 0, false: 0, "1": 1, "2": 2, "3": 3 }
