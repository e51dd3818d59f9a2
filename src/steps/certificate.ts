import {
  AddTagsToCertificateCommand,
  type CertificateDetail,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  ListTagsForCertificateCommand,
  paginateListCertificates,
  RequestCertificateCommand,
} from "@aws-sdk/client-acm"
import { arn, onAnything, unclaimed } from "../aws/allow.ts"
import type { Cloud } from "../aws/cloud.ts"
import { listed } from "../aws/listed.ts"
import { everyItem } from "../aws/pages.ts"
import { elsewhere } from "../aws/route53/hosted-zones.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { birthTags, type Tag } from "../aws/tags.ts"
import type { Found, Scope } from "../engine/types.ts"

/** The record that proves a name is ours. */
export interface Proof {
  readonly host: string
  readonly name: string
  readonly value: string
}

export interface Certificate {
  /** Its ARN. */
  readonly id: string
  readonly hosts: readonly string[]
  /** The zone that the proofs go into, or that there is none here. */
  readonly zone: string
  readonly proofs: readonly Proof[]
}

export interface CertificateWish {
  readonly scope: Scope
  readonly name: string
  /** Each by its full name: a wildcard would cover more than is ours. */
  readonly hosts: readonly [string, ...string[]]
  readonly zone: Need<{ readonly value: string }>
}

export const certificate = ({ scope, name, hosts, zone }: CertificateWish) =>
  step({
    kind: certificateKind,
    name,
    scope,
    needs: { zone },
    spec: { hosts: hosts.toSorted() },
    links: ({ zone }) => ({ zone: zone.value }),
    async create(ctx, { zone }, birth) {
      await ctx.acm.send(
        new RequestCertificateCommand({
          DomainName: hosts[0],
          SubjectAlternativeNames: [...hosts],
          ValidationMethod: "DNS",
          KeyAlgorithm: "RSA_2048",
          IdempotencyToken: birth.token.slice(0, 32),
          Tags: [...birthTags(birth), { Key: zoneTag, Value: zone.value }],
        }),
      )
    },
    async update(ctx, { id: CertificateArn }, _, { zone }) {
      const Tags = [{ Key: zoneTag, Value: zone.value }]
      await ctx.acm.send(new AddTagsToCertificateCommand({ CertificateArn, Tags }))
    },
  })

/** Who can prove the names, whichever blueprint asks: a list must know whether to wait. */
const zoneTag = "smart0dte:zone"

export const certificateKind: CloudKind<Certificate> = {
  name: "certificate",
  // AWS knows our token for an hour only.
  unique: "tags",
  async list(ctx, scopes) {
    const all = await everyItem(
      paginateListCertificates({ client: ctx.acm }, {}),
      (page) => page.CertificateSummaryList,
    )
    const tagged = await Promise.all(
      all.map(async ({ CertificateArn = "" }) => ({ CertificateArn, Tags: await tagsOf(ctx, CertificateArn) })),
    )
    const ours = listed("certificate", tagged, ({ CertificateArn, Tags }) => {
      const zone = Tags.find(({ Key }) => Key === zoneTag)?.Value ?? elsewhere
      return { live: { ...blank, id: CertificateArn, zone }, phase: "ready" }
    }).filter(({ scope }) => scopes.includes(scope))
    const whole = await Promise.all(
      ours.map(async (found) => {
        const state = await describe(ctx, found.live)
        return state ? [{ ...found, ...state }] : []
      }),
    )
    return whole.flat()
  },
  async destroy(ctx, { id: CertificateArn }) {
    await ctx.acm.send(new DeleteCertificateCommand({ CertificateArn }))
    return undefined
  },
  before: ["listener", "load-balancer"],
  fixed: ["hosts"],
  blank: { id: "", hosts: [], zone: "", proofs: [] },
  allow: [
    onAnything("acm:ListCertificates", "acm:RequestCertificate"),
    { action: ["acm:DescribeCertificate", "acm:ListTagsForCertificate"], resource: arn("acm", "certificate/*") },
    {
      action: ["acm:AddTagsToCertificate", "acm:DeleteCertificate"],
      resource: arn("acm", "certificate/*"),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
      when: { StringEquals: { "aws:ResourceTag/smart0dte:scope": "${scope}" } },
    },
    // At its birth.
    { action: "acm:AddTagsToCertificate", resource: arn("acm", "certificate/*"), when: unclaimed(true) },
  ],
  usually: { create: 265, update: 1, destroy: 2 },
}

const blank: Certificate = { id: "", hosts: [], zone: "", proofs: [] }

async function tagsOf(ctx: Cloud, CertificateArn: string): Promise<Tag[]> {
  const { Tags = [] } = await ctx.acm.send(new ListTagsForCertificateCommand({ CertificateArn }))
  return Tags.map(({ Key = "", Value = "" }) => ({ Key, Value }))
}

type State = Pick<Found<Certificate>, "live" | "phase" | "waitsFor">

/** Nothing as long as a new one does not know how it is to be proved: what needs it needs to know that. */
async function describe(ctx: Cloud, { id, zone }: Certificate): Promise<State | undefined> {
  const { Certificate: found = {} } = await ctx.acm.send(new DescribeCertificateCommand({ CertificateArn: id }))
  const live = { id, zone, hosts: (found.SubjectAlternativeNames ?? []).toSorted(), proofs: proofsOf(found) }
  if (found.Status === "ISSUED") return { live, phase: "ready" }
  if (found.Status !== "PENDING_VALIDATION")
    return { live, phase: { failed: `its state is ${found.Status} ${found.FailureReason ?? ""}`.trim() } }
  if (live.proofs.length < live.hosts.length) return undefined
  return { live, phase: "pending", waitsFor: zone === elsewhere ? records(live.proofs) : undefined }
}

const proofsOf = ({ DomainValidationOptions = [] }: CertificateDetail): readonly Proof[] =>
  DomainValidationOptions.flatMap(({ DomainName: host = "", ResourceRecord }) =>
    ResourceRecord ? [{ host, name: ResourceRecord.Name ?? "", value: ResourceRecord.Value ?? "" }] : [],
  ).toSorted((a, b) => (a.host < b.host ? -1 : 1))

const records = (proofs: readonly Proof[]) =>
  `these records to be set where the domain's names are kept: ${proofs.map(({ name, value }) => `CNAME ${name} to ${value}`).join(", ")}`
