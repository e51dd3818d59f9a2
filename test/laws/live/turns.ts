import type { Random } from "./random.ts"

/** Whose turn it is: everything that happens waits for one, and the seed says who is next. No real time passes. */
export interface Turns {
  now(): number
  /** Waits so long at least. Whoever does not live any more never gets a turn again. */
  step(lives: () => boolean, delay?: number): Promise<void>
  /** The same, of those who only wait for something to look at: they alone keep nothing going. */
  idle(lives: () => boolean, delay: number): Promise<void>
  /** Until nobody but the idle is left, or so much time has passed; `look` after each turn. */
  run(most: number, look: () => void): Promise<void>
  /** The idle go on for so long. */
  runOn(time: number, look: () => void): Promise<void>
}

interface Waiting {
  readonly at: number
  readonly idle: boolean
  lives(): boolean
  go(): void
}

export function startTurns(random: Random): Turns {
  let time = 0
  let waiting: Waiting[] = []
  const wait = (lives: () => boolean, delay: number, idle: boolean) =>
    new Promise<void>((go) => {
      waiting.push({ at: time + delay, idle, lives, go })
    })
  const next = async (look: () => void) => {
    time = Math.max(time, Math.min(...waiting.map(({ at }) => at)))
    const due = waiting.filter(({ at }) => at <= time)
    const chosen = due[random.below(due.length)]
    waiting = waiting.filter((one) => one !== chosen)
    chosen?.go()
    // All that follows from it without another turn has happened by then.
    await new Promise((settled) => setImmediate(settled))
    look()
    time += 0.1
  }
  const alive = () => {
    waiting = waiting.filter(({ lives }) => lives())
    return waiting
  }
  return {
    now: () => time,
    step: (lives, delay = random.below(3)) => wait(lives, delay, false),
    idle: (lives, delay) => wait(lives, delay, true),
    async run(most, look) {
      while (time < most && alive().some(({ idle }) => !idle)) await next(look)
    },
    async runOn(more, look) {
      const until = time + more
      while (time < until && alive().length > 0) await next(look)
    },
  }
}
