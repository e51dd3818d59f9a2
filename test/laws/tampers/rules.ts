import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupsCommand,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2"
import type { Session } from "../../../src/aws/clients.ts"
import { securityGroupKind } from "../../../src/steps/security-group.ts"
import { tampersOf } from "./table.ts"

/** What an anxious operator does at three in the morning. */
export const openToAll = ({ ec2 }: Session, GroupId: string) =>
  ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    }),
  )

const given = "a group keeps it from its making"

export const ruleTampers = [
  tampersOf(securityGroupKind, {
    fields: {
      ingress: [
        (by, { id }) => openToAll(by, id),
        async ({ ec2 }, { id: GroupId }) => {
          const [IpPermissions] = await permissions(ec2, GroupId)
          await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }))
        },
      ],
      egress: async ({ ec2 }, { id: GroupId }) => {
        const [, IpPermissions] = await permissions(ec2, GroupId)
        if (IpPermissions.length > 0) await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions }))
        else await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: [toAll] }))
      },
    },
    fixed: { groupName: given, description: given, vpcId: given },
  }),
]

const toAll: IpPermission = { IpProtocol: "-1", Ipv6Ranges: [{ CidrIpv6: "::/0" }] }

async function permissions(ec2: Session["ec2"], id: string): Promise<readonly [IpPermission[], IpPermission[]]> {
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }))
  return [SecurityGroups[0]?.IpPermissions ?? [], SecurityGroups[0]?.IpPermissionsEgress ?? []]
}
