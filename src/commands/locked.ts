import type { Account, Held } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { App } from "../app.ts"
import type { Cloud } from "../aws/cloud.ts"
import type { Run } from "../engine/run.ts"
import { Interrupted } from "../errors.ts"
import type { Report } from "../report/report.ts"
import { describeHolder } from "./holder.ts"
import { within, withinOf } from "./within.ts"

export interface Working {
  readonly report: Report
  readonly account: Account
  readonly site: Site
  /** The heading of its progress, and what others read who find it locked. */
  readonly title: string
  readonly lockTimeout: number
}

/** How long what runs may take to come to rest after a signal, in seconds of the wall clock. */
const patience = { settling: 1.4, releasing: 0.5 }

/** Takes the environment's lock, does the work with live progress, and lets go of the lock whatever happens. */
export async function locked<T>(app: App, working: Working, work: (run: Run<Cloud>) => Promise<T>): Promise<T> {
  const { account, report, title } = working
  return app.interrupts.settling(async (stop) => {
    const held = await take(working, stop)
    const progress = report.progress({ title, clock: account.cloud.clock })
    try {
      const run = {
        ctx: account.cloud,
        clock: account.cloud.clock,
        journal: held.journal,
        former: held.former,
        stop: AbortSignal.any([stop, held.lost]),
        report: progress.event,
      }
      // Requests that were sent get a moment to be answered. AWS finishes by itself what it was told.
      const done = await withinOf(stop, patience.settling, work(run))
      if (!done) throw stoppedIn(title, "with requests still on their way")
      return done.value
    } finally {
      progress.end()
      await within(patience.releasing, held.release())
    }
  })
}

function take({ account, site, report, title, lockTimeout }: Working, stop: AbortSignal): Promise<Held> {
  return account.acquire(site.blueprint.scopes, {
    what: title,
    seconds: lockTimeout,
    stop,
    waiting: (scope, holder) => report.note(`waiting: ${scope} is locked by ${describeHolder(holder)}`),
  })
}

const stoppedIn = (title: string, when: string) =>
  new Interrupted(`${title} was stopped ${when}`, { hint: "run the same command again to continue" })
