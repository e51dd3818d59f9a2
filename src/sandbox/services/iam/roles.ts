import type * as Iam from "@aws-sdk/client-iam"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { checkTrustPolicy, encodeDocument } from "./documents.ts"
import { attachable } from "./managed.ts"
import { pageOf } from "./pages.ts"
import { newRole, ONE_HOUR, overQuota, profiles, type RoleRecord, refuseTaken, roleOf, roles } from "./records.ts"
import { withoutTags, withTags } from "./tags.ts"

export const roleHandlers = handlers<typeof Iam>()({
  CreateRole: (input, call) => {
    const name = given(input.RoleName, "roleName")
    const trust = given(input.AssumeRolePolicyDocument, "assumeRolePolicyDocument")
    checkTrust(trust, call)
    const known = roles(call).all()
    const taken = known.map((role) => role.RoleName)
    refuseTaken(taken, name, `Role with name ${name} already exists.`)
    const limit = call.quota("RolesPerAccount", 1000)
    if (known.length >= limit) overQuota("RolesPerAccount", limit)
    if (input.PermissionsBoundary !== undefined) attachable(call, input.PermissionsBoundary)
    const role: RoleRecord = {
      ...newRole(call, name, input.Path ?? "/", trust),
      ...(input.Description !== undefined && { Description: input.Description }),
      ...(input.MaxSessionDuration !== undefined && { MaxSessionDuration: input.MaxSessionDuration }),
      ...(input.PermissionsBoundary !== undefined && { PermissionsBoundary: input.PermissionsBoundary }),
      Tags: withTags([], input.Tags),
    }
    roles(call).put(name, role)
    return { Role: { ...roleView(role), ...tagsIfAny(role) } }
  },

  GetRole: (input, call) => {
    const role = roleOf(call, input.RoleName)
    const { MaxSessionDuration, PermissionsBoundary } = role
    return {
      Role: {
        ...roleView(role),
        MaxSessionDuration,
        // IAM also sends the type "Policy", a value that the SDK's own type does not admit.
        ...(PermissionsBoundary !== undefined && {
          PermissionsBoundary: { PermissionsBoundaryArn: PermissionsBoundary },
        }),
        RoleLastUsed: {},
        ...tagsIfAny(role),
      },
    }
  },

  // ListRoles leaves out tags, boundary and last use, as IAM does: whoever needs them asks role by role.
  ListRoles: (input, call) => {
    const under = roles(call)
      .all()
      .filter((role) => role.Path.startsWith(input.PathPrefix ?? "/"))
    const { items, paging } = pageOf(under, (role) => role.RoleName, input)
    const Roles = items.map((role) => ({ ...roleView(role), MaxSessionDuration: role.MaxSessionDuration }))
    return { Roles, ...paging }
  },

  DeleteRole: (input, call) => {
    const role = roleOf(call, input.RoleName)
    const users = profiles(call).all()
    if (users.some((profile) => profile.Roles.includes(role.RoleName))) {
      inUse("Cannot delete entity, must remove roles from instance profile first.")
    }
    if (role.Attached.length > 0) inUse("Cannot delete entity, must detach all policies first.")
    if (Object.keys(role.Inline).length > 0) inUse("Cannot delete entity, must delete policies first.")
    roles(call).delete(role.RoleName)
    return {}
  },

  UpdateRole: (input, call) => {
    const role = roleOf(call, input.RoleName)
    roles(call).put(role.RoleName, {
      ...role,
      ...(input.Description !== undefined && { Description: input.Description }),
      // Left out, it does not stay as it was.
      MaxSessionDuration: input.MaxSessionDuration ?? ONE_HOUR,
    })
    return {}
  },

  UpdateAssumeRolePolicy: (input, call) => {
    const role = roleOf(call, input.RoleName)
    const trust = given(input.PolicyDocument, "policyDocument")
    checkTrust(trust, call)
    roles(call).put(role.RoleName, { ...role, AssumeRolePolicyDocument: trust })
    return {}
  },

  TagRole: (input, call) => {
    const role = roleOf(call, input.RoleName)
    roles(call).put(role.RoleName, { ...role, Tags: withTags(role.Tags, input.Tags) })
    return {}
  },

  UntagRole: (input, call) => {
    const role = roleOf(call, input.RoleName)
    roles(call).put(role.RoleName, { ...role, Tags: withoutTags(role.Tags, input.TagKeys) })
    return {}
  },

  ListRoleTags: (input, call) => {
    const { items, paging } = pageOf(roleOf(call, input.RoleName).Tags, (tag) => tag.Key, input)
    return { Tags: items, ...paging }
  },
})

/** What every answer that shows a role has in it. */
export const roleView = (role: RoleRecord) => ({
  RoleName: role.RoleName,
  RoleId: role.RoleId,
  Arn: role.Arn,
  Path: role.Path,
  CreateDate: new Date(role.CreateDate),
  AssumeRolePolicyDocument: encodeDocument(role.AssumeRolePolicyDocument),
  ...(role.Description !== undefined && { Description: role.Description }),
})

const tagsIfAny = (role: RoleRecord) => (role.Tags.length > 0 ? { Tags: [...role.Tags] } : {})

const checkTrust = (document: string, call: Call): void => {
  const limit = call.quota("ACLSizePerRole", 2048)
  // White space does not count against the quota.
  if (document.replace(/\s/g, "").length > limit) overQuota("ACLSizePerRole", limit)
  checkTrustPolicy(document)
}

const inUse = (message: string): never => {
  throw new Refusal("DeleteConflictException", message, 409)
}
