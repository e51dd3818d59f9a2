import { onAnything, parameterArn } from "../aws/allow.ts"
import type { Cloud } from "../aws/cloud.ts"
import { nameFor } from "../aws/names.ts"
import { chosenZones, elsewhere } from "../aws/route53/hosted-zones.ts"
import { changeRecord, plain, type RecordSet, recordAt, recordsOf } from "../aws/route53/record-sets.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import type { Found, Scope } from "../engine/types.ts"

export type DnsRecord = RecordSet

interface AliasWish {
  readonly scope: Scope
  /** The full name, which is also that of the step. */
  readonly host: string
  readonly zone: Need<{ readonly value: string }>
  readonly loadBalancer: Need<{ readonly dnsName: string; readonly zoneId: string }>
}

/** Leads a system's name to the load balancer. */
export const alias = ({ scope, host, zone, loadBalancer }: AliasWish) =>
  step({
    kind: dnsRecordKind,
    name: host,
    scope,
    needs: { zone, loadBalancer },
    started: ["loadBalancer"],
    spec: { record: host, type: "ALIAS A", ttl: 0 },
    links: ({ zone, loadBalancer }) => ({ zone: zone.value, value: target(loadBalancer) }),
    // A name that leads to a load balancer which is gone is there all the same.
    read: (ctx, { zone, loadBalancer = nowhere }) =>
      found(ctx, scope, zone && aliasSet(host, zone.value, loadBalancer)),
    create: (ctx, { zone, loadBalancer }) => changeRecord(ctx, "CREATE", aliasSet(host, zone.value, loadBalancer)),
    update: (ctx, _, __, { zone, loadBalancer }) =>
      changeRecord(ctx, "UPSERT", aliasSet(host, zone.value, loadBalancer)),
  })

interface ProofWish {
  readonly scope: Scope
  readonly host: string
  readonly zone: Need<{ readonly value: string }>
  readonly certificate: Need<{ readonly proofs: readonly Proof[] }>
}

interface Proof {
  readonly host: string
  readonly name: string
  readonly value: string
}

/** Shows the authority that a certificate's name is ours. */
export const proof = ({ scope, host, zone, certificate }: ProofWish) =>
  step({
    kind: dnsRecordKind,
    name: `proof.${host}`,
    scope,
    needs: { zone, certificate },
    // The certificate waits for this record.
    started: ["certificate"],
    spec: { type: "CNAME", ttl: 300 },
    links: ({ zone, certificate }) => {
      const { record, value } = proofSet(host, zone.value, certificate.proofs)
      return { zone: zone.value, record, value }
    },
    read: (ctx, { zone, certificate }) =>
      found(ctx, scope, zone && certificate && proofSet(host, zone.value, certificate.proofs)),
    create: (ctx, { zone, certificate }) => changeRecord(ctx, "CREATE", proofSet(host, zone.value, certificate.proofs)),
    update: (ctx, _, __, { zone, certificate }) =>
      changeRecord(ctx, "UPSERT", proofSet(host, zone.value, certificate.proofs)),
  })

export const dnsRecordKind: CloudKind<DnsRecord> = {
  name: "dns-record",
  unique: "name",
  async list(ctx, scopes) {
    const zones = await chosenZones(ctx, scopes)
    const lists = await Promise.all(
      zones.map(async ({ scope, domain, zone }) => {
        const inside = (await recordsOf(ctx, zone)).filter(({ record }) => record.endsWith(`.${domain}`))
        return inside.flatMap((live) => {
          const name = nameIfOurs(scope, live)
          return name === undefined ? [] : [{ scope, name, live, owner: "ours" as const, phase: "ready" as const }]
        })
      }),
    )
    return lists.flat()
  },
  async destroy(ctx, live) {
    if (live.zone !== elsewhere) await changeRecord(ctx, "DELETE", live)
    return undefined
  },
  fixed: ["zone", "record"],
  blank: { zone: "", record: "", type: "CNAME", ttl: 0, value: "" },
  allow: [
    onAnything("route53:ListHostedZones"),
    {
      action: "route53:ListResourceRecordSets",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
      resource: "arn:${partition}:route53:::hostedzone/*",
    },
    {
      action: "route53:ChangeResourceRecordSets",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
      resource: "arn:${partition}:route53:::hostedzone/*",
      // Which zone it is, and what is below which name there, is chosen later than a policy is written.
      when: {
        "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["A", "CNAME"] },
        Null: { "route53:ChangeResourceRecordSetsRecordTypes": "false" },
      },
    },
    { action: "ssm:GetParametersByPath", resource: parameterArn("choices*") },
  ],
  usually: { create: 2, update: 2, destroy: 2 },
}

/** Where the zone is elsewhere, there is nothing to be done here: it is taken to be as it should. */
async function found(ctx: Cloud, scope: Scope, want: RecordSet | undefined): Promise<Found<DnsRecord> | undefined> {
  if (!want || want.record === "") return undefined
  if (want.zone === elsewhere) return { live: want, owner: "ours", phase: "ready" }
  const live = await recordAt(ctx, want.zone, want.record)
  return live && { live, owner: nameIfOurs(scope, live) === undefined ? "foreign" : "ours", phase: "ready" }
}

const target = ({ dnsName, zoneId }: { readonly dnsName: string; readonly zoneId: string }) =>
  `${zoneId} ${plain(dnsName)}`

type Balancer = Parameters<typeof target>[0]
const nowhere: Balancer = { dnsName: "", zoneId: "" }

const aliasSet = (host: string, zone: string, balancer: Balancer): RecordSet => ({
  zone,
  record: host,
  type: "ALIAS A",
  ttl: 0,
  value: target(balancer),
})

function proofSet(host: string, zone: string, proofs: readonly Proof[]): RecordSet {
  const { name = "", value = "" } = proofs.find((one) => one.host === host) ?? {}
  return { zone, record: plain(name), type: "CNAME", ttl: 300, value: plain(value) }
}

/**
 * Records have no tags. Ours are known by what they lead to: a load balancer that has our name, or the authority's
 * own answer for a name below the domain that was chosen for this scope.
 */
function nameIfOurs(scope: Scope, { record, type, value }: RecordSet): string | undefined {
  const [, balancer = ""] = value.split(" ")
  if (type === "ALIAS A" && balancer.replace(/^dualstack\./, "").startsWith(nameFor(scope, ""))) return record
  const host = record.slice(record.indexOf(".") + 1)
  if (type === "CNAME" && record.startsWith("_") && value.endsWith(".acm-validations.aws")) return `proof.${host}`
  return undefined
}
