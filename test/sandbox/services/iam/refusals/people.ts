import { allow, core, type Ground } from "../ground.ts"
import { people, type There } from "../people.ts"
import { api, type IamRow, quotas } from "./case.ts"

/** On the ground that has people, whatever ground the table brings. */
const among =
  (attempt: (there: There & { readonly aws: Ground }) => string): IamRow[3] =>
  () =>
    attempt(people())

const UserName = "ann"

export const peopleRefusals: readonly IamRow[] = [
  [
    "a user twice",
    "EntityAlreadyExistsException: User with name ANN already exists.",
    api("CreateUser"),
    among(({ aws }) => aws.refused("CreateUser", { UserName: "ANN" })),
  ],
  [
    "a user that isn't there",
    "NoSuchEntityException: The user with name gone cannot be found.",
    api("GetUser"),
    among(({ aws }) => aws.refused("GetUser", { UserName: "gone" })),
  ],
  [
    "oneself, by keys of nobody",
    "ValidationError: Must specify userName when calling with non-User credentials",
    api("GetUser"),
    among(({ aws }) => {
      aws.be("arn:aws:sts::111122223333:assumed-role/node/session")
      return aws.refused("GetUser", {})
    }),
  ],
  ...(
    [
      ["delete login profile", "DeleteLoginProfile", () => ({ UserName })],
      ["delete access keys", "DeleteAccessKey", ({ AccessKeyId }) => ({ UserName, AccessKeyId })],
      ["deactivate MFA device", "DeactivateMFADevice", ({ owned }) => ({ UserName, SerialNumber: owned })],
      ["remove user from all groups", "RemoveUserFromGroup", () => ({ UserName, GroupName: "admins" })],
      ["delete policies", "DeleteUserPolicy", () => ({ UserName, PolicyName: "own" })],
      ["detach all policies", "DetachUserPolicy", () => ({ UserName, PolicyArn: core })],
    ] as const satisfies readonly (readonly [string, Parameters<Ground["run"]>[0], (there: There) => object])[]
  ).map(
    ([first, , _], index, all): IamRow => [
      `to delete a user before one does ${first}`,
      `DeleteConflictException: must ${first} first`,
      api("DeleteUser"),
      among((there) => {
        // One operation's input after another: their types have nothing in common.
        for (const [, operation, inputOf] of all.slice(0, index)) there.aws.run(operation, inputOf(there) as never)
        return there.aws.refused("DeleteUser", { UserName })
      }),
    ],
  ),
  [
    "to delete a group that has users",
    "DeleteConflictException: must remove users from group first",
    api("DeleteGroup"),
    among(({ aws }) => aws.refused("DeleteGroup", { GroupName: "admins" })),
  ],
  [
    "a third key",
    "LimitExceededException: Cannot exceed quota for AccessKeysPerUser: 2",
    quotas,
    among(({ aws }) => {
      aws.run("CreateAccessKey", { UserName })
      return aws.refused("CreateAccessKey", { UserName })
    }),
  ],
  [
    "another user's key",
    "NoSuchEntityException: The Access Key with id",
    api("DeleteAccessKey"),
    among(({ AccessKeyId, aws }) => aws.refused("DeleteAccessKey", { UserName: "bob", AccessKeyId })),
  ],
  [
    "a second password",
    "EntityAlreadyExistsException: Login Profile for user ann",
    api("CreateLoginProfile"),
    among(({ aws }) => aws.refused("CreateLoginProfile", { UserName, Password: "Sandbox-1" })),
  ],
  [
    "a weak password",
    "PasswordPolicyViolationException: account password policy",
    api("CreateLoginProfile"),
    among(({ aws }) => aws.refused("CreateLoginProfile", { UserName: "bob", Password: "sandbox1" })),
  ],
  [
    "codes that are not the device's",
    "InvalidAuthenticationCodeException: Authentication code",
    api("EnableMFADevice"),
    among(({ aws, codes: [AuthenticationCode1], device }) =>
      aws.refused("EnableMFADevice", {
        ...{ UserName, SerialNumber: device, AuthenticationCode1, AuthenticationCode2: "000000" },
      }),
    ),
  ],
  [
    "to delete a device in use",
    "DeleteConflictException: Must deactivate first",
    api("DeleteVirtualMFADevice"),
    among(({ aws, owned }) => aws.refused("DeleteVirtualMFADevice", { SerialNumber: owned })),
  ],
  [
    "a sixth version",
    "LimitExceededException: up to 5 versions",
    quotas,
    among(({ aws, PolicyArn }) => {
      const PolicyDocument = allow()
      for (let count = 0; count < 3; count += 1) aws.run("CreatePolicyVersion", { PolicyArn, PolicyDocument })
      return aws.refused("CreatePolicyVersion", { PolicyArn, PolicyDocument })
    }),
  ],
  [
    "to delete the version in force",
    "DeleteConflictException: default version",
    api("DeletePolicyVersion"),
    among(({ aws, PolicyArn }) => aws.refused("DeletePolicyVersion", { PolicyArn, VersionId: "v1" })),
  ],
  [
    "to delete a policy that has versions",
    "DeleteConflictException: more than one version",
    api("DeletePolicy"),
    among(({ aws, PolicyArn }) => aws.refused("DeletePolicy", { PolicyArn })),
  ],
  [
    "to delete a policy that hangs on somebody",
    "DeleteConflictException: attached to entities",
    api("DeletePolicy"),
    among(({ aws, lone }) => {
      aws.run("AttachUserPolicy", { UserName, PolicyArn: lone })
      return aws.refused("DeletePolicy", { PolicyArn: lone })
    }),
  ],
  [
    "a larger managed policy than there is",
    "LimitExceededException: Cannot exceed quota for PolicySize: 6144",
    quotas,
    among(({ aws }) =>
      aws.refused("CreatePolicy", { PolicyName: "big", PolicyDocument: allow({ Sid: "s".repeat(6144) }) }),
    ),
  ],
  [
    "a provider twice",
    "EntityAlreadyExistsException: Provider with url",
    api("CreateOpenIDConnectProvider"),
    among(({ aws }) =>
      aws.refused("CreateOpenIDConnectProvider", { Url: "https://token.actions.githubusercontent.com" }),
    ),
  ],
  [
    "a provider that does not speak TLS",
    "InvalidInputException: Invalid Open ID Connect Provider URL",
    api("CreateOpenIDConnectProvider"),
    among(({ aws }) => aws.refused("CreateOpenIDConnectProvider", { Url: "http://example.com" })),
  ],
]
