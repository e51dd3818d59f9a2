import { profiles, roles } from "../services/iam/records.ts"
import { linkedRoles } from "../services/iam/service-linked.ts"
import { groups, users } from "../services/iam/user-records.ts"
import type { Tag } from "../services/tags.ts"
import { saidBy } from "./assumption.ts"
import { type Ask, anything, both, each, passed, type Row, type Rows, requestTags, want } from "./needs.ts"

interface Known {
  readonly Arn: string
  readonly Tags?: readonly Tag[]
}

/** By name: what is there has its path in its ARN, and what is born has the one that is asked for. */
const entity =
  (type: string, member: string, find: (ask: Ask, name: string) => Known | undefined): Row =>
  (ask) => {
    const name = ask.input[member]
    if (typeof name !== "string") return selfOr(ask, type)
    const known = find(ask, name)
    const path = typeof ask.input.Path === "string" ? ask.input.Path : "/"
    const arn = known?.Arn ?? `arn:${ask.call.partition}:iam::${ask.call.account}:${type}${path}${name}`
    const Tags = Array.isArray(ask.input.Tags) ? ask.input.Tags : []
    const { PermissionsBoundary, PolicyArn } = ask.input
    return [
      want(ask, arn, {
        tags: known?.Tags ?? [],
        context: {
          ...requestTags(Tags),
          "iam:PermissionsBoundary": typeof PermissionsBoundary === "string" ? PermissionsBoundary : undefined,
          "iam:PolicyARN": typeof PolicyArn === "string" ? PolicyArn : undefined,
        },
      }),
    ]
  }

/** Whoever names no user means himself. */
const selfOr = (ask: Ask, type: string) => [want(ask, type === "user" ? ask.call.callerArn : "*")]

const role = entity("role", "RoleName", ({ call }, name) => roles(call).get(name))
const user = entity("user", "UserName", ({ call }, name) => users(call).get(name))
const group = entity("group", "GroupName", ({ call }, name) => groups(call).get(name))
const profile = entity("instance-profile", "InstanceProfileName", ({ call }, name) => profiles(call).get(name))
const newPolicy = entity("policy", "PolicyName", () => undefined)

const arn =
  (member: string): Row =>
  (ask) => [want(ask, String(ask.input[member]))]

const newThing =
  (type: string, member: string): Row =>
  (ask) => [
    want(
      ask,
      `arn:${ask.call.partition}:iam::${ask.call.account}:${type}/${String(ask.input[member]).replace(/^https:\/\//, "")}`,
    ),
  ]

/** Making something with tags wants the right to tag it. */
const tagging =
  (row: Row, action: string): Row =>
  (ask) =>
    Array.isArray(ask.input.Tags) && ask.input.Tags.length > 0
      ? row(ask).flatMap((one) => [one, { ...one, action: `iam:${action}` }])
      : row(ask)

/** What is put in a profile is given to EC2. */
const passes: Row = (ask) => passed(ask, role(ask)[0]?.resource, "ec2.amazonaws.com")

/** Under the name that the service has for it. */
const serviceLinked: Row = (ask) => {
  const service = String(ask.input.AWSServiceName)
  const arn = `arn:${ask.call.partition}:iam::${ask.call.account}:role/aws-service-role/${service}/${linkedRoles[service] ?? "new"}`
  return [want(ask, arn, { context: { "iam:AWSServiceName": service } })]
}

export const iamRows: Rows = {
  ...each(
    role,
    ...["AttachRolePolicy", "DeleteRole", "DeleteRolePermissionsBoundary", "DeleteRolePolicy", "DetachRolePolicy"],
    ...["GetRole", "GetRolePolicy", "ListAttachedRolePolicies", "ListInstanceProfilesForRole", "ListRolePolicies"],
    ...["ListRoleTags", "PutRolePermissionsBoundary", "PutRolePolicy", "TagRole", "UntagRole", "UpdateRole"],
    "UpdateAssumeRolePolicy",
  ),
  ...each(
    user,
    ...["AttachUserPolicy", "CreateAccessKey", "CreateLoginProfile", "DeactivateMFADevice", "DeleteAccessKey"],
    ...["DeleteLoginProfile", "DeleteUser", "DeleteUserPermissionsBoundary", "DeleteUserPolicy", "DetachUserPolicy"],
    ...["EnableMFADevice", "GetLoginProfile", "GetUser", "GetUserPolicy", "ListAccessKeys", "ListAttachedUserPolicies"],
    ...["ListGroupsForUser", "ListMFADevices", "ListUserPolicies", "ListUserTags", "PutUserPermissionsBoundary"],
    ...["PutUserPolicy", "TagUser", "UntagUser", "UpdateAccessKey", "UpdateLoginProfile"],
    ...["UploadSSHPublicKey", "ListSSHPublicKeys", "DeleteSSHPublicKey", "CreateServiceSpecificCredential"],
    ...["ListServiceSpecificCredentials", "DeleteServiceSpecificCredential", "UploadSigningCertificate"],
    ...["ListSigningCertificates", "DeleteSigningCertificate"],
  ),
  ...each(
    group,
    ...["AddUserToGroup", "AttachGroupPolicy", "CreateGroup", "DeleteGroup", "DeleteGroupPolicy", "DetachGroupPolicy"],
    ...["GetGroup", "GetGroupPolicy", "ListAttachedGroupPolicies", "ListGroupPolicies", "PutGroupPolicy"],
    "RemoveUserFromGroup",
  ),
  ...each(
    profile,
    ...["DeleteInstanceProfile", "GetInstanceProfile", "ListInstanceProfileTags", "RemoveRoleFromInstanceProfile"],
    ...["TagInstanceProfile", "UntagInstanceProfile"],
  ),
  ...each(
    arn("PolicyArn"),
    ...["CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion", "GetPolicy", "GetPolicyVersion"],
    ...["ListEntitiesForPolicy", "ListPolicyTags", "ListPolicyVersions", "SetDefaultPolicyVersion", "TagPolicy"],
    "UntagPolicy",
  ),
  ...each(
    arn("OpenIDConnectProviderArn"),
    ...["AddClientIDToOpenIDConnectProvider", "DeleteOpenIDConnectProvider", "GetOpenIDConnectProvider"],
    ...["RemoveClientIDFromOpenIDConnectProvider", "TagOpenIDConnectProvider", "UntagOpenIDConnectProvider"],
  ),
  ...each(
    anything(),
    ...["GetAccessKeyLastUsed", "GetAccountPasswordPolicy", "GetAccountSummary", "ListAccountAliases", "ListGroups"],
    ...["ListInstanceProfiles", "ListOpenIDConnectProviders", "ListPolicies", "ListRoles", "ListUsers"],
    ...["ListVirtualMFADevices", "UpdateAccountPasswordPolicy", "DeleteAccountPasswordPolicy"],
  ),
  AddRoleToInstanceProfile: both(profile, passes),
  CreateInstanceProfile: tagging(profile, "TagInstanceProfile"),
  CreateOpenIDConnectProvider: tagging(newThing("oidc-provider", "Url"), "TagOpenIDConnectProvider"),
  CreatePolicy: tagging(newPolicy, "TagPolicy"),
  CreateRole: tagging(role, "TagRole"),
  CreateServiceLinkedRole: serviceLinked,
  CreateUser: tagging(user, "TagUser"),
  CreateVirtualMFADevice: newThing("mfa", "VirtualMFADeviceName"),
  DeleteVirtualMFADevice: arn("SerialNumber"),
  SimulatePrincipalPolicy: arn("PolicySourceArn"),
}

/** What everybody may: who he is, and a session with a second factor. Whoever signs nothing has no policies. */
export const stsRows: Rows = {
  AssumeRole: (ask) => [want(ask, String(ask.input.RoleArn), { context: saidBy(ask.input) })],
  AssumeRoleWithWebIdentity: () => [],
  GetCallerIdentity: () => [],
  GetSessionToken: () => [],
}
