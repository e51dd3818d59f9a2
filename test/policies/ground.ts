import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
} from "@aws-sdk/client-iam"
import type { Session } from "../../src/aws/clients.ts"
import type { Policy } from "../../src/aws/iam/policy.ts"
import type { Needed } from "../../src/sandbox/enforcement.ts"
import { type Ground, ground } from "../laws/ground.ts"

/** Ground on which policies are enforced, and somebody who has no more than the policies that hang on him. */
export interface Enforced {
  readonly on: Ground
  readonly session: Session
  /** What he needed so far. */
  needed(): readonly Needed[]
  close(): Promise<void>
}

export const administrator = "arn:aws:iam::aws:policy/AdministratorAccess"

/** The policies are ARNs, or documents. */
export async function enforced(policies: readonly (string | Policy)[], name = "somebody"): Promise<Enforced> {
  const on = await ground()
  const { iam } = on.session
  await iam.send(new CreateUserCommand({ UserName: name }))
  for (const [index, policy] of policies.entries()) {
    const PolicyArn = typeof policy === "string" ? policy : await made(iam, `${name}-${index}`, policy)
    await iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn }))
  }
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }))
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {}
  const session = await on.open({ credentials: { accessKeyId, secretAccessKey } })
  on.sandbox.world.enforcement.switch(true)
  return { on, session, needed: () => on.sandbox.world.enforcement.needed(), close: () => on.close() }
}

async function made(iam: Session["iam"], PolicyName: string, policy: Policy): Promise<string> {
  const PolicyDocument = JSON.stringify(policy)
  const { Policy: kept } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }))
  return kept?.Arn ?? ""
}
