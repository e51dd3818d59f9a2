import { UserError } from "../errors.ts"
import type { AnyKind, Found, Listed, Scope } from "./types.ts"

/** What the account holds, kind by kind: listed once, and again only after something of that kind may have changed. */
export interface Catalog {
  /** As last listed. */
  find(kind: AnyKind, scope: Scope, name: string): Promise<Listed<object> | undefined>
  /** Listed again; whoever asks meanwhile shares the answer. */
  look(kind: AnyKind, scope: Scope, name: string): Promise<Listed<object> | undefined>
  /** With the single reads that no list gives; remembered as long as the listing is. */
  complete(kind: AnyKind, listed: Listed<object>): Promise<Found<object>>
  all(kind: AnyKind): Promise<readonly Listed<object>[]>
}

/** `scopesOf` says where things of a kind can be: where that is nowhere, nobody is asked. */
export function catalogOf<C>(ctx: C, scopesOf: (kind: AnyKind) => readonly Scope[]): Catalog {
  const shelves = new Map<AnyKind, Shelf<readonly Listed<object>[]>>()
  const completed = new WeakMap<Listed<object>, Promise<Found<object>>>()
  const shelf = (kind: AnyKind) => {
    const known = shelves.get(kind)
    if (known !== undefined) return known
    const scopes = scopesOf(kind)
    const made = shelfOf<readonly Listed<object>[]>(async () =>
      scopes.length === 0 ? [] : ((await kind.list?.(ctx, scopes)) ?? []),
    )
    shelves.set(kind, made)
    return made
  }
  return {
    all: (kind) => shelf(kind).remembered(),
    find: async (kind, scope, name) => onlyOne(kind, await shelf(kind).remembered(), scope, name),
    look: async (kind, scope, name) => onlyOne(kind, await shelf(kind).fresh(), scope, name),
    complete(kind, listed) {
      const { complete } = kind
      if (!complete) return Promise.resolve(listed)
      const known = completed.get(listed)
      if (known !== undefined) return known
      const asked = complete(ctx, listed)
      completed.set(listed, asked)
      return asked
    },
  }
}

/** For showing what is to go, and its price: what cannot be read whole can go all the same. */
export function wholeOf(catalog: Catalog, kind: AnyKind, listed: Listed<object>): Promise<Found<object>> {
  return listed.phase === "leaving" ? Promise.resolve(listed) : catalog.complete(kind, listed).catch(() => listed)
}

/** What is leaving is passed over when its successor is there already. */
function onlyOne(kind: AnyKind, listed: readonly Listed<object>[], scope: Scope, name: string) {
  const same = listed.filter((one) => one.scope === scope && one.name === name)
  const staying = same.filter((one) => one.phase !== "leaving")
  if (staying.length > 1)
    throw new UserError(
      `${kind.name}/${name} of ${scope} is there ${staying.length} times: ${staying.map((one) => nameOf(one.live)).join(", ")}`,
      { hint: "take the tags smart0dte:scope and smart0dte:step off all but the one that is in use, then run again" },
    )
  return staying[0] ?? same[0]
}

const nameOf = (live: object) => ("id" in live ? String(live.id) : JSON.stringify(live))

interface Shelf<T> {
  remembered(): Promise<T>
  fresh(): Promise<T>
}

function shelfOf<T>(load: () => Promise<T>): Shelf<T> {
  let latest: Promise<T> | undefined
  let running: Promise<T> | undefined
  let next: Promise<T> | undefined
  const start = () => {
    const asked = load()
    latest = asked
    running = asked
    const settled = () => {
      if (running === asked) running = undefined
    }
    asked.then(settled, settled)
    return asked
  }
  return {
    remembered: () => latest ?? start(),
    // An answer that is on its way may be older than what the caller wants to see.
    fresh() {
      if (!running) return start()
      const again = () => {
        next = undefined
        return start()
      }
      next ??= running.then(again, again)
      return next
    },
  }
}
