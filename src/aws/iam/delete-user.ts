import {
  DeactivateMFADeviceCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DeleteVirtualMFADeviceCommand,
  DetachUserPolicyCommand,
  paginateListAttachedUserPolicies,
  paginateListUserPolicies,
  RemoveUserFromGroupCommand,
} from "@aws-sdk/client-iam"
import { alreadyGone } from "../already.ts"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"
import { deactivateKey, deleteKey, keysOf } from "./access-keys.ts"
import { dropOtherCredentials } from "./other-credentials.ts"
import { groupsOf, secondFactorsOf } from "./user-list.ts"

/** With all that hangs on it: what lets somebody in goes first. Broken off, the next run goes on. */
export async function deleteUser(ctx: Pick<Cloud, "iam">, UserName: string): Promise<void> {
  const { iam } = ctx
  const keys = await keysOf(ctx, UserName)
  for (const { id, active } of keys) if (active) await deactivateKey(ctx, UserName, id)
  await alreadyGone(iam.send(new DeleteLoginProfileCommand({ UserName })))
  for (const { id } of keys) await deleteKey(ctx, UserName, id)
  await dropOtherCredentials(ctx, UserName)
  for (const SerialNumber of await secondFactorsOf(ctx, UserName)) {
    await alreadyGone(iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber })))
    // A device that somebody can hold has no entry of its own, and no such name.
    if (SerialNumber.startsWith("arn:") && SerialNumber.includes(":mfa/"))
      await alreadyGone(iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })))
  }
  const attached = await everyItem(
    paginateListAttachedUserPolicies({ client: iam }, { UserName }),
    (page) => page.AttachedPolicies,
  )
  for (const { PolicyArn } of attached)
    await alreadyGone(iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn })))
  const inline = await everyItem(paginateListUserPolicies({ client: iam }, { UserName }), (page) => page.PolicyNames)
  for (const PolicyName of inline) await alreadyGone(iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName })))
  // A group may be what holds him who still has a session: it goes when there is nothing left that he may.
  for (const GroupName of await groupsOf(ctx, UserName))
    await alreadyGone(iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName })))
  await alreadyGone(iam.send(new DeleteUserCommand({ UserName })))
}
