import type { AnyStep, Blueprint } from "../engine/types.ts"
import { keyOf } from "../engine/types.ts"

/**
 * The same blueprint, with one thing of it that reports when it did something: it is told to do it again, whatever it
 * has reported so far, and what stands on it follows.
 */
export function anew<C>({ name, scopes, steps }: Blueprint<C>, key: string): Blueprint<C> {
  const made = new Map<AnyStep, AnyStep<C>>()
  const taken = (step: AnyStep<C>): AnyStep<C> => {
    const known = made.get(step)
    if (known) return known
    const own = { ...step, needs: eachNeed(step, taken) }
    const seen = keyOf(step) === key ? again(own) : own
    made.set(step, seen)
    return seen
  }
  return { name, scopes, steps: steps.map(taken) }
}

/** It differs by when it spoke, until it has been told and has spoken since. */
function again<C>(step: AnyStep<C>): AnyStep<C> {
  let before: string | undefined
  const agrees = (field: string, live: unknown, want: unknown) =>
    field === "at" ? before !== undefined && live !== before : (step.kind.agrees?.(field, live, want) ?? false)
  return {
    ...step,
    kind: { ...step.kind, agrees },
    links: (lives) => ({ ...step.links?.(lives), at: "now" }),
    async update(ctx, live, changes, lives) {
      before = String(live.at)
      await step.update?.(ctx, live, changes, lives)
    },
  }
}

export const eachNeed = <C>(step: AnyStep<C>, change: (need: AnyStep<C>) => AnyStep<C>) =>
  Object.fromEntries(
    Object.entries<AnyStep | readonly AnyStep[]>(step.needs).map(([name, need]) => [
      name,
      isList(need) ? need.map(change) : change(need),
    ]),
  )

const isList = (need: AnyStep | readonly AnyStep[]): need is readonly AnyStep[] => Array.isArray(need)
