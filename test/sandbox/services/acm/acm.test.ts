import type * as client from "@aws-sdk/client-acm"
import type * as dns from "@aws-sdk/client-route-53"
import { describe, expect, it, test } from "vitest"
import type { Service } from "../../../../src/sandbox/service.ts"
import { acm } from "../../../../src/sandbox/services/acm/index.ts"
import { route53 } from "../../../../src/sandbox/services/route53/index.ts"
import { unheeded } from "../heeding.ts"
import { provesRefusals, type Row } from "../refusal-table.ts"
import { type Rig, rigOf } from "../rig.ts"

/** One store for both, since a certificate is proved by a record. */
const both: Service = {
  ...acm,
  handlers: { ...acm.handlers, ...route53.handlers },
}
type Ground = Rig<typeof client & typeof dns>
const ground = (): Ground => rigOf<typeof client & typeof dns>(both)

const names = { DomainName: "a.example.com", SubjectAlternativeNames: ["a.example.com", "b.example.com"] }
const asked = { ...names, ValidationMethod: "DNS" as const }
const request = (aws: Ground, more: object = {}) =>
  aws.run("RequestCertificate", { ...asked, ...more }).CertificateArn ?? ""
const state = (aws: Ground, arn: string) => aws.run("DescribeCertificate", { CertificateArn: arn }).Certificate?.Status

function prove(aws: Ground, arn: string): string {
  const { HostedZone } = aws.run("CreateHostedZone", { Name: "example.com", CallerReference: arn })
  aws.pass(5)
  const { Certificate } = aws.run("DescribeCertificate", { CertificateArn: arn })
  for (const { ResourceRecord } of Certificate?.DomainValidationOptions ?? [])
    change(aws, HostedZone?.Id, "CREATE", ResourceRecord)
  return HostedZone?.Id ?? ""
}

function change(
  aws: Ground,
  HostedZoneId: string | undefined,
  Action: dns.ChangeAction,
  record: client.ResourceRecord | undefined,
) {
  const set = { Name: record?.Name, Type: "CNAME" as const, TTL: 60, ResourceRecords: [{ Value: record?.Value }] }
  aws.run("ChangeResourceRecordSets", { HostedZoneId, ChangeBatch: { Changes: [{ Action, ResourceRecordSet: set }] } })
}

const nowhere = "arn:aws:acm:us-east-1:111122223333:certificate/none"
const api = (operation: string) => `ACM API reference: ${operation}`
const many = Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: "" }))
const rows: readonly Row<Ground>[] = [
  [
    "a certificate that is not there",
    "ResourceNotFoundException: none",
    api("DescribeCertificate"),
    (aws) => aws.refused("DescribeCertificate", { CertificateArn: nowhere }),
  ],
  [
    "what is no ARN",
    "InvalidArnException: x",
    api("DescribeCertificate"),
    (aws) => aws.refused("DeleteCertificate", { CertificateArn: "x" }),
  ],
  [
    "what is no name",
    "InvalidParameterException: a b",
    api("RequestCertificate"),
    (aws) => aws.refused("RequestCertificate", { ...asked, DomainName: "a b" }),
  ],
  [
    "more names than a certificate has",
    "LimitExceededException: at most 10 domain names",
    "ACM user guide: quotas",
    (aws) =>
      aws.refused("RequestCertificate", {
        ...asked,
        SubjectAlternativeNames: many.map(({ Key }) => `${Key}.example.com`),
      }),
  ],
  [
    "a tag of AWS's own",
    "InvalidTagException: aws:x",
    api("AddTagsToCertificate"),
    (aws) => aws.refused("RequestCertificate", { ...asked, Tags: [{ Key: "aws:x" }] }),
  ],
  [
    "the 51st tag",
    "TooManyTagsException: 50",
    api("AddTagsToCertificate"),
    (aws) => aws.refused("AddTagsToCertificate", { CertificateArn: request(aws), Tags: many }),
  ],
  [
    "one that a load balancer shows",
    "ResourceInUseException: is in use",
    api("DeleteCertificate"),
    (aws) => {
      const certificate = request(aws)
      aws.put("elbv2/listener@us-east-1", "l", { arn: "l", certificate, loadBalancer: "b", actions: [], tags: [] })
      return aws.refused("DeleteCertificate", { CertificateArn: certificate })
    },
  ],
  [
    "a token that was never given",
    "InvalidArgsException: token",
    api("ListCertificates"),
    (aws) => aws.refused("ListCertificates", { NextToken: "?" }),
  ],
  [
    "what is not served",
    "NotImplemented: EMAIL",
    "the sandbox's own",
    (aws) => aws.refused("RequestCertificate", { ...names, ValidationMethod: "EMAIL" }),
  ],
]

provesRefusals(new URL("../../../../src/sandbox/services/acm/", import.meta.url), rows, ground)

describe("a certificate", () => {
  it("tells after a moment how it is proved, and the same for every one of this name", () => {
    const aws = ground()
    const arn = request(aws)
    const proofs = (of: string) =>
      aws
        .run("DescribeCertificate", { CertificateArn: of })
        .Certificate?.DomainValidationOptions?.map(({ ResourceRecord }) => ResourceRecord?.Name)
    expect(proofs(arn)).toEqual([undefined, undefined])
    aws.pass(5)
    const first = proofs(arn)
    expect(first).toEqual([
      expect.stringMatching(/^_\w+\.a\.example\.com\.$/),
      expect.stringMatching(/^_\w+\.b\.example\.com\.$/),
    ])
    const other = request(aws)
    aws.pass(5)
    expect(other).not.toBe(arn)
    expect(proofs(other)).toEqual(first)
  })

  it("is issued some minutes after all its records are there, and stays so when they go", () => {
    const aws = ground()
    const arn = request(aws)
    const zone = prove(aws, arn)
    expect(state(aws, arn)).toBe("PENDING_VALIDATION")
    aws.pass(300)
    expect(state(aws, arn)).toBe("ISSUED")
    const { Certificate } = aws.run("DescribeCertificate", { CertificateArn: arn })
    for (const { ResourceRecord } of Certificate?.DomainValidationOptions ?? [])
      change(aws, zone, "DELETE", ResourceRecord)
    expect(state(aws, arn)).toBe("ISSUED")
    expect(aws.run("ListCertificates", { CertificateStatuses: ["ISSUED"] }).CertificateSummaryList).toHaveLength(1)
    expect(aws.run("ListCertificates", { CertificateStatuses: ["PENDING_VALIDATION"] }).CertificateSummaryList).toEqual(
      [],
    )
  })

  it("that nobody proves is given up after three days", () => {
    const aws = ground()
    const arn = request(aws)
    aws.pass(72 * 3600 + 1)
    expect(state(aws, arn)).toBe("VALIDATION_TIMED_OUT")
  })

  it("is the same for the same token within an hour", () => {
    const aws = ground()
    const arn = request(aws, { IdempotencyToken: "one" })
    expect(request(aws, { IdempotencyToken: "one" })).toBe(arn)
    expect(request(aws, { IdempotencyToken: "two" })).not.toBe(arn)
    aws.pass(3601)
    expect(request(aws, { IdempotencyToken: "one" })).not.toBe(arn)
  })

  it("loses a tag, with its value only where that is the one", () => {
    const aws = ground()
    const CertificateArn = request(aws, {
      Tags: [
        { Key: "a", Value: "1" },
        { Key: "b", Value: "2" },
      ],
    })
    aws.run("RemoveTagsFromCertificate", { CertificateArn, Tags: [{ Key: "a", Value: "9" }, { Key: "b" }] })
    expect(aws.run("ListTagsForCertificate", { CertificateArn }).Tags).toEqual([{ Key: "a", Value: "1" }])
  })
})

const Tags = [{ Key: "a", Value: "b" }]
const goesThrough = (CertificateArn: string): readonly (readonly [Parameters<Ground["run"]>[0], object])[] => [
  ["AddTagsToCertificate", { CertificateArn, Tags }],
  ["DeleteCertificate", { CertificateArn }],
  ["DescribeCertificate", { CertificateArn }],
  ["ListCertificates", { CertificateStatuses: ["ISSUED"], Includes: {} }],
  ["ListTagsForCertificate", { CertificateArn }],
  ["RemoveTagsFromCertificate", { CertificateArn, Tags }],
  ["RequestCertificate", { ...asked, Tags, IdempotencyToken: "t", Options: {} }],
]

test.each(goesThrough("").map(([name]) => name))("%s heeds all that a caller can say", (name) => {
  const aws = ground()
  const [, input = {}] =
    goesThrough(request(aws, { Tags: [{ Key: "a", Value: "b" }] })).find(([one]) => one === name) ?? []
  expect(unheeded(acm, name ?? "", input, (watched) => aws.run(name, watched as never))).toEqual([])
})

test("every operation that is served is among them", () => {
  expect(goesThrough("").map(([name]) => name)).toEqual(Object.keys(acm.handlers).sort())
})
