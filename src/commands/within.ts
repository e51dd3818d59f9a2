/** What the promise gives, or nothing if it takes longer; for what follows a signal, so by the wall clock. */
export function within<T>(seconds: number, promise: Promise<T>): Promise<{ readonly value: T } | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), seconds * 1000)
    promise.then((value) => resolve({ value }), reject).finally(() => clearTimeout(timer))
  })
}

/** The same, with the time counted only from when the signal is aborted. */
export function withinOf<T>(
  stop: AbortSignal,
  seconds: number,
  promise: Promise<T>,
): Promise<{ readonly value: T } | undefined> {
  return new Promise((resolve, reject) => {
    const stopped = () => void within(seconds, promise).then(resolve, reject)
    promise.then((value) => resolve({ value }), reject).finally(() => stop.removeEventListener("abort", stopped))
    if (stop.aborted) stopped()
    else stop.addEventListener("abort", stopped, { once: true })
  })
}
