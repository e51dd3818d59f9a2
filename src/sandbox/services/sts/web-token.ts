import { Refusal } from "../../service.ts"
import { type Fields, policyOf, textsOf } from "../policy-document.ts"

/** The claims of a token that count here. */
export interface WebToken {
  readonly iss: string
  readonly sub: string
  readonly aud: readonly string[]
  /** In seconds. */
  readonly exp: number
}

/**
 * Reads a JSON Web Token. Its signature is not checked: the keys of who issued it lie at his address, and nothing of
 * the sandbox leaves this machine. Whoever reaches the sandbox can write himself any token; AWS would see through it.
 */
export const readToken = (text: string): WebToken => {
  const [head, body, signature, ...more] = text.split(".")
  const header = partOf(head)
  const claims = partOf(body)
  if (!header || !claims || !signature || more.length > 0) throw notAToken(NO_TOKEN)
  if (!/^(RS|ES)(256|384|512)$/.test(String(header.alg))) throw notAToken(NO_TOKEN)
  const { exp, iat, iss, sub } = claims
  const aud = textsOf(claims.aud)
  for (const [name, there] of [
    ["iss", typeof iss === "string"],
    ["sub", typeof sub === "string"],
    ["aud", aud.length > 0],
    ["exp", typeof exp === "number"],
    ["iat", typeof iat === "number"],
  ] as const)
    if (!there) throw notAToken(`Missing a required claim: ${name}`)
  return { iss: String(iss), sub: String(sub), aud, exp: Number(exp) }
}

export const notAToken = (message: string): Refusal => new Refusal("InvalidIdentityToken", message, 400)

const NO_TOKEN = "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"

const partOf = (part = ""): Fields | undefined => policyOf(Buffer.from(part, "base64url").toString())
