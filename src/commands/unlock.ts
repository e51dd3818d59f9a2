import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import type { LockReport } from "../aws/state/unlock.ts"
import { type ExitCode, exitCodes, Locked, Refused, Usage } from "../errors.ts"
import type { FactsResult } from "../report/results.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { describeHolder } from "./holder.ts"
import { open, withAccount } from "./opening.ts"

export interface UnlockFlags extends GlobalFlags {
  readonly force?: true
  readonly epoch?: number
}

export function unlockCommand(app: Ending, run = unlock) {
  return new Command("unlock")
    .description("Show who holds an environment's lock, since when and what for; free it where that run is dead.")
    .option("--force", "free it though its run still seems to live; wants --epoch")
    .option("--epoch <number>", "the epoch that unlock showed, so that no other run is hit", readEpoch)
    .addHelpText("after", examples("smart0dte unlock --env poc", "smart0dte unlock --env poc --force --epoch 7"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

export async function unlock(app: App, flags: UnlockFlags): Promise<ExitCode> {
  const opened = await open(app, "unlock", flags)
  if (flags.force && flags.epoch === undefined)
    throw new Usage("--force wants the epoch of the run that is to lose the lock", {
      hint: "smart0dte unlock shows it; then: smart0dte unlock --force --epoch N",
    })
  return withAccount(app, opened, flags, async (account) => {
    const scope = await findEnvironment(account, opened.config)
    const lock = await account.inspectLock(scope)
    if (!lock?.holder) {
      opened.report.show(factsOf(`${scope} is not locked`, lock))
      return exitCodes.done
    }
    const { force = false } = flags
    refuseOtherEpoch(lock, flags.epoch)
    if (lock.state === "held" && !force) {
      opened.report.show(factsOf(`${scope} is locked by a run that is alive`, lock))
      throw new Locked(`${scope} is locked by ${describeHolder(lock.holder)}`, {
        hint: `wait for it; if it is surely dead: smart0dte unlock --env ${scope} --force --epoch ${lock.epoch}`,
      })
    }
    await account.breakLock(scope, lock.epoch, force)
    opened.report.show(factsOf(`${scope} was locked, and is free now`, lock))
    return exitCodes.done
  })
}

function refuseOtherEpoch({ epoch }: LockReport, meant: number | undefined): void {
  if (meant === undefined || meant === epoch) return
  throw new Refused(`--epoch ${meant} is not that of the lock, which is ${epoch}: nothing was changed`, {
    hint: "another run has it now: look again with smart0dte unlock",
  })
}

function factsOf(about: string, lock: LockReport | undefined): FactsResult {
  const { holder, epoch, intents = {} } = lock ?? {}
  const begun = Object.keys(intents)
  const facts = {
    ...(holder && { owner: holder.owner, doing: holder.what, since: holder.since, leaseUntil: holder.expiresAt }),
    ...(epoch !== undefined && { epoch }),
    ...(begun.length > 0 && { begun: begun.join(", ") }),
  }
  return { type: "facts", about, facts, next: [] }
}

function readEpoch(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw new Usage(`--epoch is ${JSON.stringify(text)}`, { hint: "give the whole number that smart0dte unlock shows" })
}
