import type * as client from "@aws-sdk/client-route-53"
import { describe, expect, it, test } from "vitest"
import { route53 } from "../../../../src/sandbox/services/route53/index.ts"
import { unheeded } from "../heeding.ts"
import { provesRefusals, type Row } from "../refusal-table.ts"
import { type Rig, rigOf } from "../rig.ts"

type Ground = Rig<typeof client>

/** A zone `example.com`. */
const ground = (): Ground => {
  const aws = rigOf<typeof client>(route53)
  aws.run("CreateHostedZone", { Name: "example.com", CallerReference: "one" })
  return aws
}

const zone = (aws: Ground): string => aws.run("ListHostedZones", {}).HostedZones?.[0]?.Id ?? ""

type Set = client.ResourceRecordSet
const text = (more: Partial<Set> = {}): Set => ({
  Name: "a.example.com",
  Type: "CNAME",
  TTL: 300,
  ResourceRecords: [{ Value: "b.example.com" }],
  ...more,
})
const alias = (more: Partial<client.AliasTarget> = {}): Set => ({
  Name: "www.example.com",
  Type: "A",
  AliasTarget: {
    HostedZoneId: "Z35SXDOTRQ7X7K",
    DNSName: "lb-1.us-east-1.elb.amazonaws.com",
    EvaluateTargetHealth: false,
    ...more,
  },
})
const change = (aws: Ground, Action: client.ChangeAction, ResourceRecordSet: Set) =>
  aws.run("ChangeResourceRecordSets", {
    HostedZoneId: zone(aws),
    ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] },
  })
const refused = (aws: Ground, Action: client.ChangeAction, ResourceRecordSet: Set) =>
  aws.refused("ChangeResourceRecordSets", {
    HostedZoneId: zone(aws),
    ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] },
  })

const api = (operation: string) => `Route 53 API reference: ${operation}`
const rows: readonly Row<Ground>[] = [
  [
    "a zone that is not there",
    "NoSuchHostedZone: Z1",
    api("GetHostedZone"),
    (aws) => aws.refused("GetHostedZone", { Id: "Z1" }),
  ],
  [
    "a reference that was used",
    "HostedZoneAlreadyExists: one",
    api("CreateHostedZone"),
    (aws) => aws.refused("CreateHostedZone", { Name: "other.com", CallerReference: "one" }),
  ],
  [
    "no name at all",
    "InvalidDomainName: -.com",
    api("CreateHostedZone"),
    (aws) => aws.refused("CreateHostedZone", { Name: "-.com", CallerReference: "two" }),
  ],
  [
    "a zone with records of somebody's",
    "HostedZoneNotEmpty: non-required",
    api("DeleteHostedZone"),
    (aws) => {
      change(aws, "CREATE", text())
      return aws.refused("DeleteHostedZone", { Id: zone(aws) })
    },
  ],
  [
    "a record that is there",
    "InvalidChangeBatch: but it already exists",
    api("ChangeResourceRecordSets"),
    (aws) => {
      change(aws, "CREATE", text())
      return refused(aws, "CREATE", text({ TTL: 60 }))
    },
  ],
  [
    "one that is not there",
    "InvalidChangeBatch: but it was not found",
    api("ChangeResourceRecordSets"),
    (aws) => refused(aws, "DELETE", text()),
  ],
  [
    "one with another value",
    "InvalidChangeBatch: do not match the current values",
    api("ChangeResourceRecordSets"),
    (aws) => {
      change(aws, "CREATE", text())
      return refused(aws, "DELETE", text({ TTL: 60 }))
    },
  ],
  [
    "a name of another zone",
    "InvalidChangeBatch: not permitted in zone",
    api("ChangeResourceRecordSets"),
    (aws) => refused(aws, "CREATE", text({ Name: "a.example.org" })),
  ],
  [
    "a CNAME for the zone itself",
    "InvalidChangeBatch: not permitted at apex",
    api("ChangeResourceRecordSets"),
    (aws) => refused(aws, "CREATE", text({ Name: "example.com" })),
  ],
  [
    "a CNAME beside another record",
    "InvalidChangeBatch: conflicts with other records",
    api("ChangeResourceRecordSets"),
    (aws) => {
      change(aws, "CREATE", alias())
      return refused(aws, "CREATE", text({ Name: "www.example.com" }))
    },
  ],
  [
    "an alias into a wrong zone",
    "InvalidChangeBatch: does not lie within the target zone",
    api("AliasTarget"),
    (aws) => refused(aws, "CREATE", alias({ HostedZoneId: "Z1" })),
  ],
  [
    "an alias with a time to live",
    "InvalidChangeBatch: cannot have a TTL",
    api("AliasTarget"),
    (aws) => refused(aws, "CREATE", { ...alias(), TTL: 60 }),
  ],
  [
    "the zone's own name servers",
    "InvalidChangeBatch: at least one NS record",
    api("ChangeResourceRecordSets"),
    (aws) => {
      const { ResourceRecordSets = [] } = aws.run("ListResourceRecordSets", { HostedZoneId: zone(aws) })
      return refused(aws, "DELETE", ResourceRecordSets[0] ?? text())
    },
  ],
  [
    "a record with no value",
    "InvalidInput: AliasTarget or TTL",
    api("ResourceRecordSet"),
    (aws) => refused(aws, "CREATE", { Name: "a.example.com", Type: "A" }),
  ],
  ["a change that is not there", "NoSuchChange: C1", api("GetChange"), (aws) => aws.refused("GetChange", { Id: "C1" })],
  [
    "what is not served",
    "NotImplemented: Weight",
    "the sandbox's own",
    (aws) => refused(aws, "CREATE", text({ Weight: 1 })),
  ],
]

provesRefusals(new URL("../../../../src/sandbox/services/route53/", import.meta.url), rows, ground)

describe("a hosted zone", () => {
  it("is found by its name, and goes with what belongs to it", () => {
    const aws = ground()
    aws.run("CreateHostedZone", { Name: "a.example.com.", CallerReference: "two" })
    const names = (found: { HostedZones?: client.HostedZone[] | undefined }) =>
      found.HostedZones?.map(({ Name }) => Name)
    expect(names(aws.run("ListHostedZonesByName", {}))).toEqual(["example.com.", "a.example.com."])
    expect(names(aws.run("ListHostedZonesByName", { DNSName: "a.example.com" }))).toEqual(["a.example.com."])
    const first = aws.run("ListHostedZonesByName", { MaxItems: 1 })
    expect([names(first), first.IsTruncated, first.NextDNSName]).toEqual([["example.com."], true, "a.example.com."])
    aws.run("DeleteHostedZone", { Id: zone(aws) })
    expect(names(aws.run("ListHostedZones", {}))).toEqual(["a.example.com."])
  })

  it("lists its records by labels from the last, page by page", () => {
    const aws = ground()
    for (const Name of ["b.example.com", "a.example.com", "x.a.example.com"]) change(aws, "UPSERT", text({ Name }))
    const all: string[] = []
    let next: { StartRecordName?: string | undefined; StartRecordType?: client.RRType | undefined } | undefined = {}
    while (next) {
      const page: ReturnType<typeof list> = list(aws, next)
      all.push(...(page.ResourceRecordSets ?? []).map(({ Name, Type }) => `${Type} ${Name}`))
      next = page.IsTruncated
        ? { StartRecordName: page.NextRecordName, StartRecordType: page.NextRecordType }
        : undefined
    }
    expect(all).toEqual([
      "NS example.com.",
      "SOA example.com.",
      "CNAME a.example.com.",
      "CNAME x.a.example.com.",
      "CNAME b.example.com.",
    ])
  })

  it("knows of a change everywhere after a while", () => {
    const aws = ground()
    const Id = change(aws, "CREATE", alias()).ChangeInfo?.Id
    expect(aws.run("GetChange", { Id }).ChangeInfo?.Status).toBe("PENDING")
    aws.pass(60)
    expect(aws.run("GetChange", { Id }).ChangeInfo?.Status).toBe("INSYNC")
  })
})

const list = (aws: Ground, start: object) =>
  aws.run("ListResourceRecordSets", { HostedZoneId: zone(aws), MaxItems: 2, ...start })

const goesThrough = (aws: Ground): readonly (readonly [Parameters<Ground["run"]>[0], object])[] => [
  [
    "ChangeResourceRecordSets",
    {
      HostedZoneId: zone(aws),
      ChangeBatch: { Comment: "c", Changes: [{ Action: "CREATE", ResourceRecordSet: text() }] },
    },
  ],
  ["CreateHostedZone", { Name: "n.com", CallerReference: "n", HostedZoneConfig: { Comment: "c" } }],
  ["DeleteHostedZone", { Id: zone(aws) }],
  ["GetChange", { Id: change(aws, "CREATE", alias()).ChangeInfo?.Id }],
  ["GetHostedZone", { Id: zone(aws) }],
  ["ListHostedZones", {}],
  ["ListHostedZonesByName", { DNSName: "a.com" }],
  ["ListResourceRecordSets", { HostedZoneId: zone(aws), StartRecordName: "a" }],
]

test.each(goesThrough(ground()).map(([name]) => name))("%s heeds all that a caller can say", (name) => {
  const aws = ground()
  const [, input = {}] = goesThrough(aws).find(([one]) => one === name) ?? []
  if (name === "DeleteHostedZone") change(aws, "DELETE", alias())
  expect(unheeded(route53, name, input, (watched) => aws.run(name, watched as never))).toEqual([])
})

test("every operation that is served is among them", () => {
  expect(goesThrough(ground()).map(([name]) => name)).toEqual(Object.keys(route53.handlers).sort())
})
