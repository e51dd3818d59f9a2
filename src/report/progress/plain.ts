import type { Sink } from "../sink.ts"
import { mark, type Page } from "../text/page.ts"
import { count, duration } from "../text/quantity.ts"
import type { Progress, Work } from "./progress.ts"
import { emptyTally, tallied } from "./tally.ts"
import { endedWords, runningWords, totalWords } from "./words.ts"

/** A build server that hears nothing for long takes a run for dead. */
const heartbeatMilliseconds = 30_000

/** Without a terminal: a line whenever a step ends, and from time to time what is still running. */
export function plainProgress(work: Work, sink: Sink, page: Page): Progress {
  let tally = emptyTally
  let heartbeat: NodeJS.Timeout | undefined
  const now = () => work.clock.now() / 1000
  const say = (line: string) => sink.write(`${mark(page)}${line}\n`)
  const stillRunning = () => {
    for (const one of tally.running.values()) {
      const { what, time } = runningWords(one, now())
      say(`still ${what}  ${time}`)
    }
  }
  return {
    event(event) {
      tally = tallied(tally, event, now())
      if (event.type === "run") {
        say(`${work.title}: ${count(event.actions.length, "step")}, about ${duration(event.secondsLeft)}`)
        heartbeat ??= setInterval(stillRunning, heartbeatMilliseconds)
        heartbeat.unref()
      } else if (event.phase === "done") say(`${endedWords(event)} (${totalWords(tally, now())})`)
      else if (event.phase === "failed" || event.phase === "skipped") say(endedWords(event))
    },
    end() {
      clearInterval(heartbeat)
    },
  }
}
