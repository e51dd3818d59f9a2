import { createHash } from "node:crypto"
import type { Context } from "../context.ts"
import type { Answer, Question } from "./answers.ts"

export const METADATA = "169.254.169.254"

/** The instance metadata service, in the version that wants a token. */
export function answerMetadata({ facts }: Context, { headers, method, url }: Question): Answer {
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
  }
  const body = known[url.pathname.replace("/latest/meta-data/", "")]
  return body === undefined ? { status: 404, body: "" } : { status: 200, body }
}
