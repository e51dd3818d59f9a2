import { Refusal } from "../service.ts"

/** A required member. The server refuses a request without one; this is the same refusal, and satisfies the compiler. */
export const given = <T>(value: T | undefined, member: string, code = "ValidationError"): T => {
  if (value !== undefined) return value
  const rule = `Value null at '${member}' failed to satisfy constraint: Member must not be null`
  throw new Refusal(code, `1 validation error detected: ${rule}`)
}
