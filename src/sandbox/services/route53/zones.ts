import type * as route53 from "@aws-sdk/client-route-53"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { refuseUnserved } from "../unserved.ts"
import { byLabels, noteChange, setId, sets, setsOf, whole, type ZoneRecord, zoneOf, zones } from "./records.ts"

export const zoneHandlers = handlers<typeof route53>()({
  CreateHostedZone(input, call) {
    refuseUnserved(input, ["VPC", "DelegationSetId"])
    refuseUnserved(input.HostedZoneConfig ?? {}, ["PrivateZone"])
    const name = whole(given(input.Name, "name", "InvalidInput"))
    if (!/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+$/.test(name)) {
      throw new Refusal("InvalidDomainName", `The domain name is invalid: ${name}`)
    }
    const reference = given(input.CallerReference, "callerReference", "InvalidInput")
    if (
      zones(call)
        .all()
        .some((zone) => zone.reference === reference)
    ) {
      const message = `A hosted zone has already been created with the specified caller reference: ${reference}`
      throw new Refusal("HostedZoneAlreadyExists", message)
    }
    const id = `Z${call.id("zone").slice(-16).toUpperCase()}`
    const zone: ZoneRecord = { id, name, reference, comment: input.HostedZoneConfig?.Comment }
    zones(call).put(id, zone)
    const authority = "ns-1.awsdns-01.org. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"
    const own = { zone: id, name, since: call.now }
    sets(call).put(setId(id, name, "NS"), { ...own, type: "NS", ttl: 172_800, values: nameServers.map(whole) })
    sets(call).put(setId(id, name, "SOA"), { ...own, type: "SOA", ttl: 900, values: [authority] })
    return {
      HostedZone: view(call, zone),
      ChangeInfo: noteChange(call),
      DelegationSet: { NameServers: [...nameServers] },
      Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${id}`,
    }
  },

  GetHostedZone(input, call) {
    const zone = zoneOf(call, input.Id)
    return { HostedZone: view(call, zone), DelegationSet: { NameServers: [...nameServers] } }
  },

  ListHostedZones(input, call) {
    refuseUnserved(input, ["DelegationSetId", "HostedZoneType"])
    const size = most(input.MaxItems)
    const all = zones(call).all()
    const from = input.Marker === undefined ? 0 : all.findIndex(({ id }) => id === input.Marker)
    if (from < 0) throw new Refusal("InvalidInput", `Invalid marker: ${input.Marker}`)
    const next = all[from + size]
    return {
      HostedZones: all.slice(from, from + size).map((zone) => view(call, zone)),
      Marker: input.Marker,
      IsTruncated: next !== undefined,
      NextMarker: next?.id,
      MaxItems: size,
    }
  },

  ListHostedZonesByName(input, call) {
    const size = most(input.MaxItems)
    const order = ({ id, name }: Pick<ZoneRecord, "id" | "name">) => `${byLabels(name)} ${id}`
    const start = input.DNSName && order({ name: whole(input.DNSName), id: input.HostedZoneId ?? "" })
    const all = zones(call)
      .all()
      .filter((zone) => start === undefined || order(zone) >= start)
      .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    const next = all[size]
    return {
      HostedZones: all.slice(0, size).map((zone) => view(call, zone)),
      DNSName: input.DNSName,
      HostedZoneId: input.HostedZoneId,
      IsTruncated: next !== undefined,
      NextDNSName: next?.name,
      NextHostedZoneId: next?.id,
      MaxItems: size,
    }
  },

  DeleteHostedZone(input, call) {
    const zone = zoneOf(call, input.Id)
    const own = setsOf(call, zone)
    if (own.length > 2) {
      const message = "The specified hosted zone contains non-required resource record sets and so cannot be deleted."
      throw new Refusal("HostedZoneNotEmpty", message)
    }
    for (const { name, type } of own) sets(call).delete(setId(zone.id, name, type))
    zones(call).delete(zone.id)
    return { ChangeInfo: noteChange(call) }
  },
})

const nameServers = ["ns-1.awsdns-01.org", "ns-2.awsdns-02.co.uk", "ns-3.awsdns-03.com", "ns-4.awsdns-04.net"] as const

const view = (call: Call, zone: ZoneRecord): route53.HostedZone => ({
  Id: `/hostedzone/${zone.id}`,
  Name: zone.name,
  CallerReference: zone.reference,
  Config: { Comment: zone.comment, PrivateZone: false },
  ResourceRecordSetCount: setsOf(call, zone).length,
})

const most = (asked: number | undefined): number => {
  if (asked !== undefined && (asked < 1 || asked > 300)) {
    throw new Refusal("InvalidInput", `MaxItems must be from 1 to 300, not ${asked}`)
  }
  return asked ?? 100
}
