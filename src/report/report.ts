import { type Environment, paintFor } from "./colours.ts"
import { type FailureNote, failureLines } from "./failure.ts"
import { type JsonLine, jsonEvent, jsonLines, schema } from "./json.ts"
import { plainProgress } from "./progress/plain.ts"
import type { Progress, Work } from "./progress/progress.ts"
import type { Result } from "./results.ts"
import type { Sink } from "./sink.ts"
import { wrap } from "./text/fit.ts"
import { mark, pipeWidth } from "./text/page.ts"
import { textLines } from "./text/text.ts"

/** Where everything goes that a command has to say: results to stdout, the rest to stderr. */
export interface Report {
  show(result: Result): void
  /** What is said by the way. */
  note(text: string): void
  progress(work: Work): Progress
  failure(note: FailureNote): void
}

export interface ReportOptions {
  readonly format: "text" | "json" | "markdown"
  readonly command: string
  readonly version: string
  readonly sandbox: boolean
  readonly stdout: Sink
  readonly stderr: Sink
  /** Whether stderr is a terminal on which lines can be drawn anew. */
  readonly live: boolean
  readonly env: Environment
  readonly noColor: boolean
}

export async function openReport(options: ReportOptions): Promise<Report> {
  if (options.format === "json") return jsonReport(options)
  // Where nothing is drawn, what draws is not loaded: it takes longer to start than all the rest of the report.
  const report = textReport(options, options.live ? (await import("./progress/live.ts")).liveProgress : plainProgress)
  if (options.format === "text") return report
  const { markdownOf } = await import("./markdown.ts")
  return { ...report, show: (result) => options.stdout.write(markdownOf(result, options.sandbox)) }
}

function textReport(options: ReportOptions, progress: typeof plainProgress): Report {
  const { stdout, stderr, sandbox, env, noColor } = options
  const page = { paint: paintFor(stdout, env, noColor), sandbox, width: widthOf(stdout) }
  const aside = { paint: paintFor(stderr, env, noColor), sandbox, width: widthOf(stderr) }
  const say = (sink: Sink, lines: readonly string[]) => sink.write(lines.map((line) => `${line}\n`).join(""))
  return {
    show: (result) => say(stdout, textLines(result, page)),
    note: (text) => say(stderr, wrap(`${mark(aside)}${text}`, aside.width)),
    progress: (work) => progress(work, stderr, aside),
    failure: (note) => say(stderr, failureLines(note, aside)),
  }
}

function jsonReport(options: ReportOptions): Report {
  const { stdout, stderr, sandbox, command, version, env, noColor } = options
  const put = (line: JsonLine) => stdout.write(`${JSON.stringify({ ...line, sandbox })}\n`)
  const aside = { paint: paintFor(stderr, env, noColor), sandbox }
  put({ schema, command, version })
  return {
    show: (result) => jsonLines(result).forEach(put),
    note: (text) => stderr.write(`${mark(aside)}${text}\n`),
    progress: () => ({ event: (event) => put(jsonEvent(event)), end() {} }),
    failure(note) {
      const { stack: _, ...told } = note
      put({ type: "error", ...told })
      stderr.write(
        failureLines(note, aside)
          .map((line) => `${line}\n`)
          .join(""),
      )
    },
  }
}

/** At a terminal its columns, and never so few that nothing fits; one that does not know them has none. */
const widthOf = (sink: Sink) => (sink.isTTY ? Math.max(20, sink.columns || 80) : pipeWidth)
