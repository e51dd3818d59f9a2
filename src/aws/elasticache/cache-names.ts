import type { Scope } from "../../engine/types.ts"
import { nameFor } from "../names.ts"

/** What ElastiCache calls a thing of ours: 40 small letters, digits and hyphens are what it takes at the most. */
export const cacheName = (scope: Scope, name: string): string => nameFor(scope, name, 40).toLowerCase()

/**
 * Users and their groups have no description, and show their tags only one by one: whose they are stands in their
 * names. Where one scope's name begins another's, the longer one is meant.
 */
export function whoseName(
  scopes: readonly Scope[],
  id: string,
): { readonly scope: Scope; readonly name: string } | undefined {
  const found = scopes
    .map((scope) => ({ scope, start: cacheName(scope, "") }))
    .filter(({ start }) => id.startsWith(start))
    .toSorted((a, b) => b.start.length - a.start.length)[0]
  return found && { scope: found.scope, name: id.slice(found.start.length) }
}
