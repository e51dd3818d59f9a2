import type * as Iam from "@aws-sdk/client-iam"
import { handlers } from "../../service.ts"
import { profiles, roles } from "./records.ts"
import { groups, managedPolicies, mfaDevices, providers, users } from "./user-records.ts"

export const accountHandlers = handlers<typeof Iam>()({
  GetAccountSummary: (_input, call) => ({
    SummaryMap: {
      ...QUOTAS,
      ...NOTHING_THERE,
      GlobalEndpointTokenVersion: 1,
      AccountPasswordPresent: 1,
      AccountMFAEnabled: 0,
      AccountAccessKeysPresent: 0,
      AccountSigningCertificatesPresent: 0,
      Groups: groups(call).all().length,
      MFADevices: mfaDevices(call).all().length,
      MFADevicesInUse: mfaDevices(call)
        .all()
        .filter(({ UserName }) => UserName !== undefined).length,
      Policies: managedPolicies(call).all().length,
      Providers: providers(call).all().length,
      Users: users(call).all().length,
      InstanceProfiles: profiles(call).all().length,
      Roles: roles(call).all().length,
      RolesQuota: call.quota("RolesPerAccount", 1000),
      InstanceProfilesQuota: call.quota("InstanceProfilesPerAccount", 1000),
      AttachedPoliciesPerRoleQuota: call.quota("PoliciesPerRole", 10),
      AssumeRolePolicySizeQuota: call.quota("ACLSizePerRole", 2048),
    },
  }),
})

/** A new account's quotas. */
const QUOTAS = {
  AccessKeysPerUserQuota: 2,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerUserQuota: 10,
  GroupPolicySizeQuota: 5120,
  GroupsPerUserQuota: 10,
  GroupsQuota: 300,
  PoliciesQuota: 1500,
  PolicySizeQuota: 6144,
  PolicyVersionsInUseQuota: 10_000,
  RolePolicySizeQuota: 10_240,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UserPolicySizeQuota: 2048,
  UsersQuota: 5000,
  VersionsPerPolicyQuota: 5,
}

/** What the sandbox's account cannot have, because no operation makes it. */
const NOTHING_THERE = {
  PolicyVersionsInUse: 0,
  ServerCertificates: 0,
}
