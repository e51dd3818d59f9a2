const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url")

export const issuer = "token.actions.githubusercontent.com"

export interface Claims {
  readonly sub?: string
  readonly aud?: string | readonly string[]
  readonly iss?: string
  readonly exp?: number
  readonly iat?: number
}

/** A token as GitHub gives one to a job; nobody signed it. */
export const tokenOf = (claims: object, head: object = {}): string => {
  const now = Math.floor(Date.now() / 1000)
  const usual: Claims = { iss: `https://${issuer}`, aud: "sts.amazonaws.com", iat: now, exp: now + 300 }
  const signature = Buffer.from("not a signature").toString("base64url")
  return [part({ typ: "JWT", alg: "RS256", kid: "1", ...head }), part({ ...usual, ...claims }), signature].join(".")
}
