import type { Tag } from "@aws-sdk/client-ec2"
import type { Found, Listed } from "../engine/types.ts"
import { identityOf } from "./tags.ts"

/**
 * Things that carry our tags, as a kind lists them. What belongs to another kind is passed over, as is what
 * `found` knows to be gone already.
 */
export function listed<Thing extends { readonly Tags?: readonly Tag[] | undefined }, Live extends object>(
  kind: string,
  things: readonly Thing[],
  found: (thing: Thing) => Pick<Found<Live>, "live" | "phase" | "waitsFor"> | undefined,
): readonly Listed<Live>[] {
  return things.flatMap((thing): Listed<Live>[] => {
    const identity = identityOf(thing.Tags ?? [])
    if (identity?.kind !== kind) return []
    const state = found(thing)
    const owner = identity.adopted ? "adopted" : "ours"
    return state ? [{ ...state, owner, scope: identity.scope, name: identity.name }] : []
  })
}
