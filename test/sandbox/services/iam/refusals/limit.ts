import type { Tag } from "@aws-sdk/client-iam"
import { allow, core, joined, trust } from "../ground.ts"
import { api, assume, attached, granted, type IamRow, quotas, role, trusted } from "./case.ts"

const many = (length: number): Tag[] => Array.from({ length }, (_, i) => ({ Key: `k${i}`, Value: "" }))

export const limitRows: readonly IamRow[] = [
  [
    "a second role in a profile",
    "LimitExceededException: Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
    quotas,
    (aws) => {
      aws.run("CreateRole", { RoleName: "other", AssumeRolePolicyDocument: trust })
      return joined(aws).refused("AddRoleToInstanceProfile", { InstanceProfileName: "node", RoleName: "other" })
    },
  ],
  [
    "the same role again",
    "LimitExceededException: InstanceSessionsPerInstanceProfile",
    quotas,
    (aws) => joined(aws).refused("AddRoleToInstanceProfile", { InstanceProfileName: "node", RoleName: "node" }),
  ],
  [
    "more roles than an account has",
    "LimitExceededException: RolesPerAccount: 1",
    quotas,
    (aws) => {
      aws.quotas.set("RolesPerAccount", 1)
      return role(aws)
    },
  ],
  [
    "more profiles than an account has",
    "LimitExceededException: InstanceProfilesPerAccount: 1",
    quotas,
    (aws) => {
      aws.quotas.set("InstanceProfilesPerAccount", 1)
      return aws.refused("CreateInstanceProfile", { InstanceProfileName: "other" })
    },
  ],
  [
    "more managed policies than a role has",
    "LimitExceededException: PoliciesPerRole: 1",
    quotas,
    (aws) => {
      aws.quotas.set("PoliciesPerRole", 1)
      aws.run("AttachRolePolicy", { RoleName: "node", PolicyArn: core })
      return attached(aws, "arn:aws:iam::aws:policy/ReadOnlyAccess")
    },
  ],
  [
    "a longer trust policy than a role has",
    "LimitExceededException: ACLSizePerRole: 2048",
    quotas,
    trusted(assume, { Id: "i".repeat(2048) }),
  ],
  [
    "more inline policy than a role has",
    "LimitExceededException: Maximum policy size of 10240 bytes exceeded for role node",
    quotas,
    (aws) => {
      const half = { Sid: "s".repeat(5100) }
      aws.run("PutRolePolicy", { RoleName: "node", PolicyName: "first", PolicyDocument: allow(half) })
      return granted(allow(half))(aws)
    },
  ],
  [
    "the 51st tag",
    "LimitExceededException: number of tags",
    quotas,
    (aws) => {
      aws.run("TagRole", { RoleName: "node", Tags: many(50) })
      return aws.refused("TagRole", { RoleName: "node", Tags: [{ Key: "one more", Value: "" }] })
    },
  ],
]

export const inputRows: readonly IamRow[] = [
  [
    "one tag key twice",
    "InvalidInputException: Duplicate tag keys found",
    api("TagRole"),
    (aws) =>
      role(aws, {
        Tags: [
          { Key: "a", Value: "1" },
          { Key: "A", Value: "2" },
        ],
      }),
  ],
  [
    "a tag of AWS's own",
    "InvalidInputException: aws:x",
    "IAM user guide: rules for tagging",
    (aws) => aws.refused("TagInstanceProfile", { InstanceProfileName: "node", Tags: [{ Key: "aws:x", Value: "" }] }),
  ],
  [
    "a marker that was never given",
    "ValidationError: Invalid Marker: ?",
    api("ListRoles"),
    (aws) => aws.refused("ListRoles", { Marker: "?" }),
  ],
  [
    "no name",
    "ValidationError: Value null at 'roleName'",
    api("GetRole"),
    (aws) => aws.refused("GetRole", { RoleName: undefined }),
  ],
]
