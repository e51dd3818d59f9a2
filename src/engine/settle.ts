import { createHash } from "node:crypto"
import { AlreadyExists, Awaited, Refused, UserError } from "../errors.ts"
import type { Catalog } from "./catalog.ts"
import { canonical, type Difference, differencesOf, wantedOf, wantedWithout } from "./compare.ts"
import { findStep } from "./observe.ts"
import { fillNeeds } from "./order.ts"
import {
  insist,
  isNotFound,
  isNotYet,
  isOutcomeUnknown,
  longest,
  lostFor,
  pause,
  rest,
  startPatience,
  until,
  visibleWithin,
} from "./poll.ts"
import type { Run } from "./run.ts"
import { type AnyStep, type Change, type Failed, type Found, keyOf, type Unwished } from "./types.ts"

/** One step being brought about, with the lives of what it stands on. */
export interface Work<C> {
  readonly run: Run<C>
  readonly step: AnyStep<C>
  readonly catalog: Catalog
  readonly live: (need: AnyStep) => object | undefined
  /** Something that it needs was made in this run, so AWS may not know it everywhere yet. */
  readonly young: boolean
  /** Things of its kind that left the blueprint are going meanwhile, and may still have its name. */
  readonly contested: boolean
  readonly foreseen: object | undefined
  /** What this run takes away. */
  readonly unwished: readonly Unwished[]
  /** It was there as failed when this run began; what can be taken up again then is. */
  readonly hadFailed: boolean
  readonly waiting: (why: string) => void
}

/** Makes it exist, if nothing of it is there; resolves when AWS shows it, ready or not. */
export async function bringAbout<C>(work: Work<C>): Promise<Found<object>> {
  const { run, step } = work
  const there = await find(work)
  if (there && there.phase !== "leaving") return there
  if (there) await untilGone(work)
  const { create } = step
  if (!create) return comesWithParent(work)
  const birth = await birthOf(work)
  if (!birth.earlier || !(await appears(work, lostFor))) await createOnce(work, birth.token)
  const found = await appears(work, visibleWithin)
  if (!found)
    throw new UserError(`${keyOf(step)} was made, and AWS does not show it`, {
      hint: "run the same command again: it looks for it before it makes another",
    })
  if (step.kind.unique !== "name") run.journal.close(step.scope, keyOf(step))
  return found
}

/** Waits until it is ready, changes what differs, and looks until AWS shows it as wanted. */
export async function makeSo<C>(work: Work<C>): Promise<object> {
  let found = await untilReady(work)
  for (let round = 0; ; round++) {
    const changes = changesOf(work, found.live)
    if (changes.length === 0 && !isFailed(found)) return found.live
    if (round === 2 || !work.step.update) throw notAsWanted(work.step, changes)
    await change(work, found, changes)
    found = await untilSame(work, found)
  }
}

async function change<C>({ run, step, live, young }: Work<C>, found: Found<object>, changes: readonly Difference[]) {
  const { live: from } = found
  // What we have made ourselves goes again, and was nothing before.
  if (step.restore && (step.read || found.owner === "adopted")) await run.former.save(step.scope, keyOf(step), from)
  const passing = (error: unknown) => isNotYet(error) || (young && isNotFound(error))
  await insist(run.clock, run.stop, lostFor, passing, async () => {
    try {
      await step.update?.(run.ctx, from, changes as readonly Change<object>[], fillNeeds(step, live))
    } catch (error) {
      // Whether it was done is seen by looking, which comes next.
      if (!isOutcomeUnknown(error)) throw error
    }
  })
}

async function createOnce<C>(work: Work<C>, token: string): Promise<void> {
  const { run, step, live, young, contested, foreseen } = work
  const birth = { scope: step.scope, key: keyOf(step), token }
  const passing = (error: unknown) =>
    isNotYet(error) ||
    isOutcomeUnknown(error) ||
    (young && isNotFound(error)) ||
    (contested && error instanceof Refused)
  const patience = step.kind.unique === "tags" || contested ? 3 * lostFor : lostFor
  await insist(run.clock, run.stop, patience, passing, async () => {
    try {
      await step.create?.(run.ctx, fillNeeds(step, live), birth, foreseen)
    } catch (error) {
      if (error instanceof AlreadyExists) return acceptOurs(work, error)
      if (!isOutcomeUnknown(error) || step.kind.unique !== "tags") throw error
      work.waiting("no answer came: looking for what was made")
      // Found: done. Not found after all this time: it was not made, and is asked for again.
      if (!(await appears(work, lostFor))) throw error
    }
  })
}

/** The name is taken: by what we made a moment ago, or by something that is not ours. */
async function acceptOurs<C>(work: Work<C>, error: AlreadyExists): Promise<void> {
  if (await appears(work, visibleWithin)) return
  throw new Refused(`${keyOf(work.step)} cannot be made: ${error.message}`, {
    hint: "something of this name is there that is not ours: rename or remove it, then run again",
    requestId: error.requestId,
    cause: error,
  })
}

async function birthOf<C>({ run, step, live }: Work<C>): Promise<{ token: string; earlier: boolean }> {
  const want = canonical(wantedOf(step, fillNeeds(step, live)))
  const token = (nonce: string) =>
    createHash("sha256")
      .update(`${nonce} ${keyOf(step)} ${want}`)
      .digest("hex")
  if (step.kind.unique === "name") return { token: token(step.scope), earlier: false }
  const intent = await run.journal.open(step.scope, keyOf(step))
  return { token: token(intent.nonce), earlier: intent.earlier && step.kind.unique === "tags" }
}

async function comesWithParent<C>(work: Work<C>): Promise<Found<object>> {
  const found = await appears(work, visibleWithin)
  if (!found)
    throw new UserError(`${keyOf(work.step)} should have come with what it belongs to, and AWS does not show it`)
  return found
}

/** Marks what is there as ours to use. */
export async function takeOver<C>(work: Work<C>, found: Found<object> | undefined): Promise<void> {
  const { run, step } = work
  if (found) await step.adopt?.(run.ctx, found.live, { scope: step.scope, key: keyOf(step), token: "" })
  await appears(work, visibleWithin)
}

const find = <C>({ run, step, live, catalog }: Work<C>, fresh = false) => findStep(run.ctx, step, live, catalog, fresh)

/** Looks whether and how it is there, without the single reads: those are for comparing. */
const glance = <C>({ run, step, live, catalog }: Work<C>): Promise<Found<object> | undefined> =>
  step.read ? step.read(run.ctx, fillNeeds(step, live)) : catalog.look(step.kind, step.scope, step.name)

const appears = <C>(work: Work<C>, patience: number): Promise<Found<object> | undefined> =>
  until(work.run.clock, work.run.stop, { for: patience, usual: 1 }, async () => {
    const found = await glance(work)
    return found?.phase === "leaving" ? undefined : found
  })

async function untilGone<C>(work: Work<C>): Promise<void> {
  const { run, step } = work
  work.waiting("its predecessor is still going")
  const usual = step.kind.usually.destroy ?? 10
  const gone = await until(run.clock, run.stop, { for: longest(run.clock, usual), usual }, async () =>
    (await glance(work))?.phase === "leaving" ? undefined : true,
  )
  if (!gone)
    throw new UserError(`the former ${keyOf(step)} does not go away`, { hint: "run the same command again later" })
}

async function untilReady<C>(work: Work<C>): Promise<Found<object>> {
  const { run, step } = work
  const usual = step.kind.usually.create
  const inVain = startPatience(run.clock, longest(run.clock, usual))
  for (let look = find; ; look = glance) {
    const found = await look(work)
    if (found?.phase === "ready") return look === find ? found : ((await find(work)) ?? found)
    if (found && isAtOther(work, found)) return found
    if (found && isFailed(found)) {
      if (step.kind.resumes && work.hadFailed && look === find) return found
      throw hasFailed(step, found.phase)
    }
    if (found?.waitsFor !== undefined)
      throw new Awaited(`${keyOf(step)} waits for ${found.waitsFor}`, {
        hint: "when that is done, run the same command again: it goes on from there",
      })
    const { elapsed, over } = inVain()
    if (over)
      throw new UserError(`${keyOf(step)} is not ready after ${Math.round(elapsed / 1000)} s (usually ${usual} s)`, {
        hint: "run the same command again: it goes on waiting",
      })
    await rest(run.clock, pause(elapsed, usual), run.stop)
  }
}

/** After a change: the account as AWS shows it once it is as wanted, or as it still is when the patience ends. */
async function untilSame<C>(work: Work<C>, before: Found<object>): Promise<Found<object>> {
  const { run, step } = work
  const usual = step.kind.usually.update ?? 1
  let last: Found<object> | undefined
  const same = await until(run.clock, run.stop, { for: visibleWithin + 1_000 * usual, usual }, async () => {
    last = await find(work, true)
    // What failed before, as AWS may show it for a moment longer, is no answer to what was asked just now.
    if (last && isFailed(last) && canonical(last.live) !== canonical(before.live)) throw hasFailed(step, last.phase)
    return last?.phase === "ready" && changesOf(work, last.live).length === 0 ? last : undefined
  })
  const seen = same ?? last
  if (seen?.phase === "pending") return untilReady(work)
  if (!seen)
    throw new UserError(`${keyOf(step)} went away while it was changed`, { hint: "run the same command again" })
  return seen
}

/** It is at something else than what is wanted, and can be told while it is at it. */
const isAtOther = <C>(work: Work<C>, { live }: Found<object>) =>
  changesOf(work, live).some(({ field }) => work.step.kind.resumes?.includes(field))

const isFailed = (found: Found<object>): found is Found<object> & { readonly phase: Failed } =>
  typeof found.phase === "object"

function hasFailed(step: AnyStep, { failed, hint }: Failed) {
  const again = step.kind.resumes ? "takes it up again" : "replaces what has failed"
  return new UserError(`${keyOf(step)} has failed: ${failed}`, {
    hint: hint ?? `run the same command again: it ${again}`,
  })
}

const changesOf = <C>({ step, live, unwished }: Work<C>, from: object) =>
  differencesOf(from, wantedWithout(step, fillNeeds(step, live), from, unwished), step.kind.agrees)

function notAsWanted(step: AnyStep, changes: readonly Difference[]) {
  const fields = changes.map((c) => `${c.field} is ${JSON.stringify(c.live)}, not ${JSON.stringify(c.want)}`)
  return new UserError(`${keyOf(step)} is not as wanted after the change: ${fields.join("; ")}`, {
    hint: "something else may be changing it: see who did in CloudTrail, then run again",
  })
}
