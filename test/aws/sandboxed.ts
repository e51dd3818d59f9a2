import { type CloudSettings, openCloud, type Session } from "../../src/aws/clients.ts"
import { realClock } from "../../src/aws/clock.ts"
import type { Clock } from "../../src/engine/types.ts"
import type { Fault } from "../../src/sandbox/faults.ts"
import { type InProcess, inProcess } from "../../src/sandbox/in-process.ts"
import { services } from "../../src/sandbox/services/index.ts"

export interface Sandboxed {
  readonly sandbox: InProcess
  /** Another session of the same account. */
  open(settings?: Partial<CloudSettings>): Promise<Session>
  fault(...faults: readonly Fault[]): void
  /** How often the sandbox was asked for it: `ec2:CreateVpc`. */
  asked(operation: string): number
  close(): Promise<void>
}

/** A sandbox in this process, and sessions that talk to it. The faster its time, the sooner it takes another request. */
export async function sandboxed(speed = 1): Promise<Sandboxed> {
  const sandbox = await inProcess({ services: services(), speed })
  const sessions: Session[] = []
  const { url, accessKeyId, secretAccessKey, region } = sandbox.connection
  return {
    sandbox,
    open: async (settings) => {
      const credentials = { accessKeyId, secretAccessKey }
      const session = await openCloud({ region, endpoint: url, credentials, clock: impatient(), ...settings })
      sessions.push(session)
      return session
    },
    fault: (...faults) => sandbox.world.faults.set(faults),
    asked: (operation) =>
      sandbox.world.trace.list().filter((entry) => `${entry.service}:${entry.operation}` === operation).length,
    close: async () => {
      for (const session of sessions) session.close()
      await sandbox.close()
    },
  }
}

/** Does not wait at all, but says for how long it would have. */
export function impatient(slept: number[] = []): Clock {
  return {
    now: realClock().now,
    sleep: async (milliseconds) => {
      slept.push(milliseconds)
    },
  }
}

/** Time passes only by sleeping. */
export function simulated(): Clock {
  let now = 0
  const sleepers: { readonly until: number; readonly wake: () => void }[] = []
  const next = () => {
    sleepers.sort((a, b) => a.until - b.until)
    const first = sleepers.shift()
    if (!first) return
    now = Math.max(now, first.until)
    first.wake()
  }
  return {
    now: () => now,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers.push({ until: now + milliseconds, wake })
        setImmediate(next)
      }),
  }
}
