import type { Scope } from "../../engine/types.ts"
import { nameFor, prefix, rolePath } from "../names.ts"

/** The path above those of all scopes, so that one call lists them all. */
export const iamRoot = `/${prefix}/`

/** Whose it is, by path and name: IAM's lists show no tags. */
export function namedFor(
  scopes: readonly Scope[],
  path: string | undefined,
  name: string | undefined,
): { readonly scope: Scope; readonly name: string } | undefined {
  const scope = scopes.find((one) => rolePath(one) === path)
  if (scope === undefined) return undefined
  const start = nameFor(scope, "")
  return name?.startsWith(start) ? { scope, name: name.slice(start.length) } : undefined
}
