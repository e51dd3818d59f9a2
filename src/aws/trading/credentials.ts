import { isDeepStrictEqual } from "node:util"
import {
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-secrets-manager"
import type { Scope } from "../../engine/types.ts"
import { Refused, UserError } from "../../errors.ts"
import type { Cloud, Place } from "../cloud.ts"
import { nameFor, rolePath } from "../names.ts"
import { secretName } from "../secrets/secret-names.ts"

// No identity policy of a node admits it to the live account's credentials. Only this policy on the secret does, and it
// stands there no longer than a system is live, or about to be.

export const liveSecret = (scope: Scope): string => secretName(scope, "broker-live/keys")

export const nodeRoleArn = ({ partition, account }: Place, scope: Scope): string =>
  `arn:${partition}:iam::${account}:role${rolePath(scope)}${nameFor(scope, "node")}`

/** Lets nodes read them, and makes sure of it. A policy of somebody else's is not written over. */
export async function armCredentials(ctx: Cloud, scope: Scope): Promise<void> {
  const SecretId = liveSecret(scope)
  const wanted = policyFor(ctx, scope)
  const found = await policyOn(ctx, scope)
  if (found !== undefined && !isDeepStrictEqual(found, wanted))
    throw new Refused(`the secret ${SecretId} has a resource policy that is not ours`, {
      hint: "see who may read it, and take that policy off: aws secretsmanager delete-resource-policy",
    })
  if (found !== undefined) return
  const ResourcePolicy = JSON.stringify(wanted)
  await ctx.secrets.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy, BlockPublicPolicy: true }))
  if (isDeepStrictEqual(await policyOn(ctx, scope), wanted)) return
  throw new UserError(`the secret ${SecretId} does not admit the node after it was told to`, {
    hint: "somebody else may be changing it; nothing was switched",
  })
}

/** Whatever policy stands there goes: nobody is admitted by it afterwards, and that is made sure of. */
export async function disarmCredentials(ctx: Cloud, scope: Scope): Promise<void> {
  const SecretId = liveSecret(scope)
  if ((await policyOn(ctx, scope)) === undefined) return
  await ctx.secrets.send(new DeleteResourcePolicyCommand({ SecretId }))
  if ((await policyOn(ctx, scope)) === undefined) return
  throw new UserError(`the secret ${SecretId} still has a resource policy after it was taken off`, {
    hint: "nodes may still read the live account's password: take it off in the console of Secrets Manager",
  })
}

/** Whether anybody is admitted by a policy on them: ours, or somebody else's. */
export const areArmed = async (ctx: Cloud, scope: Scope): Promise<boolean> => (await policyOn(ctx, scope)) !== undefined

async function policyOn(ctx: Cloud, scope: Scope): Promise<unknown> {
  const { ResourcePolicy } = await ctx.secrets.send(new GetResourcePolicyCommand({ SecretId: liveSecret(scope) }))
  return ResourcePolicy === undefined ? undefined : parsed(ResourcePolicy)
}

const policyFor = (place: Place, scope: Scope): object => ({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Smart0dteLive",
      Effect: "Allow",
      Principal: { AWS: nodeRoleArn(place, scope) },
      Action: "secretsmanager:GetSecretValue",
      Resource: "*",
    },
  ],
})

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
