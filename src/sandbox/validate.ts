import { broken, type Constraints, constraintsOf, type Rules } from "./constraints.ts"
import { invalid, missingParameter, type Violation } from "./refusals.ts"
import type { Refusal } from "./service.ts"
import type { Dialect } from "./wire/dialect.ts"
import { type Operation, requiredMembers, type View } from "./wire/schema.ts"

/** What the service refuses in an input before it looks at any resource. */
export function validate(dialect: Dialect, operation: Operation, input: object): Refusal | undefined {
  const constraints = constraintsOf(dialect.service)
  const shape = constraints.operations[operation.name] ?? ""
  const violations = violationsOf({ constraints, view: operation.input, shape, value: input, path: [] })
  const absent = violations.find(({ value }) => value === undefined)
  if (dialect.protocol === "ec2Query" && absent) return missingParameter(absent.path)
  return violations.length > 0 ? invalid(dialect, violations) : undefined
}

/** A value, with what the SDK and what botocore know of it. */
interface Place {
  readonly constraints: Constraints
  readonly view: View
  /** The name of its shape; empty where it demands nothing. */
  readonly shape: string
  readonly value: unknown
  readonly path: readonly string[]
}

function violationsOf(place: Place): readonly Violation[] {
  const { constraints, path, shape, value, view } = place
  if (value === undefined || value === null) return []
  const rules = constraints.shapes[shape] ?? {}
  const rule = broken(rules, value)
  const secret = Boolean(view.getMergedTraits().sensitive)
  const own = rule === undefined ? [] : [{ path, value, rule, secret }]
  if (view.isStructSchema()) return [...own, ...inStructure(place, rules)]
  if (view.isListSchema() && Array.isArray(value)) return [...own, ...inList(place, rules, value)]
  return view.isMapSchema() ? [...own, ...inMap(place, rules)] : own
}

function inStructure(place: Place, rules: Rules): readonly Violation[] {
  // The reader made an object of it.
  const given = place.value as Readonly<Record<string, unknown>>
  const absent = requiredMembers(place.view)
    .filter((name) => given[name] === undefined)
    .map((name) => ({ path: [...place.path, name], value: undefined, rule: "Member must not be null" }))
  const present = [...place.view.structIterator()].flatMap(([name, view]) =>
    violationsOf({
      ...place,
      view,
      shape: rules.members?.[name] ?? "",
      value: given[name],
      path: [...place.path, name],
    }),
  )
  return [...absent, ...present]
}

const inList = (place: Place, rules: Rules, items: readonly unknown[]): readonly Violation[] =>
  items.flatMap((value, index) =>
    violationsOf({
      ...place,
      view: place.view.getValueSchema(),
      shape: rules.item ?? "",
      value,
      path: [...place.path, String(index + 1), "member"],
    }),
  )

function inMap(place: Place, rules: Rules): readonly Violation[] {
  const keyRules = place.constraints.shapes[rules.key ?? ""] ?? {}
  return Object.entries(place.value as object).flatMap(([key, value]) => {
    const rule = broken(keyRules, key)
    const path = [...place.path, key]
    const view = place.view.getValueSchema()
    return [
      ...(rule === undefined ? [] : [{ path, value: key, rule }]),
      ...violationsOf({ ...place, view, shape: rules.value ?? "", value, path }),
    ]
  })
}
