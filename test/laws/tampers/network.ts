import {
  AuthorizeSecurityGroupEgressCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  DeleteRouteCommand,
  DescribeInternetGatewaysCommand,
  DisassociateRouteTableCommand,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
  ModifyVpcEndpointCommand,
  ReplaceRouteCommand,
  ReplaceRouteTableAssociationCommand,
} from "@aws-sdk/client-ec2"
import type { Session } from "../../../src/aws/clients.ts"
import { addressKind } from "../../../src/steps/address.ts"
import { defaultGroupKind } from "../../../src/steps/default-group.ts"
import { endpointKind } from "../../../src/steps/endpoint.ts"
import { flowLogKind } from "../../../src/steps/flow-log.ts"
import { internetGatewayKind } from "../../../src/steps/internet-gateway.ts"
import { natGatewayKind } from "../../../src/steps/nat-gateway.ts"
import { routeTableKind } from "../../../src/steps/route-table.ts"
import { subnetKind } from "../../../src/steps/subnet.ts"
import { vpcKind } from "../../../src/steps/vpc.ts"
import { openToAll } from "./rules.ts"
import { tampersOf } from "./table.ts"

const off = { Value: false }
const noCall = "AWS has no call that changes it"

export const networkTampers = [
  tampersOf(vpcKind, {
    fields: {
      dnsSupport: [
        {
          // Names for hosts cannot be without any names.
          seen: () => ["dnsSupport", "dnsHostnames"],
          async does({ ec2 }, { id }) {
            await ec2.send(new ModifyVpcAttributeCommand({ VpcId: id, EnableDnsHostnames: off }))
            await ec2.send(new ModifyVpcAttributeCommand({ VpcId: id, EnableDnsSupport: off }))
          },
        },
      ],
      dnsHostnames: ({ ec2 }, { id }) =>
        ec2.send(new ModifyVpcAttributeCommand({ VpcId: id, EnableDnsHostnames: off })),
    },
    fixed: { cidr: "a network keeps its first range for good" },
  }),
  tampersOf(subnetKind, {
    fields: {
      publicByDefault: ({ ec2 }, { id }) =>
        ec2.send(new ModifySubnetAttributeCommand({ SubnetId: id, MapPublicIpOnLaunch: { Value: true } })),
    },
    fixed: { cidr: noCall, vpcId: noCall, zone: noCall },
  }),
  tampersOf(internetGatewayKind, {
    fields: {},
    fixed: {
      attachedTo: "it cannot be detached while anything has a public address: see what is removed from outside",
      vpcId: "it is a tag of ours, and whoever changes those changes whose it is",
    },
  }),
  tampersOf(addressKind, { fields: {}, fixed: {} }),
  tampersOf(natGatewayKind, { fields: {}, fixed: { subnetId: noCall, addressId: noCall } }),
  tampersOf(routeTableKind, {
    fields: {
      routes: [
        async (by, { id, vpcId }) => {
          const GatewayId = await gatewayOf(by, vpcId)
          await by.ec2.send(new CreateRouteCommand({ ...way(id, "192.0.2.0/24"), GatewayId }))
        },
        async (by, { id, vpcId, routes: [out] }) => {
          const GatewayId = await gatewayOf(by, vpcId)
          const everywhere = way(id, "0.0.0.0/0")
          if (out?.via === GatewayId) await by.ec2.send(new DeleteRouteCommand(everywhere))
          else if (out) await by.ec2.send(new ReplaceRouteCommand({ ...everywhere, GatewayId }))
          else await by.ec2.send(new CreateRouteCommand({ ...everywhere, GatewayId }))
        },
      ],
      subnetIds: [
        ({ ec2 }, { associationIds: [AssociationId] }) =>
          ec2.send(new DisassociateRouteTableCommand({ AssociationId })),
        async ({ ec2 }, { vpcId: VpcId, associationIds: [AssociationId] }) => {
          const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }))
          const RouteTableId = RouteTable?.RouteTableId
          await ec2.send(new ReplaceRouteTableAssociationCommand({ AssociationId, RouteTableId }))
        },
      ],
    },
    fixed: { vpcId: noCall },
  }),
  tampersOf(endpointKind, {
    fields: {
      policy: ({ ec2 }, { id }) =>
        ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId: id, PolicyDocument: JSON.stringify(readOnly) })),
      routeTableIds: ({ ec2 }, { id, routeTableIds: [first = ""] }) =>
        ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId: id, RemoveRouteTableIds: [first] })),
    },
    fixed: { vpcId: noCall, service: noCall },
  }),
  tampersOf(flowLogKind, {
    fields: {},
    fixed: { vpcId: noCall, destination: noCall, traffic: noCall, interval: noCall },
  }),
  tampersOf(defaultGroupKind, {
    fields: {
      ingress: (by, { id }) => openToAll(by, id),
      egress: ({ ec2 }, { id: GroupId }) =>
        ec2.send(
          new AuthorizeSecurityGroupEgressCommand({
            GroupId,
            IpPermissions: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
          }),
        ),
    },
    fixed: { vpcId: noCall },
  }),
]

const way = (RouteTableId: string, DestinationCidrBlock: string) => ({ RouteTableId, DestinationCidrBlock })

async function gatewayOf({ ec2 }: Session, vpcId: string) {
  const Filters = [{ Name: "attachment.vpc-id", Values: [vpcId] }]
  const { InternetGateways = [] } = await ec2.send(new DescribeInternetGatewaysCommand({ Filters }))
  return InternetGateways[0]?.InternetGatewayId
}

const readOnly = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }],
}
