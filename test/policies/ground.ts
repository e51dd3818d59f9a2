import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
} from "@aws-sdk/client-iam"
import type { Session } from "../../src/aws/clients.ts"
import type { Cloud } from "../../src/aws/cloud.ts"
import type { Policy } from "../../src/aws/iam/policy.ts"
import { formerValues } from "../../src/aws/state/former.ts"
import { acquireLocks } from "../../src/aws/state/lock.ts"
import { stateObjects } from "../../src/aws/state/objects.ts"
import { apply } from "../../src/engine/apply.ts"
import type { Outcome } from "../../src/engine/perform.ts"
import type { Run } from "../../src/engine/run.ts"
import type { Scope } from "../../src/engine/types.ts"
import type { Needed } from "../../src/sandbox/enforcement.ts"
import { stateBucket } from "../../src/steps/bucket.ts"
import { type Ground, type GroundOptions, ground } from "../laws/ground.ts"
import { place } from "../laws/wishes.ts"

/** Ground on which policies are enforced, and somebody who has no more than the policies that hang on him. */
export interface Enforced {
  readonly on: Ground
  readonly session: Session
  /** What he needed since that was last forgotten. */
  needed(): readonly Needed[]
  forget(): void
  close(): Promise<void>
}

/** The policies are ARNs, or documents. */
export async function enforced(
  policies: readonly (string | Policy)[],
  name = "somebody",
  options: GroundOptions = {},
): Promise<Enforced> {
  const on = await ground(options)
  const { iam } = on.session
  await iam.send(new CreateUserCommand({ UserName: name }))
  for (const [index, policy] of policies.entries()) {
    const PolicyArn = typeof policy === "string" ? policy : await made(iam, `${name}-${index}`, policy)
    await iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn }))
  }
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }))
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {}
  const session = await on.open({ credentials: { accessKeyId, secretAccessKey } })
  const { enforcement } = on.sandbox.world
  const forget = () => enforcement.switch(true)
  forget()
  return { on, session, needed: () => enforcement.needed(), forget, close: () => on.close() }
}

/** Works as a command does: with the locks of the scopes, and what was there before them. */
export async function holding(
  { on, session }: Enforced,
  scopes: readonly Scope[],
  work: (run: Run<Cloud>) => Promise<Outcome>,
): Promise<Outcome> {
  const ground = { name: "state", scopes: [], steps: [stateBucket(place)] }
  const { failed } = await apply(on.run({ ctx: session }), ground, [])
  if (failed[0]) throw failed[0].error
  const objects = stateObjects(session, session.unguardedS3)
  const locks = await acquireLocks({ objects, owner: "somebody", what: "a test" }, scopes)
  try {
    return await work({ ...on.run({ ctx: session }), journal: locks.journal, former: formerValues(objects) })
  } finally {
    await locks.release()
  }
}

async function made(iam: Session["iam"], PolicyName: string, policy: Policy): Promise<string> {
  const PolicyDocument = JSON.stringify(policy)
  const { Policy: kept } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }))
  return kept?.Arn ?? ""
}
