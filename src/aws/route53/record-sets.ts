import {
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsCommandOutput,
  type ResourceRecordSet,
} from "@aws-sdk/client-route-53"
import type { Cloud } from "../cloud.ts"

/** A name of a zone and what it leads to: text for a CNAME, `zone dns-name` for an alias, which has no time to live. */
export interface RecordSet {
  readonly zone: string
  readonly record: string
  readonly type: string
  readonly ttl: number
  readonly value: string
}

/** What stands at this name, of whatever type; one question. */
export async function recordAt(ctx: Cloud, zone: string, record: string): Promise<RecordSet | undefined> {
  const start = { StartRecordName: record, StartRecordType: "A", MaxItems: 1 } as const
  const command = new ListResourceRecordSetsCommand({ HostedZoneId: zone, ...start })
  const { ResourceRecordSets: [found] = [] } = await ctx.route53.send(command)
  const set = found && recordOf(zone, found)
  return set?.record === plain(record) ? set : undefined
}

/** All of a zone's. */
export async function recordsOf(ctx: Cloud, zone: string): Promise<readonly RecordSet[]> {
  const gathered: RecordSet[] = []
  let next: Pick<ListResourceRecordSetsCommandOutput, "NextRecordName" | "NextRecordType"> | undefined = {}
  while (next) {
    const { NextRecordName: StartRecordName, NextRecordType: StartRecordType }: typeof next = next
    const page: ListResourceRecordSetsCommandOutput = await ctx.route53.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: zone, StartRecordName, StartRecordType }),
    )
    gathered.push(...(page.ResourceRecordSets ?? []).map((set) => recordOf(zone, set)))
    next = page.IsTruncated ? page : undefined
  }
  return gathered
}

export async function changeRecord(ctx: Cloud, Action: "CREATE" | "UPSERT" | "DELETE", set: RecordSet): Promise<void> {
  const Changes = [{ Action, ResourceRecordSet: askedFor(set) }]
  await ctx.route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: set.zone, ChangeBatch: { Changes } }))
}

/** Names are compared in lower case, and without the dot at their end. */
export const plain = (name: string): string => name.toLowerCase().replace(/\.$/, "")

function recordOf(zone: string, set: ResourceRecordSet): RecordSet {
  const { AliasTarget: alias, ResourceRecords = [] } = set
  const values = alias
    ? [`${alias.HostedZoneId} ${plain(alias.DNSName ?? "")}`]
    : ResourceRecords.map(({ Value = "" }) => plain(Value))
  return {
    zone,
    record: plain(set.Name ?? ""),
    // One that is routed by weight, place or health is another than ours, which have no identifier.
    type: set.SetIdentifier === undefined ? `${alias ? "ALIAS " : ""}${set.Type}` : `routed ${set.Type}`,
    ttl: set.TTL ?? 0,
    value: values.join(" "),
  }
}

function askedFor({ record, type, ttl, value }: RecordSet): ResourceRecordSet {
  if (type !== "ALIAS A") return { Name: record, Type: "CNAME", TTL: ttl, ResourceRecords: [{ Value: value }] }
  const [HostedZoneId, DNSName] = value.split(" ")
  return { Name: record, Type: "A", AliasTarget: { HostedZoneId, DNSName, EvaluateTargetHealth: false } }
}
