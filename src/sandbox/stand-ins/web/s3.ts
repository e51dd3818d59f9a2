import { ask } from "../cloud/request.ts"
import { type Context, Fault, notThere } from "../context.ts"
import type { Answer, Question, Silence } from "./answers.ts"
import { faultIn, type Wrong } from "./credentials.ts"

export interface Signing {
  /** What curl was told to sign for: `aws:amz:<region>:s3`. */
  readonly how: string
  readonly user: string
}

/**
 * S3's answer to a request that curl signed with what the metadata service lent. The credentials are looked at here;
 * the sandbox then gets the request in the name of the machine's role, and says what that may.
 */
export async function answerS3(on: Context, question: Question, signing: Signing): Promise<Answer | Silence> {
  const { method, url } = question
  if (method !== "GET") throw notThere(`curl -X ${method} of an object`)
  if (url.search !== "" || url.pathname === "/") throw notThere(`curl of ${url.href}: only an object is got`)
  const { region } = on.facts
  const [, provider, at] = /^aws:(\w+):([\w-]+):s3$/.exec(signing.how) ?? []
  if (provider !== "amz") throw notThere(`curl --aws-sigv4 ${signing.how}`)
  if (at !== region) return refusal({ status: 400, code: "AuthorizationHeaderMalformed" })
  const colon = signing.user.indexOf(":")
  const accessKeyId = signing.user.slice(0, colon)
  const secretAccessKey = signing.user.slice(colon + 1)
  const token = question.headers["x-amz-security-token"] ?? ""
  const wrong = faultIn(on, { accessKeyId, secretAccessKey, token }, Date.now())
  if (wrong) return refusal(wrong)
  return asked(on, `/${bucketIn(url)}${url.pathname}`)
}

/** The bucket whose objects this host serves in the machine's region; the region is part of what is signed. */
export const isS3 = ({ facts }: Context, { hostname }: URL): boolean =>
  hostname.endsWith(`.s3.${facts.region}.amazonaws.com`)

/** Who says nobody of himself is nobody. */
export const anonymous = (): Answer => refusal({ status: 403, code: "AccessDenied" })

const bucketIn = ({ hostname }: URL): string => hostname.slice(0, hostname.indexOf(".s3."))

async function asked(on: Context, path: string): Promise<Answer | Silence> {
  try {
    const { body, status } = await ask(on, { service: "s3", method: "GET", path })
    return { status, body: body.toString() }
  } catch (error) {
    // It says what the aws command would say.
    if (error instanceof Fault) return { code: 7, why: error.message }
    throw error
  }
}

const refusal = ({ code, status }: Wrong): Answer => ({
  status,
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`,
})
