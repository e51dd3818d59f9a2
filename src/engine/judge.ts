import { canonical, differencesOf } from "./compare.ts"
import type { Finding, Requests, State } from "./observation.ts"
import type { Cause, FieldChange } from "./plan.ts"
import { type AnyStep, type Found, keyOf, type Wishes } from "./types.ts"
import { causeOf } from "./wishes.ts"

export interface Evidence {
  readonly step: AnyStep
  readonly want: Readonly<Record<string, unknown>>
  /** What its links come to with what it stands on as that is now; nothing where some of that is not there. */
  readonly linked?: Readonly<Record<string, unknown>> | undefined
  /** Fields of `want` that only what is yet to be made will tell. */
  readonly untold: readonly string[]
  readonly found: Found<object> | undefined
  /** What it would pick by itself now. */
  readonly picked?: object | undefined
  readonly error?: unknown
  readonly needs: readonly Finding[]
  readonly wishes: Wishes | undefined
  readonly requests: Requests
}

/** What is to be done about one step, from what is known of it and of its needs. */
export function judge(evidence: Evidence): Finding {
  const { step, want, found, picked, error } = evidence
  const key = keyOf(step)
  // What is going differs in many ways, none of which anybody is to mend, and tells nothing of what comes after it.
  const stays = found?.phase === "leaving" ? undefined : found
  const changes = stays ? changesOf(evidence, stays.live) : []
  const standIn = { ...step.kind.blank, ...picked, ...want }
  const say = (state: State, because?: string): Finding => ({
    step,
    key,
    state,
    found,
    expected: stays && state !== "replace" ? { ...stays.live, ...want, ...toldAnew(step, state, stays) } : standIn,
    picked,
    changes,
    untold: evidence.untold,
    cause: causeOfAll(evidence, state, changes),
    because,
    error,
  })
  if (error !== undefined) return say("blocked", error instanceof Error ? error.message : String(error))
  if (!stays) return say("missing")
  const why = whyReplaced(evidence, stays, changes)
  const hindered = step.hinders?.(stays.live)
  if (stays.owner === "foreign") return judgeForeign(evidence, why ?? hindered, say)
  if (hindered !== undefined) return say("blocked", hindered)
  if (why === undefined)
    return say(changes.length > 0 || isFailed(stays) ? "differs" : "same", whyAgain(stays) ?? whyPending(stays))
  if (stays.owner === "adopted") return say("blocked", `it is not ours to replace: ${why}`)
  if (step.kind.holdsData && !evidence.requests.replace?.has(key) && !isSuperseded(step, stays.live, changes))
    return say("blocked", `it holds data, and ${why}; replacing it wants --replace ${key}`)
  return say("replace", why)
}

/** What it tells is not known before the change is made, or what is under way is done. */
function toldAnew({ kind }: AnyStep, state: State, { phase }: Found<object>): object {
  if (state !== "differs" && phase !== "pending") return {}
  return Object.fromEntries((kind.tells ?? []).map((field) => [field, kind.blank[field]]))
}

type Say = (state: State, because?: string) => Finding

function judgeForeign({ step, requests }: Evidence, why: string | undefined, say: Say): Finding {
  const key = keyOf(step)
  if (!step.adopt) return say("blocked", "something of this name is there that is not ours: rename or remove it")
  if (why !== undefined)
    return say("blocked", `something of this name is there that is not ours, and cannot be used: ${why}`)
  if (requests.adopt?.has(key)) return say("adopt")
  return say("blocked", `something of this name is there that is not ours; to use it as it stands: --adopt ${key}`)
}

/** In words, or nothing where it can stay. */
function whyReplaced(
  { step, needs, requests, picked }: Evidence,
  found: Found<object>,
  changes: readonly FieldChange[],
) {
  if (!step.kind.resumes && isFailed(found)) return whyAgain(found)
  const same = picked && differencesOf(found.live, { ...picked }).length === 0
  if (requests.renew?.has(keyOf(step)) && !same) return "it is to be chosen anew"
  const fixed = unchangeable(step, changes)
  const replaced = needs.filter((need) => need.state === "replace")
  if (fixed.length === 0 && !replaced.some((need) => isRootedIn(step, need.step))) return undefined
  const beneath = replaced.map(({ key }) => key)
  const fields = fixed.map(({ field }) => field).join(", ")
  return beneath.length > 0
    ? `${beneath.join(", ")} ${beneath.length > 1 ? "are" : "is"} replaced`
    : `${fields} cannot change in place`
}

const isRootedIn = (step: AnyStep, need: AnyStep) =>
  (step.rooted ?? []).some((name) => [step.needs[name]].flat().includes(need))

const unchangeable = (step: AnyStep, changes: readonly FieldChange[]) =>
  changes.filter(({ field }) => step.kind.fixed.includes(field) || !step.update)

function isSuperseded(step: AnyStep, live: object, changes: readonly FieldChange[]): boolean {
  const fixed = unchangeable(step, changes)
  return fixed.length > 0 && fixed.every(({ field, want }) => step.kind.superseded?.(field, live, want) ?? false)
}

const isFailed = ({ phase }: Found<object>) => typeof phase === "object"

const whyAgain = ({ phase }: Found<object>) =>
  typeof phase === "object" ? `it has failed: ${phase.failed}` : undefined

const whyPending = ({ waitsFor }: Found<object>) => (waitsFor === undefined ? undefined : `it waits for ${waitsFor}`)

function changesOf({ step, want, linked, needs, wishes }: Evidence, live: object): readonly FieldChange[] {
  const has: Readonly<Record<string, unknown>> = { ...live }
  const moving = needs.some((need) => need.state === "missing" || need.state === "replace")
  // What follows from a need that changes is a consequence of this run, not somebody's doing.
  const follows = (field: string) =>
    !(field in step.spec) && (moving || (linked !== undefined && canonical(linked[field]) === canonical(has[field])))
  return differencesOf(live, want, step.kind.agrees).map((difference) => ({
    ...difference,
    cause: follows(difference.field) ? "pending" : causeOf(step, difference.field, wishes),
  }))
}

function causeOfAll(
  { step, found, wishes }: Evidence,
  state: State,
  changes: readonly FieldChange[],
): Cause | undefined {
  if (state === "same" || state === "blocked") return undefined
  // Nothing differs, and yet it is replaced: it has failed, or is wished to be picked anew.
  if (state === "replace" && changes.length === 0) return typeof found?.phase === "object" ? "drift" : "pending"
  if (state === "missing") return wishes?.[keyOf(step)] ? "drift" : "pending"
  return changes.some(({ cause }) => cause === "pending") && !changes.some(({ cause }) => cause === "drift")
    ? "pending"
    : "drift"
}
