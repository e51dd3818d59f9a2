import { canonical } from "../engine/compare.ts"
import type { PlanAction, PlanRow } from "../engine/plan.ts"

/**
 * What goes beyond what was agreed to, a text for each thing. What has been done meanwhile need not be done: less than
 * what was agreed is no difference, and a value that was not yet known agrees with any.
 */
export function beyond(agreed: readonly PlanRow[], now: readonly PlanRow[]): readonly string[] {
  const earlier = new Map(agreed.map((row) => [idOf(row), row]))
  return now.flatMap((row) => {
    const other = otherThan(earlier.get(idOf(row)), row)
    return other === undefined ? [] : [`${row.step.key} (${other})`]
  })
}

const idOf = ({ step }: PlanRow) => `${step.scope} ${step.key}`

function otherThan(before: PlanRow | undefined, now: PlanRow): string | undefined {
  if (!before) return now.action
  const rest = leftOf[before.action] ?? []
  if (now.action !== before.action && !rest.includes(now.action)) return `${now.action} instead of ${before.action}`
  const fields = [...new Set(otherFields(before, now))]
  return fields.length > 0 ? `${now.action} with other values of ${fields.join(", ")}` : undefined
}

/** What a run that was killed on the way may have left to do of an action. */
const leftOf: Partial<Readonly<Record<PlanAction, readonly PlanAction[]>>> = {
  create: ["update"],
  replace: ["create", "update"],
  adopt: ["update"],
}

function otherFields(before: PlanRow, now: PlanRow): readonly string[] {
  if (now.action === "create") return differing(before, now, Object.keys({ ...before.fields, ...now.fields }))
  // A thing that was made anew under the same name is another one.
  if (now.action === "destroy") return differing(before, now, ["id"])
  const promised = new Map(before.changes.map((change) => [change.field, change]))
  return now.changes
    .filter(({ field, live, want }) => {
      const known = promised.get(field)
      const sameWant = isUntold(before, field) || canonical(before.fields[field]) === canonical(want)
      if (now.action !== before.action) return !sameWant
      return !known || canonical(known.live) !== canonical(live) || !sameWant
    })
    .map(({ field }) => field)
}

const differing = (before: PlanRow, now: PlanRow, fields: readonly string[]) =>
  fields.filter((field) => !isUntold(before, field) && canonical(before.fields[field]) !== canonical(now.fields[field]))

const isUntold = ({ untold }: PlanRow, field: string) => untold?.includes(field) ?? false
