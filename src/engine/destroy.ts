import { type Catalog, catalogOf, wholeOf } from "./catalog.ts"
import { type Doomed, demolish, goneBefore, patient } from "./demolish.ts"
import { actionId } from "./events.ts"
import { graphOf } from "./order.ts"
import { actionOf, type Outcome, perform, type Task } from "./perform.ts"
import type { Run } from "./run.ts"
import { type AnyKind, type AnyStep, type Blueprint, keyOf } from "./types.ts"

export interface DestroyAll {
  readonly purge: boolean
  /** Shown what will go before any of it does: throws if it is not what was agreed to. */
  readonly agreed?: (doomed: readonly Doomed[]) => void
}

/** All that is ours in the blueprint's scopes, whether the blueprint still has it or not. Changes nothing. */
export async function survey<C>(
  ctx: C,
  blueprint: Blueprint<C>,
  kinds: readonly AnyKind<C>[],
  catalog: Catalog = catalogOf(ctx, () => blueprint.scopes),
): Promise<readonly Doomed[]> {
  const ground = new Set(blueprint.ground?.map((step) => `${step.scope} ${keyOf(step)}`))
  const steps = new Map(graphOf(blueprint).steps.map((step) => [`${step.scope} ${keyOf(step)}`, step]))
  const lists = await Promise.all(kinds.map(async (kind) => [kind, await catalog.all(kind)] as const))
  const ours = lists.flatMap(([kind, things]) =>
    things
      .filter((listed) => blueprint.scopes.includes(listed.scope) && listed.owner !== "foreign")
      .map((listed) => ({ kind, listed, key: keyOf({ kind, name: listed.name }) }))
      .filter(({ listed, key }) => !ground.has(`${listed.scope} ${key}`)),
  )
  return Promise.all(
    ours.map(async ({ kind, listed, key }) => {
      const step = steps.get(`${listed.scope} ${key}`)
      const found = await wholeOf(catalog, kind, listed)
      return { kind, scope: listed.scope, name: listed.name, key, found, ...(step && { step }) }
    }),
  )
}

/** Takes all of it down, what stands on something before it, and puts settings back as they were. */
export async function destroy<C>(
  run: Run<C>,
  blueprint: Blueprint<C>,
  kinds: readonly AnyKind<C>[],
  options: DestroyAll,
): Promise<Outcome> {
  const catalog = catalogOf(run.ctx, () => blueprint.scopes)
  const doomed = await survey(run.ctx, blueprint, kinds, catalog)
  options.agreed?.(doomed)
  const settings = graphOf(blueprint).steps.filter((step) => step.restore && blueprint.scopes.includes(step.scope))
  const kept = await Promise.all(settings.map((step) => run.former.load(step.scope, keyOf(step))))
  const changed = settings.filter((_, index) => kept[index] !== undefined)
  const restoring = changed.map((step) => restoreTask(run, step, catalog))
  const isFirst = (one: Doomed) => one.step !== undefined && one.step === blueprint.first
  const demolition = doomed.map((one): Task => {
    const above = goneBefore(one, doomed, blueprint.first).map((other) => actionId("destroy", other.scope, other.key))
    const before = isFirst(one) ? restoring : restoring.filter((task) => task.action.id === restoreOf(one))
    const after = [...above, ...before.map((task) => task.action.id)]
    return {
      action: actionOf("destroy", one, after),
      afterBegun: new Set(),
      perform: ({ waiting }) =>
        demolish(run, catalog, one, { waiting, purge: options.purge, whole: true, patience: patient }),
    }
  })
  return perform(run, [...restoring, ...demolition])
}

/** Who lets go of a thing no longer knows whose it was: its settings are put back first. */
const restoreOf = ({ scope, key }: Doomed) => actionId("restore", scope, key)

function restoreTask<C>(run: Run<C>, step: AnyStep<C>, catalog: Catalog): Task {
  return {
    action: actionOf("restore", step, []),
    afterBegun: new Set(),
    async perform() {
      const former = await run.former.load(step.scope, keyOf(step))
      if (former === undefined) return undefined
      const found = step.read ? await step.read(run.ctx, {}) : await catalog.find(step.kind, step.scope, step.name)
      if (found) await step.restore?.(run.ctx, found.live, former)
      await run.former.forget(step.scope, keyOf(step))
      return undefined
    },
  }
}
