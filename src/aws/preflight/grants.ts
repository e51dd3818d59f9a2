import type { Permission, Scope } from "../../engine/types.ts"
import type { Place } from "../cloud.ts"
import type { Policy } from "../iam/policy.ts"
import { parameterName } from "../names.ts"

/** Actions that are asked for together: on one resource, under the same conditions. */
export interface Grant {
  readonly actions: readonly string[]
  readonly resource: string
  readonly when: NonNullable<Permission["when"]>
}

/** What is to be allowed in a scope, with the places of its names filled in, and each thing said once. */
export function grantsOf(permissions: readonly Permission[], place: Place, scope: Scope): readonly Grant[] {
  const path = parameterName(scope, "")
  const values: Readonly<Record<string, string>> = { ...pick(place), scope, path }
  const fill = (text: string) => text.replace(/\$\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
  const gathered = new Map<string, Grant>()
  for (const { action, resource = "*", when = {} } of permissions) {
    const filled = filledIn(when, fill)
    const key = JSON.stringify([fill(resource), filled])
    const actions = [...(gathered.get(key)?.actions ?? []), ...[action].flat()]
    gathered.set(key, { actions: [...new Set(actions)].toSorted(), resource: fill(resource), when: filled })
  }
  return [...gathered.values()]
}

/** A policy that allows just this. */
export const policyGranting = (grants: readonly Grant[]): Policy => ({
  Version: "2012-10-17",
  Statement: grants.map(({ actions, resource, when }) => ({
    Effect: "Allow",
    Action: actions,
    Resource: resource,
    ...(Object.keys(when).length > 0 && { Condition: when }),
  })),
})

const pick = ({ account, partition, region }: Place) => ({ account, partition, region })

function filledIn(when: Grant["when"], fill: (text: string) => string): Grant["when"] {
  const value = (one: string | readonly string[]) => (typeof one === "string" ? fill(one) : one.map(fill))
  return Object.fromEntries(
    Object.entries(when).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([key, wanted]) => [key, value(wanted)])),
    ]),
  )
}
