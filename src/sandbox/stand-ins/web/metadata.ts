import { createHash } from "node:crypto"
import type { Context } from "../context.ts"
import type { Answer, Question } from "./answers.ts"
import { lend } from "./credentials.ts"

export const METADATA = "169.254.169.254"

/** The instance metadata service, in the version that wants a token. */
export function answerMetadata(on: Context, { headers, method, url }: Question): Answer {
  const { facts } = on
  const token = createHash("sha256").update(`metadata ${facts.id}`).digest("base64url")
  if (url.pathname === "/latest/api/token") {
    if (method !== "PUT") return { status: 405, body: "" }
    return headers["x-aws-ec2-metadata-token-ttl-seconds"] === undefined
      ? { status: 400, body: "" }
      : { status: 200, body: token }
  }
  if (headers["x-aws-ec2-metadata-token"] !== token) return { status: 401, body: "" }
  const known: Readonly<Record<string, string>> = {
    "instance-id": facts.id,
    "local-ipv4": facts.privateIp,
    "placement/availability-zone": facts.zone,
    "placement/region": facts.region,
    ...credentialsOf(on),
  }
  const body = known[url.pathname.replace("/latest/meta-data/", "")]
  return body === undefined ? { status: 404, body: "" } : { status: 200, body }
}

/** Nothing where the instance has no role. */
function credentialsOf(on: Context): Readonly<Record<string, string>> {
  const lent = lend(on, Date.now())
  const { role } = on.facts
  if (!lent || role === undefined) return {}
  const folder = "iam/security-credentials"
  const document = {
    Code: "Success",
    LastUpdated: inSeconds(Date.now()),
    Type: "AWS-HMAC",
    AccessKeyId: lent.accessKeyId,
    SecretAccessKey: lent.secretAccessKey,
    Token: lent.token,
    Expiration: inSeconds(lent.until),
  }
  return { [folder]: role, [`${folder}/`]: role, [`${folder}/${role}`]: JSON.stringify(document, undefined, 2) }
}

const inSeconds = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`
