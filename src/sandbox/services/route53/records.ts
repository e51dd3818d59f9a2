import type * as route53 from "@aws-sdk/client-route-53"
import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { given } from "../given.ts"

export interface ZoneRecord {
  readonly id: string
  /** With the dot at its end. */
  readonly name: string
  readonly reference: string
  readonly comment?: string | undefined
}

/** One set of a zone: there is one for each name and type. */
export interface SetRecord {
  readonly zone: string
  readonly name: string
  readonly type: route53.RRType
  readonly ttl?: number | undefined
  readonly values: readonly string[]
  readonly alias?: Readonly<route53.AliasTarget> | undefined
  /** When its value became what it is. */
  readonly since: number
}

export interface ChangeRecord {
  readonly id: string
  readonly submitted: number
  readonly comment?: string | undefined
}

// Names are one space for all regions.
export const zones = (call: Call): Table<ZoneRecord> => call.store.table("route53/hosted-zone")
export const sets = (call: Call): Table<SetRecord> => call.store.table("route53/record-set")
export const changes = (call: Call): Table<ChangeRecord> => call.store.table("route53/change")

/** Takes the id with the path before it that answers show, too. */
export const zoneOf = (call: Call, given_: string | undefined): ZoneRecord => {
  const id = given(given_, "id", "InvalidInput").replace(/^\/?hostedzone\//, "")
  const found = zones(call).get(id)
  if (!found) throw new Refusal("NoSuchHostedZone", `No hosted zone found with ID: ${id}`)
  return found
}

export const setsOf = (call: Call, zone: ZoneRecord): readonly SetRecord[] =>
  sets(call)
    .all()
    .filter((set) => set.zone === zone.id)

export const setId = (zone: string, name: string, type: string): string => `${zone} ${name} ${type}`

/** Names are kept in lower case, with the dot at their end. */
export const whole = (name: string): string => `${name.toLowerCase().replace(/\.$/, "")}.`

/** From the last label to the first, which is the order that Route 53 lists in. */
export const byLabels = (name: string): string => name.split(".").toReversed().join(".")

/** Since when anybody can look this record up; nothing where it is not there. */
export const firstSeen = (
  call: Call,
  wanted: { readonly Name: string; readonly Type: string; readonly Value: string },
): number | undefined => {
  const found = sets(call)
    .all()
    .filter(({ name, type, values }) => {
      const says = values.some((value) => whole(value) === whole(wanted.Value))
      return name === whole(wanted.Name) && type === wanted.Type && says
    })
  return found.length > 0 ? Math.min(...found.map(({ since }) => since)) : undefined
}

/** A change is known everywhere after about a minute. */
export const noteChange = (call: Call, comment?: string): route53.ChangeInfo => {
  const id = `C${call.id("change").slice(-16).toUpperCase()}`
  const record = { id, submitted: call.now, comment }
  changes(call).put(id, record)
  return changeView(call, record)
}

export const changeView = (call: Call, { id, submitted, comment }: ChangeRecord): route53.ChangeInfo => ({
  Id: `/change/${id}`,
  Status: call.now < submitted + 40_000 ? "PENDING" : "INSYNC",
  SubmittedAt: new Date(submitted),
  Comment: comment,
})
