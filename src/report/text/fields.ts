import type { PlanRow } from "../../engine/plan.ts"
import { showValue } from "./value.ts"

export interface ShownField {
  readonly name: string
  readonly value: unknown
}

/** What is known of a thing that is to be made. Ids and states that only AWS can give stand empty until it exists. */
export function fieldsOf({ fields }: PlanRow): readonly ShownField[] {
  return Object.entries(fields)
    .filter(([name, value]) => name !== "id" && isKnown(value))
    .map(([name, value]) => ({ name, value }))
}

function isKnown(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return false
  if (typeof value === "object" && Object.keys(value).length === 0) return false
  // A list of nothing but what is yet to be made says nothing either.
  return (
    showValue(value)
      .replaceAll("(new)", "")
      .replaceAll(/[[\]{}, ]/g, "") !== ""
  )
}
