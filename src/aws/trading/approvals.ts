import type { Scope } from "../../engine/types.ts"
import { Refused } from "../../errors.ts"
import { jsonOf } from "../state/json.ts"
import type { Objects } from "../state/objects.ts"
import { readToken, refuseUnfit, type Token } from "./tokens.ts"

/** Somebody else's word for one token, kept apart from it, so that only approvers need be let in there. */
export interface Approval {
  readonly schema: 1
  readonly id: string
  readonly at: string
  readonly by: string
  /** What the token bound when it was approved. */
  readonly binding: string
}

/** Refuses the one who had the token made. A second approval of the same token changes nothing. */
export async function approveToken(objects: Objects, scope: Scope, id: string, by: string): Promise<Approval> {
  const { token, at } = await readToken(objects, scope, id)
  refuseUnfit(token, token, at)
  refuseOwn(token, by)
  const key = approvalKey(scope, id)
  const approval: Approval = { schema: 1, id, at: new Date(at).toISOString(), by, binding: token.binding }
  if (await objects.put(key, approvalText(approval), undefined)) return approval
  const found = approvalOf((await objects.get(key)).text ?? "")
  if (found?.id === id && found.binding === token.binding) return found
  throw new Refused(`the token ${id} has an approval that does not fit it`, {
    hint: "have another token printed: smart0dte switch-mode live --dry-run",
  })
}

/** Nothing where nobody has approved just this token, or only the one who had it made. */
export async function readApproval(objects: Objects, token: Token): Promise<Approval | undefined> {
  const { text } = await objects.get(approvalKey(token.scope, token.id))
  const approval = text === undefined ? undefined : approvalOf(text)
  if (approval?.id !== token.id || approval.binding !== token.binding) return undefined
  return samePerson(approval.by, token.by) ? undefined : approval
}

function refuseOwn({ id, by: maker }: Token, by: string): void {
  if (!samePerson(maker, by)) return
  throw new Refused(`the token ${id} was made by ${maker}, and ${by} does not tell another person`, {
    hint: "somebody else must approve it: another user, another role, or another session of IAM Identity Center",
  })
}

/** Whoever assumes a role gives its session any name; only IAM Identity Center names it after the person. */
export function samePerson(one: string, other: string): boolean {
  return personOf(one) === personOf(other)
}

const personOf = (arn: string): string =>
  /:assumed-role\/(?!AWSReservedSSO_)/.test(arn) ? arn.split("/").slice(0, 2).join("/") : arn

const approvalKey = (scope: Scope, id: string): string => `trading/${scope}/approvals/${id}.json`

const approvalText = (approval: Approval): string => `${JSON.stringify(approval)}\n`

const approvalOf = (text: string): Approval | undefined => jsonOf(text, isApproval)

function isApproval(value: unknown): value is Approval {
  if (typeof value !== "object" || value === null) return false
  const { schema, id, at, by, binding }: { [K in keyof Approval]?: unknown } = value
  return schema === 1 && [id, at, by, binding].every((each) => typeof each === "string")
}
