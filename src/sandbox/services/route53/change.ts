import type * as route53 from "@aws-sdk/client-route-53"
import { type Call, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { notServed } from "../unserved.ts"
import { type SetRecord, setsOf, whole, type ZoneRecord } from "./records.ts"

/** A set as it is asked for, or the reason why this zone cannot have it. */
export const setOf = (call: Call, zone: ZoneRecord, asked: route53.ResourceRecordSet): SetRecord => {
  const routed = unserved.find((member) => asked[member] !== undefined)
  if (routed) throw notServed(`${routed} of a resource record set`)
  const name = whole(given(asked.Name, "name", "InvalidInput"))
  const type = given(asked.Type, "type", "InvalidInput")
  if (name !== zone.name && !name.endsWith(`.${zone.name}`)) {
    throw invalid(`RRSet with DNS name ${name} is not permitted in zone ${zone.name}`)
  }
  if (type === "CNAME" && name === zone.name) {
    throw invalid(`RRSet of type CNAME with DNS name ${name} is not permitted at apex in zone ${zone.name}`)
  }
  const others = setsOf(call, zone).filter((set) => set.name === name && set.type !== type)
  if (others.length > 0 && (type === "CNAME" || others.some((set) => set.type === "CNAME"))) {
    const message = "is not permitted as it conflicts with other records with the same DNS name in zone"
    throw invalid(`RRSet of type ${type} with DNS name ${name} ${message} ${zone.name}`)
  }
  return { zone: zone.id, name, type, since: call.now, ...contentOf(asked) }
}

const unserved = [
  "SetIdentifier",
  "Weight",
  "Region",
  "GeoLocation",
  "Failover",
  "MultiValueAnswer",
  "HealthCheckId",
  "TrafficPolicyInstanceId",
  "CidrRoutingConfig",
  "GeoProximityLocation",
] as const satisfies readonly (keyof route53.ResourceRecordSet)[]

const contentOf = (asked: route53.ResourceRecordSet): Pick<SetRecord, "ttl" | "values" | "alias"> => {
  const { AliasTarget: alias, TTL: ttl, ResourceRecords: records } = asked
  if (alias) {
    if (ttl !== undefined || records?.length) throw invalid("An alias cannot have a TTL or records of its own")
    const { DNSName, EvaluateTargetHealth, HostedZoneId } = alias
    const target = whole(given(DNSName, "aliasTarget.dnsName", "InvalidInput"))
    // The only targets here are load balancers, all in the zone of their region.
    if (!/^[a-z0-9.-]+\.elb\.amazonaws\.com\.$/.test(target) || HostedZoneId !== "Z35SXDOTRQ7X7K") {
      const within = "but the alias target name does not lie within the target zone"
      throw invalid(
        `Tried to create an alias that targets ${target}, type ${asked.Type} in zone ${HostedZoneId}, ${within}`,
      )
    }
    return { values: [], alias: { HostedZoneId, DNSName: target, EvaluateTargetHealth: EvaluateTargetHealth ?? false } }
  }
  if (!records?.length || ttl === undefined) {
    throw new Refusal(
      "InvalidInput",
      "Invalid request: Expected exactly one of AliasTarget or TTL with ResourceRecords",
    )
  }
  return { ttl, values: records.map(({ Value = "" }) => Value) }
}

const invalid = (message: string): Refusal => new Refusal("InvalidChangeBatch", `[${message}]`)
