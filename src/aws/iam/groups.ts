import { AttachGroupPolicyCommand, CreateGroupCommand, PutGroupPolicyCommand } from "@aws-sdk/client-iam"
import { AlreadyExists } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { prefix, rolePath } from "../names.ts"
import type { Policy } from "./policy.ts"
import { peopleScope } from "./users.ts"

/** People who can keep their own password and second factor, and nothing more; or who can do everything. Both with it only. */
export type GroupName = "people" | "administrators"

export const groupNameOf = (group: GroupName): string => `${prefix}-${group}`

/** As it is to be, whatever somebody has made of it; policies that were added stay. */
export async function makeGroup(
  { iam, partition }: Pick<Cloud, "iam" | "partition">,
  group: GroupName,
  secondFactor: Policy,
): Promise<string> {
  const GroupName = groupNameOf(group)
  try {
    await iam.send(new CreateGroupCommand({ GroupName, Path: rolePath(peopleScope) }))
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error
  }
  // The guard first: at no moment is there a group of administrators without it.
  const PolicyDocument = JSON.stringify(secondFactor)
  await iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName: "second-factor", PolicyDocument }))
  const PolicyArn = `arn:${partition}:iam::aws:policy/AdministratorAccess`
  if (group === "administrators") await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }))
  return GroupName
}
