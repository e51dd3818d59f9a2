import { Awaited, Interrupted } from "../errors.ts"
import { type Action, actionId, type StepRef, type Verb } from "./events.ts"
import { mostUrgentFirst, refuseCircles, secondsLeft } from "./path.ts"
import type { Run } from "./run.ts"
import { type AnyStep, keyOf } from "./types.ts"

/** One action of a run, and what must come before it. */
export interface Task {
  readonly action: Action
  /** Those of `action.after` that need only have begun to exist. */
  readonly afterBegun: ReadonlySet<string>
  /** Resolves to what stays behind, in words, if something does. */
  perform(tell: Tell): Promise<string | undefined>
}

export interface Tell {
  /** What is made exists, though it may not be ready. */
  begun(): void
  waiting(why: string): void
}

export interface Outcome {
  readonly done: readonly { readonly step: StepRef; readonly verb: Verb }[]
  readonly failed: readonly { readonly step: StepRef; readonly verb: Verb; readonly error: unknown }[]
  readonly skipped: readonly { readonly step: StepRef; readonly verb: Verb; readonly because: string }[]
  readonly remains: readonly { readonly step: StepRef; readonly what: string }[]
}

export const refOf = (step: Pick<AnyStep, "kind" | "name" | "scope">): StepRef => ({
  key: keyOf(step),
  kind: step.kind.name,
  name: step.name,
  scope: step.scope,
})

export const actionOf = (
  verb: Verb,
  step: Pick<AnyStep, "kind" | "name" | "scope">,
  after: readonly string[],
): Action => ({
  id: actionId(verb, step.scope, keyOf(step)),
  step: refOf(step),
  verb,
  after,
  usual: usualOf(verb, step.kind.usually),
})

const usualOf = (verb: Verb, usually: AnyStep["kind"]["usually"]): number =>
  verb === "destroy" ? (usually.destroy ?? 5) : verb === "create" ? usually.create : (usually.update ?? 2)

/** What became of a task: it was reached, or why those that need it cannot start. */
type Fate = { readonly reached: true } | { readonly reached: false; readonly because: string }

/** Does everything as early as the graph lets it; one failure stops only what needs it. */
export async function perform<C>(run: Run<C>, tasks: readonly Task[]): Promise<Outcome> {
  const actions = tasks.map((task) => task.action)
  refuseCircles(actions)
  const account = accountOf(run, actions)
  const milestones = new Map(tasks.map((task) => [task.action.id, { begun: deferred<Fate>(), done: deferred<Fate>() }]))
  const ready = ({ action, afterBegun }: Task) =>
    action.after.flatMap((need) => {
      const milestone = milestones.get(need)
      return milestone ? [afterBegun.has(need) ? milestone.begun.promise : milestone.done.promise] : []
    })
  await Promise.all(
    mostUrgentFirst(tasks).map(async (task) => {
      const { begun, done } = milestones.get(task.action.id) ?? { begun: deferred<Fate>(), done: deferred<Fate>() }
      const missed = (await Promise.all(ready(task))).find((fate) => !fate.reached)
      const fate = missed ?? (await performOne(run, task, account, () => begun.resolve({ reached: true })))
      if (missed && !missed.reached) account.skipped(task.action, missed.because)
      begun.resolve(fate)
      done.resolve(fate)
    }),
  )
  return account.outcome
}

async function performOne<C>(run: Run<C>, task: Task, account: Account, begun: () => void): Promise<Fate> {
  const { action } = task
  if (run.stop.aborted) return account.skipped(action, "the run was stopped")
  account.started(action)
  try {
    const waiting = (why: string) =>
      run.report({ type: "step", phase: "waiting", step: action.step, verb: action.verb, why })
    account.done(action, await task.perform({ begun, waiting }))
    return { reached: true }
  } catch (error) {
    if (error instanceof Interrupted) return account.skipped(action, "the run was stopped while AWS was still at it")
    account.failed(action, error)
    const what = error instanceof Awaited ? "waits for somebody" : "failed"
    return { reached: false, because: `${action.step.key} ${what}` }
  }
}

/** Keeps the outcome and tells of it, with the time that is left. */
interface Account {
  readonly outcome: Outcome
  started(action: Action): void
  done(action: Action, remains: string | undefined): void
  failed(action: Action, error: unknown): void
  skipped(action: Action, because: string): Fate
}

function accountOf<C>(run: Run<C>, actions: readonly Action[]): Account {
  const outcome: { [K in keyof Outcome]: Outcome[K][number][] } = { done: [], failed: [], skipped: [], remains: [] }
  const finished = new Set<string>()
  const since = new Map<string, number>()
  const seconds = (id: string) => (run.clock.now() - (since.get(id) ?? run.clock.now())) / 1000
  const left = () => secondsLeft(actions, finished, new Map([...since.keys()].map((id) => [id, seconds(id)])))
  run.report({ type: "run", actions, secondsLeft: left() })
  return {
    outcome,
    started({ id, step, verb, usual }) {
      since.set(id, run.clock.now())
      run.report({ type: "step", phase: "started", step, verb, usual })
    },
    done({ id, step, verb }, remains) {
      finished.add(id)
      outcome.done.push({ step, verb })
      if (remains !== undefined) outcome.remains.push({ step, what: remains })
      const tail = remains === undefined ? {} : { remains }
      run.report({ type: "step", phase: "done", step, verb, seconds: seconds(id), secondsLeft: left(), ...tail })
    },
    failed({ id, step, verb }, error) {
      outcome.failed.push({ step, verb, error })
      run.report({ type: "step", phase: "failed", step, verb, seconds: seconds(id), error })
    },
    skipped({ step, verb }, because) {
      outcome.skipped.push({ step, verb, because })
      run.report({ type: "step", phase: "skipped", step, verb, because })
      return { reached: false, because }
    },
  }
}

function deferred<T>() {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
