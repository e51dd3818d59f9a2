import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInstancesCommand,
  DescribeInternetGatewaysCommand,
  DescribeKeyPairsCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2"
import { ListInstanceProfilesCommand, ListRolesCommand } from "@aws-sdk/client-iam"
import { ListBucketsCommand } from "@aws-sdk/client-s3"
import { GetParametersByPathCommand } from "@aws-sdk/client-ssm"
import type { Session } from "../../src/aws/clients.ts"

/** Whatever there is of the kinds of things that we make, ours or not, by its id. */
export async function standing({ ec2, iam, s3, ssm }: Session): Promise<readonly string[]> {
  const lists = await Promise.all([
    ec2.send(new DescribeVpcsCommand()).then(({ Vpcs }) => Vpcs?.map(({ VpcId }) => VpcId)),
    ec2.send(new DescribeSubnetsCommand()).then(({ Subnets }) => Subnets?.map(({ SubnetId }) => SubnetId)),
    ec2
      .send(new DescribeInternetGatewaysCommand())
      .then(({ InternetGateways }) => InternetGateways?.map(({ InternetGatewayId }) => InternetGatewayId)),
    ec2
      .send(new DescribeAddressesCommand())
      .then(({ Addresses }) => Addresses?.map(({ AllocationId }) => AllocationId)),
    ec2
      .send(new DescribeNatGatewaysCommand())
      .then(({ NatGateways }) => NatGateways?.filter(isThere).map(({ NatGatewayId }) => NatGatewayId)),
    ec2
      .send(new DescribeRouteTablesCommand())
      .then(({ RouteTables }) => RouteTables?.map(({ RouteTableId }) => RouteTableId)),
    ec2
      .send(new DescribeVpcEndpointsCommand())
      .then(({ VpcEndpoints }) => VpcEndpoints?.filter(isThere).map(({ VpcEndpointId }) => VpcEndpointId)),
    ec2.send(new DescribeFlowLogsCommand()).then(({ FlowLogs }) => FlowLogs?.map(({ FlowLogId }) => FlowLogId)),
    ec2
      .send(new DescribeSecurityGroupsCommand())
      .then(({ SecurityGroups }) => SecurityGroups?.map(({ GroupId }) => GroupId)),
    ec2.send(new DescribeKeyPairsCommand()).then(({ KeyPairs }) => KeyPairs?.map(({ KeyPairId }) => KeyPairId)),
    ec2
      .send(new DescribeNetworkInterfacesCommand())
      .then(({ NetworkInterfaces }) => NetworkInterfaces?.map(({ NetworkInterfaceId }) => NetworkInterfaceId)),
    ec2
      .send(new DescribeInstancesCommand())
      .then(({ Reservations }) => Reservations?.flatMap(({ Instances = [] }) => Instances))
      .then((instances) => instances?.filter(runs).map(({ InstanceId }) => InstanceId)),
    iam.send(new ListRolesCommand()).then(({ Roles }) => Roles?.map(({ RoleName }) => RoleName)),
    iam
      .send(new ListInstanceProfilesCommand())
      .then(({ InstanceProfiles }) => InstanceProfiles?.map(({ InstanceProfileName }) => InstanceProfileName)),
    s3.send(new ListBucketsCommand()).then(({ Buckets }) => Buckets?.map(({ Name }) => Name)),
    ssm
      .send(new GetParametersByPathCommand({ Path: "/smart0dte", Recursive: true }))
      .then(({ Parameters }) => Parameters?.map(({ Name }) => Name)),
  ])
  return lists.flatMap((list = []) => list.filter((id) => id !== undefined)).toSorted()
}

/** What has ended is shown for a while. */
const isThere = ({ State }: { readonly State?: string | undefined }) => State?.toLowerCase() !== "deleted"
const runs = ({ State }: { readonly State?: { readonly Name?: string | undefined } | undefined }) =>
  State?.Name !== "terminated"
