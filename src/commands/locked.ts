import type { Account, Held } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { App } from "../app.ts"
import type { Cloud } from "../aws/cloud.ts"
import type { StepEvent } from "../engine/events.ts"
import type { Outcome } from "../engine/perform.ts"
import type { Run } from "../engine/run.ts"
import type { Scope } from "../engine/types.ts"
import { Interrupted } from "../errors.ts"
import { describeHolder } from "./holder.ts"
import type { Opened } from "./opening.ts"
import { within, withinOf } from "./within.ts"

export interface Working {
  readonly opened: Opened
  readonly account: Account
  readonly site: Site
  /** The heading of its progress, and what others read who find it locked. */
  readonly title: string
}

/** How long what runs may take to come to rest after a signal, in seconds of the wall clock. */
const patience = { settling: 1.4, releasing: 0.5 }

/** What a run came to. */
export interface Ran {
  readonly outcome: Outcome
  /** Of the run's own clock. */
  readonly seconds: number
  /** When each step was done, by its key, in the same seconds. */
  readonly ended: ReadonlyMap<string, number>
  readonly stopped: boolean
  /** Why the lock was lost on the way, if it was. */
  readonly lost: unknown
}

/** Takes the environment's lock, does the work with live progress, and lets go of the lock whatever happens. */
export async function locked(app: App, working: Working, work: (run: Run<Cloud>) => Promise<Outcome>): Promise<Ran> {
  const { account, opened, title } = working
  const { cloud } = account
  return app.interrupts.settling(async (stop) => {
    const { journal, former, lost, release } = await take({ ...working, scopes: working.site.blueprint.scopes }, stop)
    const progress = opened.report.progress({ title, clock: cloud.clock })
    const either = AbortSignal.any([stop, lost])
    const since = cloud.clock.now()
    const elapsed = () => (cloud.clock.now() - since) / 1000
    const ended = new Map<string, number>()
    const told = (event: StepEvent) => {
      if (event.type === "step" && event.phase === "done") ended.set(event.step.key, elapsed())
      progress.event(event)
    }
    try {
      const run = { ctx: cloud, clock: cloud.clock, journal, former, stop: either, report: told }
      // Requests that were sent get a moment to be answered. AWS finishes by itself what it was told.
      const done = await withinOf(stop, patience.settling, work(run))
      if (!done) throw stoppedIn(title)
      const why = lost.aborted ? lost.reason : undefined
      return { outcome: done.value, seconds: elapsed(), ended, stopped: either.aborted, lost: why }
    } finally {
      progress.end()
      await within(patience.releasing, release())
    }
  })
}

interface Taking extends Omit<Working, "site"> {
  readonly scopes: readonly Scope[]
}

/** For what is done in a moment and shows no progress: two at once would undo each other. */
export async function holding<T>(app: App, taking: Taking, work: () => Promise<T>): Promise<T> {
  return app.interrupts.settling(async (stop) => {
    const { release } = await take(taking, stop)
    try {
      return await work()
    } finally {
      await within(patience.releasing, release())
    }
  })
}

function take({ opened, account, scopes, title }: Taking, stop: AbortSignal): Promise<Held> {
  const { config, report } = opened
  let told = ""
  return account.acquire(scopes, {
    what: title,
    seconds: config.options.lockTimeout,
    stop,
    waiting(scope, holder) {
      const words = `waiting: ${scope} is locked by ${describeHolder(holder)}`
      if (words !== told) report.note(words)
      told = words
    },
  })
}

const stoppedIn = (title: string) =>
  new Interrupted(`${title} was stopped with requests still on their way`, {
    hint: "run the same command again to continue",
  })
