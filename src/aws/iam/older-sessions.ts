import { PutRolePolicyCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam"
import type { Cloud } from "../cloud.ts"

/**
 * Sessions live on when the keys that they were lent for are gone. None that begins before then, or in the half minute
 * after it, may do anything any more; what is lent later is not concerned, and neither are keys, which carry no such time.
 */
export async function denyOlderSessions(
  { iam }: Pick<Cloud, "iam">,
  of: { readonly type: "user" | "role"; readonly name: string },
  now: Date,
): Promise<string> {
  const until = secondAfter(now.getTime() + heardWithin)
  const statement = {
    Sid: "NoOlderSessions",
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: { DateLessThan: { "aws:TokenIssueTime": until } },
  }
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] })
  if (of.type === "user") await iam.send(new PutUserPolicyCommand({ UserName: of.name, PolicyName, PolicyDocument }))
  else await iam.send(new PutRolePolicyCommand({ RoleName: of.name, PolicyName, PolicyDocument }))
  return until
}

/** Not all of AWS hears at once that a key is switched off: until then a session can be taken with it. */
const heardWithin = 30_000

/** IAM counts whole seconds: one that began earlier in this one is older, too. */
const secondAfter = (time: number): string =>
  new Date(Math.floor(time / 1000) * 1000 + 1000).toISOString().replace(".000Z", "Z")

const PolicyName = "no-older-sessions"
