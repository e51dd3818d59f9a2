import {
  DeleteFlowLogsCommand,
  DeleteInternetGatewayCommand,
  DeleteKeyPairCommand,
  DeleteNatGatewayCommand,
  DeleteRouteTableCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcEndpointsCommand,
  DescribeRouteTablesCommand,
  DetachInternetGatewayCommand,
  DisassociateRouteTableCommand,
  ModifyVpcEndpointCommand,
  ReleaseAddressCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2"
import {
  DeleteInstanceProfileCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
} from "@aws-sdk/client-iam"
import { DeleteBucketCommand, DeleteObjectCommand } from "@aws-sdk/client-s3"
import { DeleteParameterCommand } from "@aws-sdk/client-ssm"
import { emptyBucket } from "../../src/aws/bucket-contents.ts"
import type { Session } from "../../src/aws/clients.ts"

/** A field of a step's thing as it stands; its id, where no field is named. */
export type The = (key: string, field?: string) => string

export interface Removal {
  readonly key: string
  /** Takes it away as somebody at the console would, with whatever AWS wants gone first. */
  does(by: Session, the: The): Promise<unknown>
  /** What a plan says of it and of all that stood on it, beyond that it is missing. */
  readonly also?: readonly string[]
  /** Why a plan says that it is missing; without it, drift. */
  readonly cause?: "pending"
}

const noWayOut = ["nat-gateway/main missing (drift)", "route-table/private differs: routes (pending)"]

export const removals: readonly Removal[] = [
  {
    key: "instance/node",
    does: ({ ec2 }, the) => ec2.send(new TerminateInstancesCommand({ InstanceIds: [the("instance/node")] })),
  },
  { key: "nat-gateway/main", does: withoutNat, also: noWayOut.slice(1) },
  {
    key: "address/nat",
    async does(by, the) {
      await withoutNat(by, the)
      await by.ec2.send(new ReleaseAddressCommand({ AllocationId: the("address/nat") }))
    },
    also: noWayOut,
  },
  {
    key: "internet-gateway/main",
    async does(by, the) {
      await withoutNat(by, the)
      const InternetGatewayId = the("internet-gateway/main")
      await by.ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId: the("vpc/main") }))
      await by.ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId }))
    },
    also: [...noWayOut, "route-table/public differs: routes (pending)"],
  },
  {
    key: "subnet/private-b",
    async does({ ec2 }, the) {
      await unassociate(ec2, "association.subnet-id", the("subnet/private-b"))
      await ec2.send(new DeleteSubnetCommand({ SubnetId: the("subnet/private-b") }))
    },
    also: ["route-table/private differs: subnetIds (pending)"],
  },
  {
    key: "route-table/private",
    async does({ ec2 }, the) {
      const id = the("route-table/private")
      await unassociate(ec2, "association.route-table-id", id)
      await ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId: the("endpoint/s3"), RemoveRouteTableIds: [id] }))
      await ec2.send(new DeleteRouteTableCommand({ RouteTableId: id }))
    },
    also: ["endpoint/s3 differs: routeTableIds (pending)"],
  },
  {
    key: "endpoint/s3",
    does: ({ ec2 }, the) => ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [the("endpoint/s3")] })),
  },
  {
    key: "flow-log/main",
    does: ({ ec2 }, the) => ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [the("flow-log/main")] })),
  },
  {
    key: "security-group/cache",
    does: ({ ec2 }, the) => ec2.send(new DeleteSecurityGroupCommand({ GroupId: the("security-group/cache") })),
  },
  {
    key: "key-pair/node",
    does: ({ ec2 }, the) => ec2.send(new DeleteKeyPairCommand({ KeyPairId: the("key-pair/node") })),
  },
  {
    key: "role/node",
    async does({ iam }, the) {
      const RoleName = the("role/node", "roleName")
      const InstanceProfileName = the("instance-profile/node", "profileName")
      const PolicyArn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
      await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }))
      await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }))
      await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "node" }))
      await iam.send(new DeleteRoleCommand({ RoleName }))
    },
    also: ["instance-profile/node differs: roleName (pending)"],
  },
  {
    key: "instance-profile/node",
    async does({ iam }, the) {
      const InstanceProfileName = the("instance-profile/node", "profileName")
      const RoleName = the("role/node", "roleName")
      await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }))
      await iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName }))
    },
    also: ["instance/node differs: profileId (pending)"],
  },
  {
    key: "choice/allowed-cidrs",
    does: ({ ssm }, the) => ssm.send(new DeleteParameterCommand({ Name: the("choice/allowed-cidrs", "parameter") })),
  },
  {
    key: "bucket/flow-logs",
    does: ({ s3 }, the) => s3.send(new DeleteBucketCommand({ Bucket: the("bucket/flow-logs", "bucket") })),
  },
  {
    key: "record/main",
    does: ({ s3 }, the) =>
      s3.send(new DeleteObjectCommand({ Bucket: the("bucket/state", "bucket"), Key: "records/poc.json" })),
    cause: "pending",
  },
  {
    key: "bucket/state",
    async does(by, the) {
      const Bucket = the("bucket/state", "bucket")
      await emptyBucket(by, Bucket)
      await by.s3.send(new DeleteBucketCommand({ Bucket }))
    },
    also: ["record/main missing (pending)"],
    cause: "pending",
  },
]

/** Kinds of which nothing can be taken away by itself. */
export const immovable: Readonly<Record<string, string>> = {
  vpc: "AWS refuses while anything is in it",
  "default-group": "AWS refuses: it goes with its network",
}

async function withoutNat({ ec2, clock }: Session, the: The) {
  await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: the("nat-gateway/main") }))
  // Far longer than it takes: its address is its own until it is gone.
  await clock.sleep(300_000)
}

async function unassociate(ec2: Session["ec2"], Name: string, id: string) {
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters: [{ Name, Values: [id] }] }))
  for (const { SubnetId, RouteTableId, RouteTableAssociationId: AssociationId } of RouteTables.flatMap(
    ({ Associations = [] }) => Associations,
  ))
    if (SubnetId === id || RouteTableId === id) await ec2.send(new DisassociateRouteTableCommand({ AssociationId }))
}
