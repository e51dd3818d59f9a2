import {
  AttachRolePolicyCommand,
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam"
import { instanceProfileKind } from "../../../src/steps/instance-profile.ts"
import { keyPairKind } from "../../../src/steps/key-pair.ts"
import { type Role, roleKind } from "../../../src/steps/role.ts"
import { tampersOf } from "./table.ts"

const noCall = "IAM has no call that changes it"

export const accessTampers = [
  tampersOf(roleKind, {
    fields: {
      trust: ({ iam }, { roleName, trust }) => {
        const anyone = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }
        const PolicyDocument = JSON.stringify({ ...trust, Statement: [...trust.Statement, anyone] })
        return iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: roleName, PolicyDocument }))
      },
      // Our role has all of its powers in its own policy: whatever is attached is somebody's.
      attached: ({ iam }, { roleName: RoleName }) =>
        iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" })),
      inline: [
        ({ iam }, role) =>
          iam.send(new DeleteRolePolicyCommand({ RoleName: role.roleName, PolicyName: firstOf(role) })),
        ({ iam }, role) =>
          iam.send(
            new PutRolePolicyCommand({
              ...{ RoleName: role.roleName, PolicyName: firstOf(role), PolicyDocument: everything },
            }),
          ),
        ({ iam }, { roleName: RoleName }) =>
          iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "more", PolicyDocument: everything })),
      ],
    },
    fixed: { roleName: noCall, path: noCall },
  }),
  tampersOf(instanceProfileKind, {
    fields: {
      roleName: ({ iam }, { profileName: InstanceProfileName, roleName: RoleName }) =>
        iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName })),
    },
    fixed: { profileName: noCall, path: noCall },
  }),
  tampersOf(keyPairKind, {
    fields: {},
    fixed: { keyName: "EC2 has no call that changes it", publicKey: "EC2 has no call that changes it" },
  }),
]

const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
})

/** Each role has one policy of its own, called as it is. */
const firstOf = ({ inline }: Role): string => Object.keys(inline)[0] ?? ""
