import { createHash } from "node:crypto"
import { type Call, Refusal } from "../../../service.ts"
import { regional } from "../../regional.ts"

interface TokenRecord {
  readonly fingerprint: string
  readonly ids: readonly string[]
}

interface Tokened {
  readonly ClientToken?: string | undefined
}

/**
 * Makes things at most once per client token: the same request again is answered with what the first one made,
 * another request under the same token is refused. Where a token holds only for one place, `place` names it.
 */
export const oncePerToken = (
  call: Call,
  operation: string,
  input: Tokened,
  make: () => readonly string[],
  place = "",
): readonly string[] => {
  if (!input.ClientToken) return make()
  const table = regional<TokenRecord>(call, "ec2/client-token")
  const key = [operation, input.ClientToken, place].join("/")
  const known = table.get(key)
  const fingerprint = fingerprintOf(input)
  if (!known) {
    const ids = make()
    // What made nothing may be tried again: only a success is remembered.
    if (ids.length > 0) table.put(key, { fingerprint, ids })
    return ids
  }
  if (known.fingerprint === fingerprint) return known.ids
  throw new Refusal(
    "IdempotentParameterMismatch",
    `The client token '${input.ClientToken}' was used for another request of ${operation}`,
  )
}

/** Of what was asked, however the members are ordered; a dry run asks the same. */
const fingerprintOf = (input: object): string => {
  const asked = { ...input, ClientToken: undefined, DryRun: undefined }
  return createHash("sha256").update(JSON.stringify(asked, sortedKeys)).digest("hex")
}

const sortedKeys = (_key: string, value: unknown): unknown =>
  value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value
