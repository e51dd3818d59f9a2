import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { App } from "../app.ts"
import { apply } from "../engine/apply.ts"
import { observe } from "../engine/observe.ts"
import type { FormerValues, Journal } from "../engine/run.ts"
import { UserError } from "../errors.ts"
import type { Opened } from "./opening.ts"

/**
 * Makes what locks are kept in: the only thing made outside a lock. Its name is the same for everybody, so runs that
 * do this at once end up with the same one.
 */
export async function layGround(
  app: App,
  { report }: Opened,
  account: Account,
  site: Pick<Site, "groundwork">,
): Promise<void> {
  const { findings } = await observe(account.cloud, site.groundwork, none)
  if (findings.every((finding) => finding.state === "same" && finding.found?.phase === "ready")) return
  await app.interrupts.settling(async (stop) => {
    const progress = report.progress({ title: "prepare the account", clock: account.cloud.clock })
    try {
      const { clock } = account.cloud
      const run = { ctx: account.cloud, clock, journal: noJournal, former: noFormer, stop, report: progress.event }
      const { failed } = await apply(run, site.groundwork, none)
      if (failed[0]) throw failed[0].error
    } finally {
      progress.end()
    }
  })
}

/** Nothing of the account's own is ever left over: no kind is listed for that. */
const none: Site["kinds"] = []

const outsideLock = () => Promise.reject(new UserError("nothing that needs a journal may be made outside a lock"))
const noJournal: Journal = { open: outsideLock, close() {} }
const noFormer: FormerValues = { load: outsideLock, save: outsideLock, forget: outsideLock }
