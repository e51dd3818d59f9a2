import type * as route53 from "@aws-sdk/client-route-53"
import { handlers, Refusal } from "../../service.ts"
import { keepIssued } from "../acm/issue.ts"
import { given } from "../given.ts"
import { notServed } from "../unserved.ts"
import { setOf } from "./change.ts"
import {
  byLabels,
  changes,
  changeView,
  noteChange,
  type SetRecord,
  setId,
  sets,
  setsOf,
  whole,
  zoneOf,
} from "./records.ts"

export const setHandlers = handlers<typeof route53>()({
  ChangeResourceRecordSets(input, call) {
    const zone = zoneOf(call, input.HostedZoneId)
    keepIssued(call)
    const batch = given(input.ChangeBatch?.Changes, "changeBatch.changes", "InvalidInput")
    if (batch.length === 0) throw new Refusal("InvalidInput", "1 validation error detected: the batch has no changes")
    for (const { Action, ResourceRecordSet: asked } of batch) {
      const set = setOf(call, zone, given(asked, "resourceRecordSet", "InvalidInput"))
      const id = setId(zone.id, set.name, set.type)
      const there = sets(call).get(id)
      const named = `resource record set [name='${set.name}', type='${set.type}']`
      if (Action === "CREATE" && there) throw invalid(`Tried to create ${named} but it already exists`)
      if (Action !== "DELETE") {
        const same = there !== undefined && isSame(there, set)
        sets(call).put(id, { ...set, since: same ? there.since : call.now })
        continue
      }
      if (!there) throw invalid(`Tried to delete ${named} but it was not found`)
      if (!isSame(there, set)) {
        throw invalid(`Tried to delete ${named} but the values provided do not match the current values`)
      }
      if (set.name === zone.name && /^(NS|SOA)$/.test(set.type)) {
        throw invalid(`A HostedZone must contain at least one ${set.type} record for the zone itself.`)
      }
      sets(call).delete(id)
    }
    return { ChangeInfo: noteChange(call, input.ChangeBatch?.Comment) }
  },

  ListResourceRecordSets(input, call) {
    if (input.StartRecordIdentifier !== undefined) throw notServed("StartRecordIdentifier")
    const zone = zoneOf(call, input.HostedZoneId)
    const { MaxItems: size = 300, StartRecordName: name, StartRecordType: type } = input
    if (size < 1 || size > 300) throw new Refusal("InvalidInput", `MaxItems must be from 1 to 300, not ${size}`)
    if (type !== undefined && name === undefined) {
      throw new Refusal("InvalidInput", "The input is not valid: a type needs a name")
    }
    const start = name === undefined ? "" : `${byLabels(whole(name))} ${type ?? ""}`
    const order = (set: Pick<SetRecord, "name" | "type">) => `${byLabels(set.name)} ${set.type}`
    const all = setsOf(call, zone)
      .filter((set) => order(set) >= start)
      .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
    const next = all[size]
    return {
      ResourceRecordSets: all.slice(0, size).map(view),
      IsTruncated: next !== undefined,
      NextRecordName: next?.name,
      NextRecordType: next?.type,
      MaxItems: size,
    }
  },

  GetChange(input, call) {
    const id = given(input.Id, "id", "InvalidInput").replace(/^\/?change\//, "")
    const found = changes(call).get(id)
    if (!found) throw new Refusal("NoSuchChange", `Could not find resource with ID: ${id}`)
    return { ChangeInfo: changeView(call, found) }
  },
})

const isSame = (there: SetRecord, set: SetRecord): boolean => JSON.stringify(view(there)) === JSON.stringify(view(set))

const view = ({ name, type, ttl, values, alias }: SetRecord): route53.ResourceRecordSet => ({
  Name: name,
  Type: type,
  ...(alias ? { AliasTarget: alias } : { TTL: ttl, ResourceRecords: values.map((Value) => ({ Value })) }),
})

/** Route 53 puts all that is wrong with a batch between brackets. */
const invalid = (message: string): Refusal => new Refusal("InvalidChangeBatch", `[${message}]`)
