import type * as acm from "@aws-sdk/client-acm"
import { type Call, handlers, Refusal } from "../../service.ts"
import { listeners } from "../elbv2/records.ts"
import { given } from "../given.ts"
import { pageByName } from "../pages.ts"
import { notServed, refuseUnserved } from "../unserved.ts"
import { isProved, issuedAt, knowsProofs, proofOf, statusOf } from "./issue.ts"
import { type CertificateRecord, certificateOf, certificates } from "./records.ts"
import { withTags } from "./tags.ts"

const hour = 3_600_000

export const certificateHandlers = handlers<typeof acm>()({
  RequestCertificate(input, call) {
    refuseUnserved(input, ["DomainValidationOptions", "CertificateAuthorityArn", "ManagedBy"])
    if (input.ValidationMethod !== "DNS")
      throw notServed(`certificates that are validated by ${input.ValidationMethod}`)
    if ((input.KeyAlgorithm ?? "RSA_2048") !== "RSA_2048") throw notServed(`keys of ${input.KeyAlgorithm}`)
    refuseUnserved(input.Options ?? {}, ["ValidationMethod"])
    if (input.Options?.Export === "ENABLED") throw notServed("certificates that can be exported")
    const names = [...new Set([given(input.DomainName, "domainName"), ...(input.SubjectAlternativeNames ?? [])])]
    const wrong = names.find((name) => !isName(name))
    if (wrong !== undefined) throw invalid(`The domain name ${wrong} is not valid`)
    const { IdempotencyToken: token } = input
    const same = token === undefined ? undefined : repeated(call, token, names)
    if (same) return { CertificateArn: same.arn }
    const quota = call.quota("DomainNamesPerCertificate", 10)
    if (names.length > quota) throw exceeded(`a certificate can have at most ${quota} domain names`)
    const limit = call.quota("Certificates", 2500)
    if (certificates(call).all().length >= limit) throw exceeded(`there can be at most ${limit} certificates`)
    const id = call.id("cert").slice(-16)
    const arn = `arn:${call.partition}:acm:${call.region}:${call.account}:certificate/${id.slice(0, 8)}-${id.slice(8, 12)}-4${id.slice(13)}-8000-${id.slice(0, 12)}`
    certificates(call).put(arn, {
      arn,
      names,
      created: call.now,
      token,
      transparency: input.Options?.CertificateTransparencyLoggingPreference ?? "ENABLED",
      tags: withTags([], input.Tags ?? []),
    })
    return { CertificateArn: arn }
  },

  DescribeCertificate(input, call) {
    return { Certificate: detail(call, certificateOf(call, input.CertificateArn)) }
  },

  ListCertificates(input, call) {
    refuseUnserved(input, ["SortBy", "SortOrder", "CertificateKeyPairOrigins"])
    const { extendedKeyUsage, exportOption, keyTypes = ["RSA_2048"], keyUsage, managedBy } = input.Includes ?? {}
    if (extendedKeyUsage || exportOption || keyUsage || managedBy) throw notServed("a filter other than keyTypes")
    const states: readonly string[] | undefined = input.CertificateStatuses
    const chosen = certificates(call)
      .all()
      .filter((one) => keyTypes.includes("RSA_2048") && (!states || states.includes(statusOf(call, one))))
    const wish = { size: input.MaxItems ?? 100, token: input.NextToken, refuse }
    const { items, next } = pageByName(chosen, ({ arn }) => arn, wish)
    return { CertificateSummaryList: items.map((one) => brief(call, one)), NextToken: next }
  },

  DeleteCertificate(input, call) {
    const found = certificateOf(call, input.CertificateArn)
    if (usersOf(call, found).length > 0) {
      throw new Refusal("ResourceInUseException", `Certificate ${found.arn} in account ${call.account} is in use.`)
    }
    certificates(call).delete(found.arn)
    return {}
  },
})

/** Asked for once more within the hour, it is the same. */
const repeated = (call: Call, token: string, names: readonly string[]) =>
  certificates(call)
    .all()
    .find((one) => one.token === token && call.now < one.created + hour && one.names.join() === names.join())

/** The load balancers that show it. */
const usersOf = (call: Call, { arn }: CertificateRecord): string[] => [
  ...new Set(
    listeners(call)
      .all()
      .flatMap(({ certificate, loadBalancer }) => (certificate === arn ? [loadBalancer] : [])),
  ),
]

const brief = (call: Call, one: CertificateRecord): acm.CertificateSummary => ({
  CertificateArn: one.arn,
  DomainName: one.names[0],
  SubjectAlternativeNameSummaries: [...one.names],
  HasAdditionalSubjectAlternativeNames: false,
  Status: statusOf(call, one),
  Type: "AMAZON_ISSUED",
  KeyAlgorithm: "RSA_2048",
  KeyUsages: [],
  ExtendedKeyUsages: [],
  InUse: usersOf(call, one).length > 0,
  RenewalEligibility: "INELIGIBLE",
  CreatedAt: new Date(one.created),
})

const detail = (call: Call, one: CertificateRecord): acm.CertificateDetail => {
  const status = statusOf(call, one)
  const issued = status === "ISSUED" ? issuedAt(call, one) : undefined
  const users = usersOf(call, one)
  return {
    CertificateArn: one.arn,
    DomainName: one.names[0],
    SubjectAlternativeNames: [...one.names],
    DomainValidationOptions: one.names.map((DomainName) => ({
      DomainName,
      ValidationDomain: DomainName,
      ValidationMethod: "DNS",
      ValidationStatus: isProved(call, one, DomainName) ? "SUCCESS" : "PENDING_VALIDATION",
      ...(knowsProofs(call, one) && { ResourceRecord: proofOf(call, DomainName) }),
    })),
    Subject: `CN=${one.names[0]}`,
    Issuer: "Amazon",
    CreatedAt: new Date(one.created),
    Status: status,
    KeyAlgorithm: "RSA_2048",
    SignatureAlgorithm: "SHA256WITHRSA",
    InUseBy: users,
    Type: "AMAZON_ISSUED",
    KeyUsages: [],
    ExtendedKeyUsages: [],
    RenewalEligibility: users.length > 0 ? "ELIGIBLE" : "INELIGIBLE",
    Options: { CertificateTransparencyLoggingPreference: one.transparency, Export: "DISABLED" },
    ...(issued !== undefined && {
      IssuedAt: new Date(issued),
      NotBefore: new Date(issued),
      NotAfter: new Date(issued + 395 * 24 * hour),
    }),
  }
}

const isName = (name: string): boolean =>
  name.length <= 253 && /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i.test(name)

const invalid = (message: string): Refusal => new Refusal("InvalidParameterException", message)
const exceeded = (what: string): Refusal =>
  new Refusal("LimitExceededException", `Error: you have reached your quota: ${what}`)
const refuse = (): Refusal => new Refusal("InvalidArgsException", "The token is not valid")
