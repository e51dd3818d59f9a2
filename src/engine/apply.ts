import { Refused } from "../errors.ts"
import { type Catalog, catalogOf } from "./catalog.ts"
import { type Doomed, demolish, goneBefore, patient } from "./demolish.ts"
import { actionId, type Verb } from "./events.ts"
import { type Finding, type Observation, type Requests, unwishedOf } from "./observation.ts"
import { observe, scopesOf } from "./observe.ts"
import { type Graph, graphOf, needsOf } from "./order.ts"
import { actionOf, type Outcome, perform, type Task } from "./perform.ts"
import { afterRestoring, restoring } from "./restoring.ts"
import { whyKept } from "./rows.ts"
import type { Run } from "./run.ts"
import { bringAbout, makeSo, takeOver, type Work } from "./settle.ts"
import { type AnyKind, type AnyStep, type Blueprint, keyOf, type Unwished } from "./types.ts"

export interface ApplyOptions extends Requests {
  /** Shown what will be done before any of it is: throws if it is not what was agreed to. */
  readonly agreed?: (observation: Observation) => void
}

/** Makes everything as the blueprint wants it, in parallel along the graph. */
export async function apply<C>(
  run: Run<C>,
  blueprint: Blueprint<C>,
  kinds: readonly AnyKind<C>[],
  options: ApplyOptions = {},
): Promise<Outcome> {
  const catalog = catalogOf(run.ctx, scopesOf(blueprint))
  const observation = await observe(run.ctx, blueprint, kinds, options, catalog)
  refuseIfBlocked(observation)
  if (!options.prune) refuseIfInTheWay(observation)
  options.agreed?.(observation)
  const doomed = doomedOf(observation, options.prune ?? false)
  const restores = options.prune ? await restoring(run, blueprint.unwished ?? [], catalog) : []
  const going = { doomed, unwished: unwishedOf(observation.leftovers, options) }
  const tasks = tasksOf(run, graphOf(blueprint), blueprint.first, observation, going, catalog)
  return perform(run, [...restores, ...tasks.map((task) => afterRestoring(task, restores))])
}

function refuseIfBlocked({ findings }: Observation) {
  const blocked = findings.filter((finding) => finding.state === "blocked")
  if (blocked.length === 0) return
  const failure = blocked.find((finding) => finding.error !== undefined)
  // What AWS said has its own exit code and hint; the plan shows the rest.
  if (failure) throw failure.error
  throw new Refused(blocked.map(({ key, because }) => `${key}: ${because}`).join("\n"))
}

/** What is no longer wanted stays, and would hold up for ever what is replaced beneath it. */
function refuseIfInTheWay({ findings, leftovers }: Observation) {
  const replaced = findings.filter(({ state }) => state === "replace")
  const stuck = replaced.flatMap(({ key, step }) =>
    leftovers
      .filter((leftover) => step.kind.before?.includes(leftover.kind.name))
      .map((leftover) => `${key} is replaced, and ${leftover.key}, which is no longer wanted, may stand on it`),
  )
  if (stuck.length > 0)
    throw new Refused(stuck.join("\n"), { hint: "nothing was changed; --prune removes what is no longer wanted" })
}

function doomedOf({ findings, leftovers }: Observation, prune: boolean): readonly Doomed[] {
  const replaced = findings.flatMap(({ step, key, state, found }) =>
    state === "replace" && found && step.kind.destroy
      ? [{ kind: step.kind, scope: step.scope, name: step.name, key, found, step }]
      : [],
  )
  const left = leftovers
    .filter((leftover) => whyKept(leftover) === undefined)
    .map(({ kind, key, listed }) => ({ kind, scope: listed.scope, name: listed.name, key, found: listed }))
  return prune ? [...replaced, ...left] : replaced
}

interface Going {
  readonly doomed: readonly Doomed[]
  /** The same where nobody wishes it any more, with what stays all the same. */
  readonly unwished: readonly Unwished[]
}

function tasksOf<C>(
  run: Run<C>,
  graph: Graph,
  first: AnyStep | undefined,
  { findings }: Observation,
  { doomed, unwished }: Going,
  catalog: Catalog,
): readonly Task[] {
  const verbs = new Map(findings.flatMap((finding) => entryOf(finding.step, verbFor(finding))))
  const idOf = (step: AnyStep) => {
    const verb = verbs.get(step)
    return verb === undefined ? [] : [actionId(verb, step.scope, keyOf(step))]
  }
  const leaving = (one: Doomed) => actionId("destroy", one.scope, one.key)
  const head = first ? idOf(first) : []
  const isDoomed = (step: AnyStep) => doomed.some((one) => one.step === step)
  const down = doomed.map((one): Task => {
    const wishes = one.step ? needsOf(one.step).filter((need) => need.kind.keepsWish && !isDoomed(need)) : []
    const letting = one.step
      ? []
      : findings.filter(({ step }) => step.without && one.kind.before?.includes(step.kind.name))
    const after = [
      ...head,
      ...goneBefore(one, doomed, first).map(leaving),
      ...wishes.flatMap(idOf),
      ...letting.flatMap(({ step }) => idOf(step)),
    ]
    return {
      action: actionOf("destroy", one, after),
      afterBegun: new Set(),
      perform({ waiting }) {
        const succeeded = one.step !== undefined
        return demolish(run, catalog, one, { waiting, purge: false, succeeded, patience: patient })
      },
    }
  })
  const lives = new Map(findings.flatMap(({ step, found }) => entryOf(step, found?.live)))
  const up = findings.flatMap((finding): Task[] => {
    const { step } = finding
    const verb = verbs.get(step)
    if (verb === undefined) return []
    const needs = graph.before(step)
    const own = doomed.filter((one) => one.step === step).map(leaving)
    const soft = (step.started ?? []).flatMap((name) => [step.needs[name]].flat()) as AnyStep[]
    const work = {
      run,
      step,
      catalog,
      live: (need: AnyStep) => lives.get(need),
      young: needs.some((need) => verbs.has(need)),
      contested: doomed.some((one) => one.kind === step.kind && !one.step),
      foreseen: finding.picked,
      unwished,
      hadFailed: typeof finding.found?.phase === "object",
    }
    return [
      {
        action: actionOf(verb, step, [...needs.flatMap(idOf), ...own]),
        afterBegun: new Set(soft.flatMap(idOf)),
        async perform(tell) {
          const told = { ...work, waiting: tell.waiting }
          if (verb === "adopt") await takeOver(told, finding.found)
          const settled = await settle(told, (live) => {
            lives.set(step, live)
            tell.begun()
          })
          lives.set(step, settled)
          return undefined
        },
      },
    ]
  })
  return [...down, ...up]
}

async function settle<C>(work: Work<C>, begun: (live: object) => void): Promise<object> {
  const found = await bringAbout(work)
  begun(found.live)
  return makeSo(work)
}

function verbFor({ state, found, step }: Finding): Verb | undefined {
  if (state === "missing" || state === "replace") return "create"
  if (state === "adopt") return "adopt"
  if (state === "differs") return "update"
  if (found?.phase !== "pending") return undefined
  // Made by a run that ended before it was ready: this one waits for it, or says what it waits for.
  return step.create ? "create" : found.waitsFor === undefined ? undefined : "update"
}

const entryOf = <V>(step: AnyStep, value: V | undefined): [AnyStep, V][] => (value === undefined ? [] : [[step, value]])
