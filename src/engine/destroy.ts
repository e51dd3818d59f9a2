import { type Catalog, catalogOf, wholeOf } from "./catalog.ts"
import { type Doomed, demolish, goneBefore, patient } from "./demolish.ts"
import { actionId } from "./events.ts"
import { graphOf } from "./order.ts"
import { actionOf, type Outcome, perform, type Task } from "./perform.ts"
import { afterRestoring, restoring } from "./restoring.ts"
import type { Run } from "./run.ts"
import { type AnyKind, type Blueprint, keyOf } from "./types.ts"

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
  const restores = await restoring(run, settings, catalog)
  const isFirst = (one: Doomed) => one.step !== undefined && one.step === blueprint.first
  const demolition = doomed.map((one): Task => {
    const above = goneBefore(one, doomed, blueprint.first).map((other) => actionId("destroy", other.scope, other.key))
    const before = isFirst(one) ? restores.map((task) => task.action.id) : []
    const task: Task = {
      action: actionOf("destroy", one, [...above, ...before]),
      afterBegun: new Set(),
      perform: ({ waiting }) =>
        demolish(run, catalog, one, { waiting, purge: options.purge, whole: true, patience: patient }),
    }
    return isFirst(one) ? task : afterRestoring(task, restores)
  })
  return perform(run, [...restores, ...demolition])
}
