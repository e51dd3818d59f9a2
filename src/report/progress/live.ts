import ora from "ora"
import type { Sink } from "../sink.ts"
import { shorten, widthOf } from "../text/fit.ts"
import { mark, type Page } from "../text/page.ts"
import type { Progress, Work } from "./progress.ts"
import { emptyTally, type Running, type Tally, tallied } from "./tally.ts"
import { endedWords, runningBriefly, runningWords, totalBriefly, totalWords } from "./words.ts"

/** On a terminal: finished steps scroll by, those that run stand below, each on one line that is drawn again and again. */
export function liveProgress(work: Work, sink: Sink, page: Omit<Page, "width">): Progress {
  let tally = emptyTally
  const now = () => work.clock.now() / 1000
  const columns = () => sink.columns ?? 80
  const spinner = ora({
    stream: sink,
    isEnabled: true,
    // The keyboard stays as it is: Ctrl-C and Ctrl-Z have to reach us, and nothing is left odd when we are killed.
    discardStdin: false,
    color: false,
    suffixText: () => frame(work.title, tally, now(), { ...page, width: columns(), height: sink.rows ?? 24 }),
  })
  const scroll = (symbol: string, words: string) =>
    sink.write(`${endedLine(symbol, words, { ...page, width: columns() })}\n`)
  return {
    event(event) {
      tally = tallied(tally, event, now())
      if (event.type === "run") spinner.start()
      else if (event.phase === "done") scroll(page.paint.green("✔"), endedWords(event))
      else if (event.phase === "failed") scroll(page.paint.red("✖"), endedWords(event))
      else if (event.phase === "skipped") scroll(page.paint.dim("○"), endedWords(event))
    },
    end() {
      spinner.stop()
    },
  }
}

/** These lines stay on the screen when the rest is gone, so each says where it happened. */
export function endedLine(symbol: string, words: string, page: Page): string {
  const before = `${mark(page)}${symbol} `
  return before + shorten(words, page.width - widthOf(before))
}

/** The spinner and the blanks that ora puts before the text. */
const spinnerWidth = 3

export function frame(title: string, tally: Tally, now: number, page: Page & { readonly height: number }): string {
  // The last column stays empty: some terminals wrap when it is written.
  const width = page.width - 1
  const narrow = page.width < 60
  const total = narrow ? totalBriefly(tally, now) : `${title}: ${totalWords(tally, now)}`
  const running = [...tally.running.values()]
  const room = Math.max(1, page.height - 3)
  const shown = running.slice(0, running.length > room ? room - 1 : room)
  const hidden = running.length - shown.length
  const line = (one: Running) => {
    const { what, time } = narrow ? runningBriefly(one, now) : runningWords(one, now)
    const name = shorten(`${margin}${what}`, Math.max(12, width - widthOf(time) - 2))
    return shorten(`${name}  ${time}`, width)
  }
  return [
    mark(page) + shorten(total, width - spinnerWidth - widthOf(mark(page))),
    ...shown.map(line),
    ...(hidden > 0 ? [shorten(`${margin}and ${hidden} more`, width)] : []),
  ].join("\n")
}

const margin = "    "
