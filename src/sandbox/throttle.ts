import type { Service } from "./service.ts"

export interface Throttle {
  /** Takes a token from the operation's bucket; false when there is none left. */
  admits(service: Service, operation: string, now: number): boolean
  clear(): void
}

/** Token buckets, one for each operation that its service sets a limit to. `now` is simulated time. */
export function startThrottle(): Throttle {
  const buckets = new Map<string, Bucket>()
  return {
    clear: () => buckets.clear(),
    admits: (service, operation, now) => {
      const limit = service.limits.find(([pattern]) => pattern.test(operation))
      if (!limit) return true
      const [, size, perSecond] = limit
      const name = `${service.signingName}:${operation}`
      const before = buckets.get(name) ?? { tokens: size, at: now }
      const tokens = Math.min(size, before.tokens + ((now - before.at) / 1000) * perSecond)
      const admitted = tokens >= 1
      buckets.set(name, { tokens: admitted ? tokens - 1 : tokens, at: now })
      return admitted
    },
  }
}

interface Bucket {
  readonly tokens: number
  readonly at: number
}
