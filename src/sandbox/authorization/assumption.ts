import type { Call } from "../service.ts"
import type { Context } from "./conditions.ts"
import { contextOf } from "./context.ts"

/** A request to be in a role, as far as conditions ask for it. */
interface Assumption {
  readonly ExternalId?: unknown
  readonly RoleSessionName?: unknown
  readonly TokenCode?: unknown
}

export const assumptionContext = (call: Call, assumption: Assumption): Context => ({
  ...contextOf(call, { arn: call.callerArn, session: call.session }),
  ...saidBy(assumption),
})

/** A code counts as a second factor for this one request; whether it is right is seen before anybody is let in. */
export const saidBy = ({ ExternalId, RoleSessionName, TokenCode }: Assumption): Context => ({
  "sts:ExternalId": textOf(ExternalId),
  "sts:RoleSessionName": textOf(RoleSessionName),
  ...(TokenCode !== undefined && { "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "0" }),
})

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)
