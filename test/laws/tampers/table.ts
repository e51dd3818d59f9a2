import type { Session } from "../../../src/aws/clients.ts"
import type { CloudKind } from "../../../src/aws/step.ts"
import type { Cause } from "../../../src/engine/plan.ts"

/** Changes one field of a thing as somebody at the console would. */
export type Tamper<Live> = (by: Session, live: Live) => Promise<unknown>

export interface Row<Live> {
  readonly does: Tamper<Live>
  /** All fields that differ then; without it, the one alone. */
  readonly seen?: (live: Live) => readonly (keyof Live & string)[]
  /** Why the plan says that it differs; without it, drift. */
  readonly cause?: Cause
  /** What the plan says besides, of all that stands on it. */
  readonly also?: readonly string[]
}

/** How each field of a kind is changed from outside, in one or several ways; and those that AWS lets nobody change. */
export interface Tampers<Live extends object> {
  readonly fields: { readonly [Field in keyof Live]?: Tamper<Live> | readonly (Tamper<Live> | Row<Live>)[] }
  /** With the reason. */
  readonly fixed: { readonly [Field in keyof Live]?: string }
}

/** A kind's rows, whatever its things are like: who uses them got the live thing from that very kind. */
export interface KindTampers {
  readonly kind: string
  readonly rows: Readonly<Record<string, readonly Row<never>[]>>
  readonly fixed: Readonly<Record<string, string | undefined>>
}

export function tampersOf<Live extends object>(kind: CloudKind<Live>, { fields, fixed }: Tampers<Live>): KindTampers {
  const entries = Object.entries<Tamper<Live> | readonly (Tamper<Live> | Row<Live>)[] | undefined>(fields)
  const rows = entries.map(([field, given = []]) => [field, [given].flat().map(rowOf<Live>)])
  return { kind: kind.name, rows: Object.fromEntries(rows), fixed }
}

const rowOf = <Live>(given: Tamper<Live> | Row<Live>): Row<Live> =>
  typeof given === "function" ? { does: given } : given
