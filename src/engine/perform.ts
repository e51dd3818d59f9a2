import { Interrupted } from "../errors.ts"
import { type Action, actionId, type StepRef, type Verb } from "./events.ts"
import { refuseCircles, secondsLeft } from "./path.ts"
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

/** What became of a task: nothing, or why those that need it cannot start. */
type Fate = { readonly reached: true } | { readonly reached: false; readonly because: string }

/** Does everything as early as the graph lets it; one failure stops only what needs it. */
export async function perform<C>(run: Run<C>, tasks: readonly Task[]): Promise<Outcome> {
  const actions = tasks.map((task) => task.action)
  refuseCircles(actions)
  const finished = new Set<string>()
  const startedAt = new Map<string, number>()
  const outcome = { done: [], failed: [], skipped: [], remains: [] } as { [K in keyof Outcome]: Outcome[K][number][] }
  const left = () => {
    const now = run.clock.now()
    return secondsLeft(actions, finished, new Map([...startedAt].map(([id, since]) => [id, (now - since) / 1000])))
  }
  run.report({ type: "run", actions, secondsLeft: left() })
  const milestones = new Map(tasks.map((task) => [task.action.id, { begun: deferred<Fate>(), done: deferred<Fate>() }]))

  const go = async (task: Task): Promise<Fate> => {
    const { id, step, verb, after, usual } = task.action
    const waits = after.flatMap((need) => {
      const milestone = milestones.get(need)
      return milestone ? [task.afterBegun.has(need) ? milestone.begun.promise : milestone.done.promise] : []
    })
    const missed = (await Promise.all(waits)).find((fate) => !fate.reached)
    const skip = (because: string): Fate => {
      run.report({ type: "step", phase: "skipped", step, verb, because })
      outcome.skipped.push({ step, verb, because })
      return { reached: false, because }
    }
    if (missed && !missed.reached) return skip(missed.because)
    if (run.stop.aborted) return skip("the run was stopped")
    const since = run.clock.now()
    const seconds = () => (run.clock.now() - since) / 1000
    startedAt.set(id, since)
    run.report({ type: "step", phase: "started", step, verb, usual })
    try {
      const remains = await task.perform({
        begun: () => milestones.get(id)?.begun.resolve({ reached: true }),
        waiting: (why) => run.report({ type: "step", phase: "waiting", step, verb, why }),
      })
      finished.add(id)
      outcome.done.push({ step, verb })
      if (remains !== undefined) outcome.remains.push({ step, what: remains })
      const tail = remains === undefined ? {} : { remains }
      run.report({ type: "step", phase: "done", step, verb, seconds: seconds(), secondsLeft: left(), ...tail })
      return { reached: true }
    } catch (error) {
      if (error instanceof Interrupted) return skip("the run was stopped while AWS was still at it")
      outcome.failed.push({ step, verb, error })
      run.report({ type: "step", phase: "failed", step, verb, seconds: seconds(), error })
      return { reached: false, because: `${step.key} failed` }
    }
  }

  await Promise.all(
    tasks.map(async (task) => {
      const fate = await go(task)
      const milestone = milestones.get(task.action.id)
      milestone?.begun.resolve(fate)
      milestone?.done.resolve(fate)
    }),
  )
  return outcome
}

function deferred<T>() {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
