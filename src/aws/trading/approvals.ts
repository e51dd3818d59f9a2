import type { Scope } from "../../engine/types.ts"
import { Refused } from "../../errors.ts"
import { jsonOf } from "../state/json.ts"
import type { Objects } from "../state/objects.ts"
import { readToken, refuseUnfit, type Token } from "./tokens.ts"

/**
 * Somebody else's word for one token, kept apart from it, so that only approvers need be let in there; each under a key
 * with his name, which IAM lets nobody else write.
 */
export interface Approval {
  readonly schema: 1
  readonly id: string
  readonly at: string
  /** The ARN of the user whose name is in the key: what the content says else is nobody's word. */
  readonly by: string
  /** What the token bound when it was approved. */
  readonly binding: string
}

/** Refuses the one who had the token made, and who is no user of IAM. A second approval of the same token changes nothing. */
export async function approveToken(objects: Objects, scope: Scope, id: string, by: string): Promise<Approval> {
  const { token, at } = await readToken(objects, scope, id)
  refuseUnfit(token, token, at)
  refuseOwn(token, by)
  const key = approvalKey(scope, id, userNamed(by))
  const approval: Approval = { schema: 1, id, at: new Date(at).toISOString(), by, binding: token.binding }
  if (await objects.put(key, approvalText(approval), undefined)) return approval
  const found = await approvalAt(objects, token, key)
  if (found) return found
  throw new Refused(`the token ${id} has an approval that does not fit it`, {
    hint: "have another token printed: smart0dte switch-mode live --dry-run",
  })
}

/** Nothing where nobody has approved just this token, or only the one who had it made. Rather not whose ARN is given. */
export async function readApproval(objects: Objects, token: Token, not?: string): Promise<Approval | undefined> {
  const keys = await objects.list(approvalFolder(token.scope, token.id))
  const found = await Promise.all(keys.map((key) => approvalAt(objects, token, key)))
  const others = found.flatMap((one) => (one && !samePerson(one.by, token.by) ? one : []))
  return others.find(({ by }) => not === undefined || !samePerson(by, not)) ?? others[0]
}

/** Whose it is says the key alone. One that does not agree with its key was written by somebody else's hand. */
async function approvalAt(objects: Objects, { scope, id, binding }: Token, key: string): Promise<Approval | undefined> {
  const { text } = await objects.get(key)
  const approval = text === undefined ? undefined : approvalOf(text)
  if (approval?.id !== id || approval.binding !== binding) return undefined
  const name = userIn(approval.by)
  return name !== undefined && key === approvalKey(scope, id, name) ? approval : undefined
}

function userNamed(arn: string): string {
  const name = userIn(arn)
  if (name !== undefined) return name
  throw new Refused(`${arn} is no user of IAM, and nobody else approves`, {
    hint: "an approval is kept under the name of a user: sign in as one, with a second factor",
  })
}

/** Names of users have no slash, whatever path stands before them. */
const userIn = (arn: string): string | undefined => /^arn:[\w-]+:iam::\d+:user\/(?:.*\/)?([\w+=,.@-]+)$/.exec(arn)?.[1]

function refuseOwn({ id, by: maker }: Token, by: string): void {
  if (!samePerson(maker, by)) return
  throw new Refused(`the token ${id} was made by ${maker}, and ${by} does not tell another person`, {
    hint: "somebody else must approve it, who is a user of IAM",
  })
}

/**
 * Whoever assumes a role gives its session any name; only IAM Identity Center names it after the person. Of users no two
 * have one name, whatever their paths and capitals.
 */
export function samePerson(one: string, other: string): boolean {
  return personOf(one) === personOf(other)
}

function personOf(arn: string): string {
  const user = userIn(arn)
  if (user !== undefined) return `user/${user.toLowerCase()}`
  return /:assumed-role\/(?!AWSReservedSSO_)/.test(arn) ? arn.split("/").slice(0, 2).join("/") : arn
}

const approvalFolder = (scope: Scope, id: string): string => `trading/${scope}/approvals/${id}/`

const approvalKey = (scope: Scope, id: string, name: string): string => `${approvalFolder(scope, id)}${name}.json`

const approvalText = (approval: Approval): string => `${JSON.stringify(approval)}\n`

const approvalOf = (text: string): Approval | undefined => jsonOf(text, isApproval)

function isApproval(value: unknown): value is Approval {
  if (typeof value !== "object" || value === null) return false
  const { schema, id, at, by, binding }: { [K in keyof Approval]?: unknown } = value
  return schema === 1 && [id, at, by, binding].every((each) => typeof each === "string")
}
