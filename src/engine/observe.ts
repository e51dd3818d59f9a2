import { type Catalog, catalogOf, wholeOf } from "./catalog.ts"
import { wantedOf, wantedWithout } from "./compare.ts"
import { judge } from "./judge.ts"
import { type Finding, type Leftover, type Observation, type Requests, unwishedOf } from "./observation.ts"
import { fillNeeds, graphOf, inOrder, needsOf } from "./order.ts"
import { type AnyKind, type AnyStep, type Blueprint, type Found, keyOf, type Scope, type Wishes } from "./types.ts"

/** Reads the account and says of each step how it stands. Changes nothing. */
export async function observe<C>(
  ctx: C,
  blueprint: Blueprint<C>,
  kinds: readonly AnyKind<C>[],
  requests: Requests = {},
  catalog: Catalog = catalogOf(ctx, scopesOf(blueprint)),
): Promise<Observation> {
  const { steps } = graphOf(blueprint)
  const leftovers = findLeftovers(blueprint, kinds, steps, catalog)
  const wishes = rememberedWishes(ctx, blueprint, catalog)
  const asked = new Map<AnyStep, Promise<Finding>>()
  const examine = (step: AnyStep): Promise<Finding> => {
    const known = asked.get(step)
    if (known !== undefined) return known
    const needs = Promise.all(needsOf(step).map(examine))
    const finding = examineStep(ctx, step, { needs, catalog, wishes, requests, leftovers })
    asked.set(step, finding)
    return finding
  }
  return { findings: await Promise.all(steps.map(examine)), leftovers: await leftovers }
}

/** Where things of a kind are looked for: in the blueprint's own scopes, and wherever else it has a step of that kind. */
export function scopesOf<C>(blueprint: Blueprint<C>): (kind: AnyKind) => readonly Scope[] {
  const { steps } = graphOf(blueprint)
  return (kind) => {
    const elsewhere = steps.filter((step) => step.kind === kind).map(({ scope }) => scope)
    return [...new Set([...blueprint.scopes, ...elsewhere])]
  }
}

/** How a thing stands in the account: also used while a run works. */
export async function findStep<C>(
  ctx: C,
  step: AnyStep<C>,
  needs: (need: AnyStep) => object | undefined,
  catalog: Catalog,
  fresh = false,
): Promise<Found<object> | undefined> {
  if (step.read) return step.read(ctx, fillNeeds(step, needs))
  const listed = await (fresh ? catalog.look : catalog.find)(step.kind, step.scope, step.name)
  return listed && listed.phase !== "leaving" ? catalog.complete(step.kind, listed) : listed
}

/** What a step is examined by. */
interface Known {
  readonly needs: Promise<readonly Finding[]>
  readonly catalog: Catalog
  readonly wishes: Promise<Wishes | undefined>
  readonly requests: Requests
  readonly leftovers: Promise<readonly Leftover[]>
}

async function examineStep<C>(
  ctx: C,
  step: AnyStep<C>,
  { needs, catalog, wishes, requests, leftovers }: Known,
): Promise<Finding> {
  const findings = new Map((await needs).map((finding) => [finding.step, finding]))
  const live = (need: AnyStep) => findings.get(need)?.found?.live
  const expected = (need: AnyStep) => findings.get(need)?.expected
  const wanted = wantedOf(step, fillNeeds(step, expected))
  const base = {
    step,
    key: keyOf(step),
    want: wanted,
    untold: [...findings.values()].some(isMoving) ? Object.keys(step.links?.(fillNeeds(step, expected)) ?? {}) : [],
    linked: [...findings.values()].every(({ found }) => found) ? step.links?.(fillNeeds(step, live)) : undefined,
    wishes: await wishes.catch(() => undefined),
    requests,
    needs: [...findings.values()],
  }
  try {
    const listed = await findStep(ctx, step, live, catalog)
    const held = listed ? undefined : await step.occupant?.(ctx, fillNeeds(step, live))
    // Another run of ours may have made it since the list was read: what is listed now is no stranger.
    const found = held ? await findStep(ctx, step, live, catalog, true) : listed
    const occupant = found ? undefined : held
    const picked = !found || requests.renew?.has(base.key) ? await step.foresee?.(ctx) : undefined
    if (occupant) return judge({ ...base, picked, found: { live: occupant, owner: "foreign", phase: "ready" } })
    const without = found && step.without ? unwishedOf(await leftovers, requests) : []
    const want = found ? wantedWithout(step, fillNeeds(step, expected), found.live, without) : wanted
    return judge({ ...base, want, picked, found })
  } catch (error) {
    return judge({ ...base, found: undefined, error })
  }
}

/** Its fields are not yet what they will be. */
const isMoving = ({ step, state, found, untold }: Finding) =>
  state === "missing" ||
  state === "replace" ||
  (state === "differs" && step.kind.tells !== undefined) ||
  found?.phase === "pending" ||
  untold.length > 0

async function rememberedWishes<C>(ctx: C, { first }: Blueprint<C>, catalog: Catalog): Promise<Wishes | undefined> {
  const found = first && (await findStep(ctx, first, () => undefined, catalog))
  return found && "wishes" in found.live ? (found.live.wishes as Wishes) : undefined
}

async function findLeftovers<C>(
  blueprint: Blueprint<C>,
  kinds: readonly AnyKind<C>[],
  steps: readonly AnyStep[],
  catalog: Catalog,
): Promise<readonly Leftover[]> {
  const wanted = new Set(inOrder(steps).map((step) => `${step.scope} ${keyOf(step)}`))
  // A kind that cannot be listed is told of by its steps; where it has none, nothing is known to be left.
  const lists = await Promise.all(kinds.map(async (kind) => [kind, await catalog.all(kind).catch(() => [])] as const))
  const left = lists.flatMap(([kind, things]) =>
    things
      .filter(
        (listed) => blueprint.scopes.includes(listed.scope) && listed.owner !== "foreign" && listed.phase !== "leaving",
      )
      .map((listed) => ({ kind, key: keyOf({ kind, name: listed.name }), listed }))
      .filter(({ key, listed }) => !wanted.has(`${listed.scope} ${key}`)),
  )
  return Promise.all(
    left.map(async (one) => ({ ...one, listed: { ...one.listed, ...(await wholeOf(catalog, one.kind, one.listed)) } })),
  )
}
