import type { Action } from "./events.ts"

/** Seconds left along the longest chain of what is not done yet. `running` says how long something has been at it. */
export function secondsLeft(
  actions: readonly Action[],
  done: ReadonlySet<string>,
  running: ReadonlyMap<string, number> = new Map(),
): number {
  const byId = new Map(actions.map((action) => [action.id, action]))
  const known = new Map<string, number>()
  const until = (id: string): number => {
    const before = known.get(id)
    if (before !== undefined) return before
    const action = byId.get(id)
    if (!action || done.has(id)) return 0
    known.set(id, 0)
    const own = Math.max(0, action.usual - (running.get(id) ?? 0))
    const total = own + Math.max(0, ...action.after.map(until))
    known.set(id, total)
    return total
  }
  return Math.max(0, ...actions.map((action) => until(action.id)))
}

/**
 * Those first that the longest chain stands on: what is asked for first is paced last, and where a machine is slow the
 * rest waits for it, not it for the rest.
 */
export function mostUrgentFirst<T extends { readonly action: Action }>(tasks: readonly T[]): readonly T[] {
  const onto = new Map<string, Action[]>()
  for (const { action } of tasks) for (const need of action.after) onto.set(need, [...(onto.get(need) ?? []), action])
  const known = new Map<string, number>()
  const chain = ({ id, usual }: Action): number => {
    const before = known.get(id)
    if (before !== undefined) return before
    const total = usual + Math.max(0, ...(onto.get(id) ?? []).map(chain))
    known.set(id, total)
    return total
  }
  return tasks.toSorted((a, b) => chain(b.action) - chain(a.action))
}

/** A run with a circle in it would wait for ever: that is a fault of the blueprint or of the kinds' order. */
export function refuseCircles(actions: readonly Action[]): void {
  const byId = new Map(actions.map((action) => [action.id, action]))
  const clear = new Set<string>()
  const visit = (id: string, path: readonly string[]) => {
    if (clear.has(id)) return
    if (path.includes(id)) throw new Error(`a circle of actions: ${[...path.slice(path.indexOf(id)), id].join(" -> ")}`)
    for (const need of byId.get(id)?.after ?? []) visit(need, [...path, id])
    clear.add(id)
  }
  for (const action of actions) visit(action.id, [])
}
