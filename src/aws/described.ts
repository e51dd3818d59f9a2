import type { Birth, Found, Listed } from "../engine/types.ts"

// Some things show their tags only when each is asked for its own. Who they are stands in their description too, which
// comes with the list.

export const descriptionOf = ({ scope, key }: Pick<Birth, "scope" | "key">): string => `${maker} ${scope} ${key}`

/** Things whose description says that they are ours, of this kind. */
export function describedAs<Thing, Live extends object>(
  kind: string,
  things: readonly Thing[],
  descriptionIn: (thing: Thing) => string | undefined,
  found: (thing: Thing) => Pick<Found<Live>, "live" | "phase"> | undefined,
): readonly Listed<Live>[] {
  return things.flatMap((thing): Listed<Live>[] => {
    const [, scope, of, name] = pattern.exec(descriptionIn(thing) ?? "") ?? []
    if (scope === undefined || name === undefined || of !== kind) return []
    const state = found(thing)
    return state ? [{ ...state, owner: "ours", scope, name }] : []
  })
}

const maker = "smart0dte"
const pattern = new RegExp(`^${maker} (\\S+) ([^\\s/]+)/(\\S+)$`)
