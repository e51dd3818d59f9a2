import type { Permission } from "../engine/types.ts"

/** A statement as IAM reads it. */
export interface Statement {
  readonly Sid?: string
  readonly Effect: "Allow" | "Deny"
  readonly Action: readonly string[]
  readonly Resource: readonly string[]
  readonly Condition?: Permission["when"]
}

/** As few statements as say the same: what is allowed under one condition on the same things stands together. */
export function statementsOf(allow: readonly Permission[]): readonly Statement[] {
  const byThing = grouped(
    allow.map(({ action, resource = "*", when }) => ({ key: [resource, when], values: [action].flat() })),
  )
  const byActions = grouped(
    byThing.map(({ key: [resource, when], values }) => ({
      key: [[...values].sort(), when],
      values: [String(resource)],
    })),
  )
  return byActions.map(({ key: [actions, when], values }) => ({
    Effect: "Allow",
    Action: actions as readonly string[],
    Resource: values,
    ...(when !== null && { Condition: when as NonNullable<Permission["when"]> }),
  }))
}

interface Grouped {
  readonly key: readonly [unknown, unknown]
  readonly values: readonly string[]
}

/** The keys go through JSON, in which what is not there is null. */
const grouped = (all: readonly Grouped[]): readonly Grouped[] => {
  const groups = new Map<string, Set<string>>()
  for (const { key, values } of all) {
    const name = JSON.stringify(key)
    groups.set(name, new Set([...(groups.get(name) ?? []), ...values]))
  }
  return [...groups].map(([name, values]) => ({ key: JSON.parse(name), values: [...values] }))
}
