import { Interrupted } from "../errors.ts"

const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
export type StopSignal = keyof typeof codes

/** What Ctrl-C and its like mean at the moment. */
export interface Interrupts {
  /** Does work that comes to rest by itself once it is told to stop. */
  settling<T>(work: (stop: AbortSignal) => Promise<T>): Promise<T>
  /** Rejects when a signal comes while nothing has to come to rest. */
  readonly leave: Promise<never>
  /** The exit code that the signal asks for, once one came. */
  code(): number | undefined
}

export interface SignalSource {
  on(signal: StopSignal, listener: () => void): unknown
}

/** Listens from now on. The first signal lets work come to rest; the second one ends the process there and then. */
export function listen(source: SignalSource, say: (line: string) => void, exit: (code: number) => void): Interrupts {
  const stop = new AbortController()
  let working = 0
  let code: number | undefined
  let leaveNow: (reason: Interrupted) => void = () => {}
  const leave = new Promise<never>((_, reject) => {
    leaveNow = reject
  })
  // Nobody may be waiting for it yet, and then it is no unhandled rejection.
  leave.catch(() => {})
  const heard = (signal: StopSignal) => {
    const again = code !== undefined
    code ??= codes[signal]
    if (again) {
      say("left at once: what AWS was told to do goes on there, and the lock frees itself when its lease ends")
      exit(code)
    } else if (working > 0) {
      say("stopping: nothing new is started, and what runs may settle (once more: leave at once)")
      stop.abort()
    } else leaveNow(new Interrupted(`stopped by ${signal}`))
  }
  for (const signal of Object.keys(codes) as StopSignal[]) source.on(signal, () => heard(signal))
  return {
    leave,
    code: () => code,
    async settling(work) {
      working += 1
      try {
        return await work(stop.signal)
      } finally {
        working -= 1
      }
    },
  }
}
