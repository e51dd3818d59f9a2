import { createHash } from "node:crypto"
import { request } from "node:http"
import { signatureOf } from "../../sigv4.ts"
import { type Context, Fault } from "../context.ts"

export interface Wanted {
  readonly service: string
  readonly method: string
  /** Percent-encoded. */
  readonly path: string
  /** With its question mark. */
  readonly search?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export interface Answered {
  readonly status: number
  readonly body: Buffer
}

/** Asks the sandbox in the name of the instance's role. What the role may do is not looked at: nothing is evaluated here. */
export async function ask(on: Context, wanted: Wanted): Promise<Answered> {
  const { facts } = on
  if (!facts.keys)
    throw new Fault('Unable to locate credentials. You can configure credentials by running "aws configure".', 253)
  if (facts.reach === "nothing" || (facts.reach === "store" && wanted.service !== "s3")) {
    const host = `${wanted.service}.${facts.region}.amazonaws.com`
    throw new Fault(`Could not connect to the endpoint URL: "https://${host}/"`, 255)
  }
  const { body = "", method, path, search = "", service } = wanted
  const hash = createHash("sha256").update(body).digest("hex")
  const stamp = new Date().toISOString().replace(/[-:]|\.\d{3}/g, "")
  const { host } = new URL(facts.url)
  const headers = { host, "x-amz-date": stamp, "x-amz-content-sha256": hash, ...wanted.headers }
  const lines = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  const signing = {
    day: stamp.slice(0, 8),
    region: facts.region,
    service,
    signedHeaders: lines.map(([name]) => name).sort(),
  }
  const signed = { method, path, search, lines, headers }
  const signature = signatureOf(signed, signing, hash, facts.keys.secretAccessKey)
  const scope = `${facts.keys.accessKeyId}/${signing.day}/${facts.region}/${service}/aws4_request`
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${signing.signedHeaders.join(";")}, Signature=${signature}`
  return send(`${facts.url}${path}${search}`, method, { ...headers, authorization }, body)
}

function send(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method, agent: false, headers: { ...headers, "content-length": Buffer.byteLength(body) } },
      (response) => {
        const parts: Buffer[] = []
        response.on("data", (part: Buffer) => parts.push(part))
        response.on("error", reject)
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts) }))
      },
    )
    sent.on("error", () => reject(new Fault(`Could not connect to the endpoint URL: "${url}"`, 255)))
    sent.end(body)
  })
}

/** Operations of the services that speak JSON; fails as the aws command does. */
export async function askJson(
  on: Context,
  service: string,
  target: string,
  input: object,
): Promise<Record<string, unknown>> {
  const operation = target.slice(target.indexOf(".") + 1)
  const { body, status } = await ask(on, {
    service,
    method: "POST",
    path: "/",
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
    body: JSON.stringify(input),
  })
  const answer = JSON.parse(body.toString() || "{}")
  if (status === 200) return answer
  const code = String(answer.__type ?? answer.code ?? status).replace(/^.*#/, "")
  throw refused(code, operation, String(answer.message ?? answer.Message ?? ""))
}

export const refused = (code: string, operation: string, message: string): Fault =>
  new Fault(`\nAn error occurred (${code}) when calling the ${operation} operation: ${message}`, 254)
