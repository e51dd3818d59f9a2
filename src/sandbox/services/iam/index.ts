import type { Service } from "../../service.ts"
import { accessKeyHandlers } from "./access-keys.ts"
import { accountHandlers } from "./account.ts"
import { groupPolicyHandlers } from "./group-policies.ts"
import { groupHandlers } from "./groups.ts"
import { loginHandlers } from "./login-profiles.ts"
import { managedPolicyHandlers } from "./managed-policies.ts"
import { mfaHandlers } from "./mfa-devices.ts"
import { providerHandlers } from "./oidc-providers.ts"
import { passwordPolicyHandlers } from "./password-policy.ts"
import { policyUseHandlers } from "./policy-uses.ts"
import { policyVersionHandlers } from "./policy-versions.ts"
import { profileHandlers } from "./profiles.ts"
import { rolePolicyHandlers } from "./role-policies.ts"
import { roleHandlers } from "./roles.ts"
import * as schemas from "./schemas.ts"
import { serviceLinkedHandlers } from "./service-linked.ts"
import { simulationHandlers } from "./simulation.ts"
import { userCredentialHandlers } from "./user-credentials.ts"
import { userPolicyHandlers } from "./user-policies.ts"
import { userHandlers } from "./users.ts"

export const iam: Service = {
  signingName: "iam",
  schemas,
  handlers: {
    ...roleHandlers,
    ...rolePolicyHandlers,
    ...profileHandlers,
    ...accountHandlers,
    ...userHandlers,
    ...userPolicyHandlers,
    ...groupHandlers,
    ...groupPolicyHandlers,
    ...accessKeyHandlers,
    ...userCredentialHandlers,
    ...loginHandlers,
    ...mfaHandlers,
    ...managedPolicyHandlers,
    ...policyUseHandlers,
    ...passwordPolicyHandlers,
    ...serviceLinkedHandlers,
    ...policyVersionHandlers,
    ...providerHandlers,
    ...simulationHandlers,
  },
  reads: /^(Get|List|Simulate)/,
  // IAM publishes no request limits; these are far below what anyone has seen throttled.
  limits: [
    [/^(Get|List|Simulate)/, 100, 20],
    [/^/, 20, 10],
  ],
}
