import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import { type Objects, stateObjects } from "../aws/state/objects.ts"
import { useToken } from "../aws/trading/tokens.ts"
import { type ExitCode, exitCodes, Refused } from "../errors.ts"
import { type Bound, bindingOf, differing } from "../nodes/live/binding.ts"
import { type Judged, judge } from "../nodes/live/checks/judge.ts"
import type { LiveFacts } from "../nodes/live/facts.ts"
import { confirmedOf, lossOf, typingsFor } from "../nodes/live/screen.ts"
import { newRun } from "../nodes/order.ts"
import type { System } from "../nodes/systems.ts"
import { checksResult, nothingFailed } from "./checks-shown.ts"
import { canConfirm, refuseUnattended, screenOf, typeBelow } from "./confirm-live.ts"
import { confirmedBefore } from "./confirmed-before.ts"
import { carryOut } from "./live-carried-out.ts"
import { surroundings } from "./live-facts.ts"
import { givenToken, newToken } from "./live-token.ts"
import { holding } from "./locked.ts"
import type { Opened } from "./opening.ts"
import { placeOf } from "./planning.ts"

export interface GoingLive {
  readonly command: "live" | "resume"
  readonly scope: string
  readonly systems: readonly System[]
  /** Only the checks, and a token. */
  readonly dryRun: boolean
  readonly token: string | undefined
  /** By check, with the reason. */
  readonly waived: Readonly<Record<string, string>>
}

/** The one way to real money, from paper and back from a halt: checks, a person's word, and two phases on the nodes. */
export async function goLiveWith(app: App, opened: Opened, account: Account, wish: GoingLive): Promise<ExitCode> {
  const { report } = opened
  const { scope, dryRun, command, systems } = wish
  if (!dryRun) refuseUnattended(app, opened, wish.token)
  const at: At = { app, opened, account, wish, objects: stateObjects(account.cloud, account.cloud.s3), run: newRun() }
  const seen = await app.interrupts.settling((stop) => look(at, stop), "")
  if (dryRun) return tell(at, seen)
  report.show(checksResult(account, wish, seen.checks))
  refuseIfFailed(seen.checks)
  if (canConfirm(app, opened)) await confirm(at, seen)
  const title = `${command === "live" ? "go live with" : "resume"} ${systems.join(" and ")} in ${scope}`
  return holding(app, { opened, account, scopes: [scope], title }, () =>
    app.interrupts.settling(async (stop) => {
      // Whoever was asked may have taken hours, and others may have had the lock before.
      const now = await look(at, stop)
      refuseIfOther(seen, now)
      refuseIfFailed(now.checks)
      const { arn: by } = account
      const { run } = at
      const about = { scope, command, binding: bindingOf(now.bound), by, run }
      if (wish.token !== undefined) await useToken(at.objects, { id: wish.token, ...about })
      return carryOut({ ...at, ...now, stop })
    }, ""),
  )
}

export interface At {
  readonly app: App
  readonly opened: Opened
  readonly account: Account
  readonly wish: GoingLive
  readonly objects: Objects
  readonly run: string
}

export interface Looked {
  readonly facts: LiveFacts
  readonly bound: Bound
  readonly checks: readonly Judged[]
}

async function look({ app, opened, account, wish, objects, run }: At, stop: AbortSignal): Promise<Looked> {
  const { settings } = opened.config
  const { scope, systems, command: doing, dryRun, waived } = wish
  const around = await surroundings({ account, settings, scope, systems, doing, dryRun, run, stop })
  const { cloud } = account
  const environment = `${scope} ${cloud.account} ${cloud.region}`
  const confirmed = confirmedOf(around)
  const bound = { command: doing, environment, confirmed, waived }
  const caller = around.caller.arn
  const given =
    wish.token === undefined ? undefined : await givenToken(objects, { scope, given: wish.token, bound, caller })
  const confirmation = { terminal: canConfirm(app, opened), token: given?.facts }
  // Neither a machine without the configuration nor another one takes back what was deployed.
  const required = [settings.live.approval, around.gateway.approval].includes("required")
  const approval = { wanted: required ? "required" : "optional", by: given?.by } as const
  const facts = { ...around, confirmation, approval }
  return { facts, bound, checks: judge(facts, Object.keys(waived)) }
}

/** Nothing is done, and it is said what would stand in the way. */
async function tell({ account, wish, objects, opened }: At, { facts, bound, checks }: Looked): Promise<ExitCode> {
  if (!nothingFailed(checks)) {
    opened.report.show(checksResult(account, wish, checks))
    return exitCodes.refused
  }
  const { systems, now } = facts
  const token = await newToken(objects, { scope: wish.scope, bound, systems, by: account.arn, now })
  opened.report.show(checksResult(account, wish, checks, token))
  return exitCodes.done
}

function refuseIfFailed(checks: readonly Judged[]): void {
  const failed = checks.filter(({ state }) => state === "failed")
  if (failed.length === 0) return
  throw new Refused(failed.map(({ name, detail }) => `${name}: ${detail}`).join("\n"), {
    hint: `nothing was changed; ${failed[0]?.fix}`,
  })
}

function refuseIfOther(seen: Looked, now: Looked): void {
  const other = differing(bindingOf(seen.bound), now.bound)
  const epochs = seen.facts.record.epoch === now.facts.record.epoch ? [] : ["trading record"]
  if (other.length + epochs.length === 0) return
  throw new Refused(`what was confirmed is no longer so: another ${[...other, ...epochs].join(", another ")}`, {
    hint: "nothing was changed; run it again, and read it as it is now",
  })
}

async function confirm(at: At, { facts, bound }: Looked): Promise<void> {
  const { app, opened, account, wish, objects } = at
  const { confirmed } = bound
  opened.report.show(screenOf(placeOf(account, wish.scope), facts, confirmed, wish.waived))
  const known = await confirmedBefore(objects, wish.scope, facts.systems, confirmed, facts.now)
  await typeBelow(app, opened, typingsFor(wish.scope, lossOf(confirmed), known))
}
