import type * as Iam from "@aws-sdk/client-iam"
import { type Call, handlers } from "../../service.ts"
import { given } from "../given.ts"
import { notServed } from "../unserved.ts"
import { attachable } from "./managed.ts"
import { pageOf } from "./pages.ts"
import { roles } from "./records.ts"
import { groups, users } from "./user-records.ts"

export const policyUseHandlers = handlers<typeof Iam>()({
  ListEntitiesForPolicy: (input, call) => {
    const arn = given(input.PolicyArn, "policyArn")
    attachable(call, arn)
    if (input.PolicyUsageFilter === "PermissionsBoundary") throw notServed("ListEntitiesForPolicy for boundaries")
    const holders = attachmentsOf(call, arn)
    const all = [
      ...holders.groups.map(({ GroupId, GroupName, Path }) => ({ kind: "Group", Path, name: GroupName, id: GroupId })),
      ...holders.roles.map(({ Path, RoleId, RoleName }) => ({ kind: "Role", Path, name: RoleName, id: RoleId })),
      ...holders.users.map(({ Path, UserId, UserName }) => ({ kind: "User", Path, name: UserName, id: UserId })),
    ]
    const fitting = all.filter(
      ({ kind, Path }) =>
        Path.startsWith(input.PathPrefix ?? "/") && [undefined, kind].includes(input.EntityFilter ?? undefined),
    )
    const { items, paging } = pageOf(fitting, ({ kind, name }) => `${kind}/${name}`, input)
    const of = (kind: string) => items.filter((item) => item.kind === kind)
    return {
      PolicyGroups: of("Group").map(({ id, name }) => ({ GroupName: name, GroupId: id })),
      PolicyRoles: of("Role").map(({ id, name }) => ({ RoleName: name, RoleId: id })),
      PolicyUsers: of("User").map(({ id, name }) => ({ UserName: name, UserId: id })),
      ...paging,
    }
  },
})

/** Those on whom a managed policy hangs. */
export const attachmentsOf = (call: Call, arn: string) => {
  const holds = ({ Attached }: { readonly Attached: readonly string[] }) => Attached.includes(arn)
  return {
    groups: groups(call).all().filter(holds),
    roles: roles(call).all().filter(holds),
    users: users(call).all().filter(holds),
  }
}

/** How many it is the boundary of. */
export const boundedBy = (call: Call, arn: string): number =>
  [...roles(call).all(), ...users(call).all()].filter(({ PermissionsBoundary }) => PermissionsBoundary === arn).length
