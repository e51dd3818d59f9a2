import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  paginateListEntitiesForPolicy,
} from "@aws-sdk/client-iam"
import { alreadyGone } from "../already.ts"
import type { Cloud } from "../cloud.ts"

type Iam = Pick<Cloud, "iam">

/** On whom a managed policy hangs. */
export interface Bearer {
  readonly type: "user" | "role" | "group"
  readonly name: string
}

export const sameBearer = (one: Bearer, other: Bearer): boolean => one.type === other.type && one.name === other.name

export async function bearersOf({ iam }: Iam, PolicyArn: string): Promise<readonly Bearer[]> {
  const bearers: Bearer[] = []
  const pages = paginateListEntitiesForPolicy({ client: iam }, { PolicyArn, PolicyUsageFilter: "PermissionsPolicy" })
  for await (const { PolicyGroups = [], PolicyRoles = [], PolicyUsers = [] } of pages)
    bearers.push(
      ...PolicyUsers.map(({ UserName: name = "" }) => ({ type: "user" as const, name })),
      ...PolicyRoles.map(({ RoleName: name = "" }) => ({ type: "role" as const, name })),
      ...PolicyGroups.map(({ GroupName: name = "" }) => ({ type: "group" as const, name })),
    )
  return bearers
}

export async function attach({ iam }: Iam, { type, name }: Bearer, PolicyArn: string): Promise<void> {
  if (type === "user") await iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn }))
  else if (type === "role") await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn }))
  else await iam.send(new AttachGroupPolicyCommand({ GroupName: name, PolicyArn }))
}

export async function detach({ iam }: Iam, { type, name }: Bearer, PolicyArn: string): Promise<void> {
  if (type === "user") await alreadyGone(iam.send(new DetachUserPolicyCommand({ UserName: name, PolicyArn })))
  else if (type === "role") await alreadyGone(iam.send(new DetachRolePolicyCommand({ RoleName: name, PolicyArn })))
  else await alreadyGone(iam.send(new DetachGroupPolicyCommand({ GroupName: name, PolicyArn })))
}
