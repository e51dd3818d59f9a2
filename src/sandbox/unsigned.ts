import { Refusal } from "./service.ts"
import type { Verdict } from "./sigv4.ts"
import type { Protocol } from "./wire/dialect.ts"

export type Unsigned = Exclude<Verdict, "good"> | "missing" | "expired"

/** How a service says that it does not accept a signature: each has words of its own. */
export function unsigned(protocol: Protocol, why: Unsigned): Refusal {
  const [code, message, status] = WORDS[protocol][why] ?? COMMON[why]
  return new Refusal(code, message, status)
}

type Words = readonly [code: string, message: string, status: number]

const EXPIRED = "the security token included in the request is expired"
const INVALID = "the security token included in the request is invalid"
const MISMATCH =
  "the request signature we calculated does not match the signature you provided: check the secret access key and how the request is signed"
const OLD = "the request was signed more than 15 minutes from now: set this machine's clock"

const COMMON: Readonly<Record<Unsigned, Words>> = {
  missing: ["MissingAuthenticationToken", "the request carries no signature: send it with credentials", 403],
  "unknown-key": ["InvalidClientTokenId", INVALID, 403],
  "bad-signature": ["SignatureDoesNotMatch", MISMATCH, 403],
  "bad-body": ["SignatureDoesNotMatch", "the body does not have the hash that the request says it has", 403],
  skewed: ["SignatureDoesNotMatch", `signature expired: ${OLD}`, 403],
  "unsupported-body": ["NotImplemented", "smart0dte's sandbox does not read bodies signed chunk by chunk", 501],
  expired: ["ExpiredToken", EXPIRED, 403],
}

const JSON_WORDS: Partial<Record<Unsigned, Words>> = {
  missing: ["MissingAuthenticationTokenException", COMMON.missing[1], 400],
  "unknown-key": ["UnrecognizedClientException", INVALID, 400],
  "bad-signature": ["InvalidSignatureException", MISMATCH, 400],
  "bad-body": ["InvalidSignatureException", COMMON["bad-body"][1], 400],
  skewed: ["InvalidSignatureException", `signature expired: ${OLD}`, 400],
  expired: ["ExpiredTokenException", EXPIRED, 400],
}

const WORDS: Readonly<Record<Protocol, Partial<Record<Unsigned, Words>>>> = {
  awsQuery: {},
  awsJson: JSON_WORDS,
  restJson: JSON_WORDS,
  ec2Query: {
    "unknown-key": ["AuthFailure", "AWS was not able to validate the provided access credentials", 401],
    skewed: ["RequestExpired", OLD, 400],
    expired: ["RequestExpired", EXPIRED, 400],
  },
  restXml: {
    missing: ["AccessDenied", "Access Denied", 403],
    "unknown-key": ["InvalidAccessKeyId", "the access key id you provided does not exist in our records", 403],
    "bad-body": ["XAmzContentSHA256Mismatch", COMMON["bad-body"][1], 400],
    skewed: ["RequestTimeTooSkewed", OLD, 403],
    expired: ["ExpiredToken", EXPIRED, 400],
  },
}
