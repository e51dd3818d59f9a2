import { Interrupted, NotFound, OutcomeUnknown, StillInUse, UserError } from "../errors.ts"
import type { Catalog } from "./catalog.ts"
import { needsOf } from "./order.ts"
import { longest, pause, rest, startPatience, until } from "./poll.ts"
import type { Run } from "./run.ts"
import type { AnyKind, AnyStep, DestroyOptions, Found, Listed, Scope } from "./types.ts"

/** A thing that is to go. */
export interface Doomed {
  readonly kind: AnyKind
  readonly scope: Scope
  readonly name: string
  readonly key: string
  readonly found: Found<object>
  /** Its step, where the blueprint still has it: the graph then says what must go before it. */
  readonly step?: AnyStep
}

/** Things that must be gone before this one: whatever the graph or the kinds' own order puts on top of it. */
export function goneBefore(doomed: Doomed, all: readonly Doomed[], last: AnyStep | undefined): readonly Doomed[] {
  if (doomed.step && doomed.step === last) return all.filter((other) => other !== doomed)
  return all.filter(
    (other) =>
      other !== doomed &&
      (other.step && doomed.step && other.step !== last && needsOf(other.step).includes(doomed.step)
        ? true
        : (doomed.kind.before?.includes(other.kind.name) ?? false)),
  )
}

export interface DemolishOptions extends DestroyOptions {
  /** How long something may go on standing on it. */
  readonly patience: number
  /** Told what is waited for, once that has taken longer than AWS usually needs to notice. */
  waiting(why: string): void
}

/** How long AWS may take until it sees that nothing stands on a thing any more. */
export const patient = 900_000

const silent = 30_000

/** Takes one thing down and waits until it is gone; resolves to what stays behind, in words. */
export async function demolish<C>(
  run: Run<C>,
  catalog: Catalog,
  { kind, scope, name, key, found }: Doomed,
  options: DemolishOptions,
): Promise<string | undefined> {
  if (found.owner === "adopted") return release(run, kind, found.live)
  if (!kind.destroy) return undefined
  const stays = kind.stays?.(found.live, options)
  if (stays !== undefined) return stays
  const listed = await catalog.find(kind, scope, name)
  const remains = listed?.phase === "leaving" ? undefined : await ask(run, kind, found.live, options)
  if (typeof remains === "string") return remains
  const usual = kind.usually.destroy ?? 5
  const gone = await until(
    run.clock,
    run.stop,
    { for: Math.max(patient, longest(run.clock, usual)), usual },
    async () => (isGone(await catalog.look(kind, scope, name), found.live) ? true : undefined),
  )
  if (!gone) throw new UserError(`${key} does not go away`, { hint: "run the same command again: it goes on waiting" })
  return remains?.leaves ?? kind.remains
}

async function ask<C>(run: Run<C>, kind: AnyKind<C>, live: object, options: DemolishOptions) {
  let told = ""
  const inVain = startPatience(run.clock, options.patience)
  for (;;) {
    try {
      return await kind.destroy?.(run.ctx, live, options)
    } catch (error) {
      if (error instanceof NotFound) return undefined
      const { elapsed, over } = inVain()
      const passing = error instanceof OutcomeUnknown || error instanceof StillInUse
      if (!passing || over) throw error
      if (run.stop.aborted) throw new Interrupted("stopped while something still stood on it")
      if (elapsed >= silent && error.message !== told) {
        told = error.message
        options.waiting(`${error instanceof StillInUse ? "something still stands on it" : "no answer"}: ${told}`)
      }
      await rest(run.clock, pause(elapsed, 5), run.stop)
    }
  }
}

async function release<C>(run: Run<C>, kind: AnyKind<C>, live: object): Promise<string> {
  await kind.release?.(run.ctx, live)
  return "it was there before, so it stays"
}

/** A namesake that was made since is another thing. */
const isGone = (listed: Listed<object> | undefined, live: object) =>
  listed === undefined || ("id" in live && "id" in listed.live && listed.live.id !== live.id)
