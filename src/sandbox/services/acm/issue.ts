import { createHash } from "node:crypto"
import type { CertificateStatus } from "@aws-sdk/client-acm"
import type { Call } from "../../service.ts"
import { firstSeen } from "../route53/records.ts"
import { type CertificateRecord, certificates } from "./records.ts"

/** The median of what was seen in public logs, from the record's being there on. */
const examination = 265_000
/** ACM gives up on what nobody proves. */
const patience = 72 * 3_600_000
/** A new certificate does not know at once what it wants to see. */
const reflection = 3_000

/** The record by which the owner of a name proves it: the same for every certificate of this account. */
export const proofOf = (call: Call, name: string) => {
  const digest = (what: string) => createHash("md5").update(`${what} ${call.account} ${name}`).digest("hex")
  const domain = name.replace(/^\*\./, "")
  return {
    Name: `_${digest("name")}.${domain}.`,
    Type: "CNAME" as const,
    Value: `_${digest("value")}.${digest("place").slice(0, 10).replace(/\d/g, "x")}.acm-validations.aws.`,
  }
}

export const knowsProofs = (call: Call, { created }: CertificateRecord): boolean => call.now >= created + reflection

/** When it was issued or will be; never, where a name has no proof. */
export const issuedAt = (call: Call, { created, issued, names }: CertificateRecord): number => {
  if (issued !== undefined) return issued
  const seen = names.map((name) => firstSeen(call, proofOf(call, name)) ?? Number.POSITIVE_INFINITY)
  return Math.max(created, ...seen) + examination
}

export const statusOf = (call: Call, certificate: CertificateRecord): CertificateStatus => {
  if (call.now >= issuedAt(call, certificate)) return "ISSUED"
  return call.now < certificate.created + patience ? "PENDING_VALIDATION" : "VALIDATION_TIMED_OUT"
}

/** Whether a name is proved, though the certificate may wait for others. */
export const isProved = (call: Call, certificate: CertificateRecord, name: string): boolean => {
  const seen = firstSeen(call, proofOf(call, name))
  return certificate.issued !== undefined || (seen !== undefined && call.now >= seen + examination)
}

/** Before a proof goes: what is issued stays so. */
export const keepIssued = (call: Call): void => {
  for (const one of certificates(call).all()) {
    const at = issuedAt(call, one)
    if (one.issued === undefined && call.now >= at) certificates(call).put(one.arn, { ...one, issued: at })
  }
}
