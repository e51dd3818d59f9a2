import type { Account } from "../app/account.ts"
import type { Backup, BackupPart } from "../aws/backups/backup.ts"
import type { Cloud } from "../aws/cloud.ts"
import { actionId } from "../engine/events.ts"
import type { Task } from "../engine/perform.ts"
import { until } from "../engine/poll.ts"
import type { Run } from "../engine/run.ts"
import type { Scope } from "../engine/types.ts"
import { UserError } from "../errors.ts"
import { backupsOf } from "./backups.ts"

export interface Part {
  readonly part: BackupPart
  readonly scope: Scope
  readonly id: string
  /** Seconds that it usually takes. */
  readonly usual: number
  keep(): Promise<void>
}

/** Asks for a part of a backup, and waits until it is kept. */
export function keepingTask(run: Run<Cloud>, account: Account, { part, scope, id, usual, keep }: Part): Task {
  const step = { key: `backup/${part}`, kind: "backup", name: part, scope }
  return {
    action: { id: actionId("create", scope, step.key), step, verb: "create", after: [], usual },
    afterBegun: new Set(),
    async perform({ begun }) {
      await keep()
      begun()
      const kept = await until(run.clock, run.stop, { for: longest, usual }, async () => {
        const found = (await backupsOf(account.cloud, scope)).find((one) => one.part === part && one.id === id)
        return found && found.state !== "pending" ? found : undefined
      })
      refuseUnkept(part, kept)
      return undefined
    },
  }
}

const longest = 3_600_000

function refuseUnkept(part: BackupPart, kept: Backup | undefined): void {
  if (kept?.state === "ready") return
  const what = kept ? `AWS gave up the snapshot ${kept.name}` : "it is not ready after an hour"
  throw new UserError(`the ${part} is not kept: ${what}`, {
    hint: "look at it with smart0dte backup list, then run again",
  })
}
