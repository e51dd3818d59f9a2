import { OutcomeUnknown, UserError } from "../../../src/errors.ts"
import type { Random } from "./random.ts"
import type { Turns } from "./turns.ts"

/** What may go wrong in a schedule, and how often. */
export interface Weather {
  /** Of all calls, the share that meets a mishap. */
  readonly mishaps: number
  /** When nobody reaches the bucket, or Systems Manager: from, until. */
  readonly bucketDown: readonly [number, number]
  readonly commandsDown: readonly [number, number]
}

/** One tool at work; nothing of it goes on once it is killed. */
export interface Process {
  readonly name: string
  dead: boolean
  calls: number
  /** Killed at that call: before it is sent, or after its effect. */
  readonly killedAt: number | undefined
  readonly killedAfter: boolean
  /** Stopped by its operator at that call. */
  readonly stoppedAt: number | undefined
  readonly stop: AbortController
}

export interface Network {
  /** To the bucket and the like: at one moment, if at all; perhaps later than anybody waits for, perhaps twice. */
  ask<T>(process: Process, effect: () => T): Promise<T>
  /** To a node: nobody waits for its answer for ever. */
  order<T>(process: Process, carryOut: () => Promise<T>): Promise<T>
}

export function startNetwork(turns: Turns, random: Random, weather: Weather): Network {
  const lost = () => new OutcomeUnknown("no answer came", "NoAnswer")
  const within = ([from, until]: readonly [number, number]) => turns.now() >= from && turns.now() < until
  const always = () => true

  /** Its way there: killed or stopped on it, or nothing gets there at all. */
  const sent = async (process: Process, down: readonly [number, number]) => {
    process.calls++
    if (process.calls === process.stoppedAt) process.stop.abort()
    if (process.calls === process.killedAt && !process.killedAfter) process.dead = true
    await turns.step(() => !process.dead)
    if (within(down)) throw new UserError("it cannot be reached")
  }
  const answered = async (process: Process) => {
    if (process.calls >= (process.killedAt ?? Number.POSITIVE_INFINITY)) process.dead = true
    await turns.step(() => !process.dead)
  }
  const later = async (effect: () => unknown) => {
    await turns.step(always, random.below(random.of([10, 60, 200])))
    try {
      await effect()
    } catch {
      // Nobody hears of it.
    }
  }
  const mishap = () =>
    random.chance(weather.mishaps) ? random.of(["never", "late", "twice", "answer lost"] as const) : undefined

  return {
    async ask(process, effect) {
      await sent(process, weather.bucketDown)
      const what = mishap()
      if (what === "late") void later(effect)
      if (what === "never" || what === "late") {
        await answered(process)
        throw lost()
      }
      const first = effect()
      if (what === "twice") void later(effect)
      await answered(process)
      if (what === "answer lost") throw lost()
      return first
    },
    async order(process, carryOut) {
      await sent(process, weather.commandsDown)
      const what = mishap()
      if (what === "late") void later(carryOut)
      if (what === "never" || what === "late") {
        await turns.step(() => !process.dead, patience)
        throw lost()
      }
      let waits = true
      const over = turns.step(() => waits && !process.dead, patience).then(() => Promise.reject(lost()))
      const carriedOut = carryOut()
      if (what === "twice") void later(carryOut)
      try {
        const said = await Promise.race([carriedOut, over])
        await answered(process)
        if (what === "answer lost") throw lost()
        return said
      } finally {
        waits = false
      }
    },
  }
}

/** For how long an answer of a node is waited for. */
const patience = 40
