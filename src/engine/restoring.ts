import type { Catalog } from "./catalog.ts"
import { differencesOf } from "./compare.ts"
import { actionOf, type Task } from "./perform.ts"
import type { Run } from "./run.ts"
import { type AnyStep, keyOf } from "./types.ts"

/** Puts settings back as they were before our first change: those of these steps that some run has changed. */
export async function restoring<C>(
  run: Run<C>,
  steps: readonly AnyStep<C>[],
  catalog: Catalog,
): Promise<readonly Task[]> {
  const settings = steps.filter((step) => step.restore)
  const kept = await Promise.all(settings.map((step) => run.former.load(step.scope, keyOf(step))))
  return settings.filter((_, index) => kept[index] !== undefined).map((step) => restoreTask(run, step, catalog))
}

/** Who lets go of a thing no longer knows whose it was: its settings are put back first. */
export function afterRestoring(task: Task, restores: readonly Task[]): Task {
  const { action } = task
  const own = restores.find(({ action: { step } }) => step.scope === action.step.scope && step.key === action.step.key)
  if (!own || action.verb !== "destroy") return task
  return { ...task, action: { ...action, after: [...action.after, own.action.id] } }
}

function restoreTask<C>(run: Run<C>, step: AnyStep<C>, catalog: Catalog): Task {
  return {
    action: actionOf("restore", step, []),
    afterBegun: new Set(),
    async perform() {
      const former = await run.former.load(step.scope, keyOf(step))
      if (former === undefined) return undefined
      const found = step.read ? await step.read(run.ctx, {}) : await wholeOf(catalog, step)
      // A run that was killed here may have put it back already, and heard of nothing.
      const differs = found && differencesOf(found.live, { ...former }).length > 0
      if (differs) await step.restore?.(run.ctx, found.live, former)
      await run.former.forget(step.scope, keyOf(step))
      return undefined
    },
  }
}

/** With what no list gives: half of it might look as if it were as before. */
async function wholeOf(catalog: Catalog, { kind, name, scope }: AnyStep) {
  const listed = await catalog.find(kind, scope, name)
  return listed && catalog.complete(kind, listed)
}
