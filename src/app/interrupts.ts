import { Interrupted } from "../errors.ts"

const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
export type StopSignal = keyof typeof codes

/** What Ctrl-C and its like mean at the moment. */
export interface Interrupts {
  /** Does work that comes to rest by itself once it is told to stop, and says so in these words. */
  settling<T>(work: (stop: AbortSignal) => Promise<T>, words?: string): Promise<T>
  /** Does so while the terminal is another program's: what is typed there, and Ctrl-C is, is for that one alone. */
  handingOn<T>(work: (stop: AbortSignal) => Promise<T>): Promise<T>
  /** Rejects when a signal comes while nothing has to come to rest. */
  readonly leave: Promise<never>
  /** The exit code that the signal asks for, once one came. */
  code(): number | undefined
}

/** What a terminal sends to all programs in front of it, beside Ctrl-C. */
const typed = ["SIGQUIT", "SIGTSTP"] as const

export interface SignalSource {
  on(signal: StopSignal | (typeof typed)[number], listener: () => void): unknown
  off(signal: (typeof typed)[number], listener: () => void): unknown
}

/** Listens from now on. The first signal lets work come to rest; the second one ends the process there and then. */
export function listen(source: SignalSource, say: (line: string) => void, exit: (code: number) => void): Interrupts {
  const stop = new AbortController()
  const working: string[] = []
  let handedOn = 0
  let code: number | undefined
  let leaveNow: (reason: Interrupted) => void = () => {}
  const leave = new Promise<never>((_, reject) => {
    leaveNow = reject
  })
  // Nobody may be waiting for it yet, and then it is no unhandled rejection.
  leave.catch(() => {})
  const heard = (signal: StopSignal) => {
    if (handedOn > 0 && signal === "SIGINT") return
    const again = code !== undefined
    code ??= codes[signal]
    if (again) {
      say("left at once: what AWS was told to do goes on there, and the lock frees itself when its lease ends")
      exit(code)
    } else if (working.length > 0) {
      for (const words of new Set(working)) if (words !== "") say(words)
      stop.abort()
    } else leaveNow(new Interrupted(`stopped by ${signal}`))
  }
  for (const signal of Object.keys(codes) as StopSignal[]) source.on(signal, () => heard(signal))
  const settling: Interrupts["settling"] = async (work, words = settles) => {
    working.push(words)
    try {
      return await work(stop.signal)
    } finally {
      working.splice(working.indexOf(words), 1)
    }
  }
  return {
    leave,
    code: () => code,
    settling,
    async handingOn(work) {
      handedOn += 1
      for (const signal of typed) source.on(signal, ignored)
      try {
        return await settling(work, "")
      } finally {
        for (const signal of typed) source.off(signal, ignored)
        handedOn -= 1
      }
    },
  }
}

const settles = "stopping: nothing new is started, and what runs may settle (once more: leave at once)"

const ignored = () => {}
