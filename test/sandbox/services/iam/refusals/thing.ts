import { allow, core, joined } from "../ground.ts"
import { api, attached, type IamRow, moto, role } from "./case.ts"

export const missingRows: readonly IamRow[] = [
  [
    "a policy for a role of a service's own",
    "UnmodifiableEntityException: protected role 'AWSServiceRoleForRDS'",
    api("PutRolePolicy"),
    (aws) => {
      aws.run("CreateServiceLinkedRole", { AWSServiceName: "rds.amazonaws.com" })
      const RoleName = "AWSServiceRoleForRDS"
      return aws.refused("PutRolePolicy", { RoleName, PolicyName: "own", PolicyDocument: allow() })
    },
  ],
  [
    "a role twice",
    "EntityAlreadyExistsException: Role with name node",
    api("CreateRole"),
    (aws) => role(aws, { RoleName: "node" }),
  ],
  [
    "a role in other letters",
    "EntityAlreadyExistsException: NODE",
    "IAM user guide: names",
    (aws) => role(aws, { RoleName: "NODE" }),
  ],
  [
    "a profile twice",
    "EntityAlreadyExistsException: Instance Profile node",
    api("CreateInstanceProfile"),
    (aws) => aws.refused("CreateInstanceProfile", { InstanceProfileName: "node" }),
  ],
  [
    "a role that isn't there",
    "NoSuchEntityException: The role with name gone",
    api("GetRole"),
    (aws) => aws.refused("GetRole", { RoleName: "gone" }),
  ],
  [
    "a profile that isn't there",
    "NoSuchEntityException: Instance Profile gone cannot be found.",
    api("GetInstanceProfile"),
    (aws) => aws.refused("GetInstanceProfile", { InstanceProfileName: "gone" }),
  ],
  [
    "an inline policy that isn't there",
    "NoSuchEntityException: The role policy with name gone",
    api("GetRolePolicy"),
    (aws) => aws.refused("GetRolePolicy", { RoleName: "node", PolicyName: "gone" }),
  ],
  [
    "to take away an inline policy that isn't there",
    "NoSuchEntityException: gone",
    api("DeleteRolePolicy"),
    (aws) => aws.refused("DeleteRolePolicy", { RoleName: "node", PolicyName: "gone" }),
  ],
  [
    "a managed policy that isn't there",
    "NoSuchEntityException: is not attachable",
    api("AttachRolePolicy"),
    (aws) => attached(aws, "arn:aws:iam::aws:policy/Nothing"),
  ],
  [
    "a managed policy of an account that has none",
    "NoSuchEntityException: is not attachable",
    api("AttachRolePolicy"),
    (aws) => attached(aws, "arn:aws:iam::111122223333:policy/AmazonSSMManagedInstanceCore"),
  ],
  [
    "an ARN that is none",
    "ValidationError: ARN arn:aws:s3:::bucket-of-mine is not valid.",
    api("AttachRolePolicy"),
    (aws) => attached(aws, "arn:aws:s3:::bucket-of-mine"),
  ],
  [
    "a boundary that isn't there",
    "NoSuchEntityException",
    api("CreateRole"),
    (aws) => role(aws, { PermissionsBoundary: "arn:aws:iam::aws:policy/Nothing" }),
  ],
  [
    "to detach what isn't attached",
    "NoSuchEntityException: was not found.",
    api("DetachRolePolicy"),
    (aws) => aws.refused("DetachRolePolicy", { RoleName: "node", PolicyArn: core }),
  ],
  [
    "to take a role out of a profile that holds none",
    "NoSuchEntityException: Role node in Instance Profile node",
    api("RemoveRoleFromInstanceProfile"),
    (aws) => aws.refused("RemoveRoleFromInstanceProfile", { InstanceProfileName: "node", RoleName: "node" }),
  ],
]

export const conflictRows: readonly IamRow[] = [
  [
    "to delete a role in a profile",
    "DeleteConflictException: remove roles from instance profile",
    moto,
    (aws) => joined(aws).refused("DeleteRole", { RoleName: "node" }),
  ],
  [
    "to delete a role with a managed policy",
    "DeleteConflictException: must detach all policies first",
    api("DeleteRole"),
    (aws) => {
      aws.run("AttachRolePolicy", { RoleName: "node", PolicyArn: core })
      return aws.refused("DeleteRole", { RoleName: "node" })
    },
  ],
  [
    "to delete a role with a policy of its own",
    "DeleteConflictException: must delete policies first",
    api("DeleteRole"),
    (aws) => {
      aws.run("PutRolePolicy", { RoleName: "node", PolicyName: "own", PolicyDocument: allow() })
      return aws.refused("DeleteRole", { RoleName: "node" })
    },
  ],
  [
    "to delete a profile with a role",
    "DeleteConflictException: must remove roles from instance profile first",
    moto,
    (aws) => joined(aws).refused("DeleteInstanceProfile", { InstanceProfileName: "node" }),
  ],
]
