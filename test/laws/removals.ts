import {
  DeleteFlowLogsCommand,
  DeleteInternetGatewayCommand,
  DeleteKeyPairCommand,
  DeleteNatGatewayCommand,
  DeleteRouteTableCommand,
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
  RemoveRoleFromInstanceProfileCommand,
} from "@aws-sdk/client-iam"
import { DeleteBucketCommand, DeleteObjectCommand } from "@aws-sdk/client-s3"
import { DeleteParameterCommand } from "@aws-sdk/client-ssm"
import type { Session } from "../../src/aws/clients.ts"
import type { The } from "./ground.ts"
import { dataRemovals } from "./removals-data.ts"
import { followsFront, frontRemovals, withoutFront } from "./removals-front.ts"
import { followsOnNode, nodeRemovals } from "./removals-node.ts"
import { followsNode, watchingRemovals } from "./removals-watching.ts"

export interface Removal {
  readonly key: string
  /** Takes it away as somebody at the console would, with whatever AWS wants gone first. */
  does(by: Session, the: The): Promise<unknown>
  /** What a plan says of it and of all that stood on it, beyond that it is missing. */
  readonly also?: readonly string[]
  /** Why a plan says that it is missing; without it, drift. */
  readonly cause?: "pending"
  /** Takes away what he had to put there first, once all is well again. */
  tidies?(by: Session): Promise<unknown>
}

const noWayOut = ["nat-gateway/main missing (drift)", "route-table/private differs: routes (pending)"]

export const removals: readonly Removal[] = [
  {
    key: "instance/node",
    does: ({ ec2 }, the) => ec2.send(new TerminateInstancesCommand({ InstanceIds: [the("instance/node")] })),
    also: [...followsNode, ...followsOnNode],
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
      // It has addresses of the public subnets.
      await withoutFront(by, the)
      const InternetGatewayId = the("internet-gateway/main")
      await by.ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId: the("vpc/main") }))
      await by.ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId }))
    },
    also: [
      ...noWayOut,
      "route-table/public differs: routes (pending)",
      "load-balancer/main missing (drift)",
      ...followsFront,
    ],
  },
  {
    key: "subnet/private-b",
    async does({ ec2 }, the) {
      await unassociate(ec2, "association.subnet-id", the("subnet/private-b"))
      await ec2.send(new DeleteSubnetCommand({ SubnetId: the("subnet/private-b") }))
    },
    also: [
      "route-table/private differs: subnetIds (pending)",
      "cache-subnet-group/main differs: subnetIds (pending)",
      "database-subnet-group/main differs: subnetIds (pending)",
    ],
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
    key: "key-pair/node",
    does: ({ ec2 }, the) => ec2.send(new DeleteKeyPairCommand({ KeyPairId: the("key-pair/node") })),
  },
  {
    key: "role/node",
    async does({ iam }, the) {
      const RoleName = the("role/node", "roleName")
      const InstanceProfileName = the("instance-profile/node", "profileName")
      await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }))
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
  ...dataRemovals,
  ...frontRemovals,
  ...nodeRemovals,
  ...watchingRemovals,
]

/** Kinds of which nothing can be taken away by itself. */
export const immovable: Readonly<Record<string, string>> = {
  "cache-parameters": "ElastiCache refuses while a cache reads them",
  "cache-subnet-group": "ElastiCache refuses while a cache is in it",
  "database-parameters": "RDS refuses while a database reads them",
  "database-subnet-group": "RDS refuses while a database is in it",
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
