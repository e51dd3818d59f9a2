import { idOf, subnetIn } from "../network.ts"
import { api, errors, gone, moto, type Net, nat, otherVpc, type Row } from "./case.ts"

const mainTable = (aws: Net["aws"]) =>
  aws.run("DescribeRouteTables", { Filters: [{ Name: "association.main", Values: ["true"] }] }).RouteTables?.[0]

export const routeRows: readonly Row[] = [
  [
    "the same route twice",
    "RouteAlreadyExists",
    moto,
    ({ aws, table, gateway }) => {
      const route = { RouteTableId: table, DestinationCidrBlock: "0.0.0.0/0", GatewayId: gateway }
      aws.run("CreateRoute", route)
      return aws.refused("CreateRoute", route)
    },
  ],
  [
    "a route to the VPC itself",
    "RouteAlreadyExists",
    errors,
    ({ aws, table, gateway }) =>
      aws.refused("CreateRoute", { RouteTableId: table, DestinationCidrBlock: "10.20.0.0/16", GatewayId: gateway }),
  ],
  [
    "a route to an unattached gateway",
    "InvalidParameterValue: belong to different networks",
    moto,
    ({ aws, table }) =>
      aws.refused("CreateRoute", {
        RouteTableId: table,
        DestinationCidrBlock: "0.0.0.0/0",
        GatewayId: idOf(aws.run("CreateInternetGateway", {}).InternetGateway?.InternetGatewayId),
      }),
  ],
  [
    "a route to no gateway",
    "InvalidInternetGatewayID.NotFound",
    errors,
    ({ aws, table }) =>
      aws.refused("CreateRoute", { RouteTableId: table, DestinationCidrBlock: "0.0.0.0/0", GatewayId: gone("igw") }),
  ],
  [
    "a route to a thing that is no gateway",
    "InvalidGatewayID.NotFound",
    errors,
    ({ aws, table }) =>
      aws.refused("CreateRoute", { RouteTableId: table, DestinationCidrBlock: "0.0.0.0/0", GatewayId: "local-2" }),
  ],
  [
    "a route to no NAT gateway",
    "InvalidNatGatewayID.NotFound",
    errors,
    ({ aws, table }) =>
      aws.refused("CreateRoute", { RouteTableId: table, DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: gone("nat") }),
  ],
  [
    "a route to another VPC's NAT gateway",
    "InvalidParameterValue: belong to different networks",
    api("CreateRoute"),
    (net) =>
      net.aws.refused("CreateRoute", {
        RouteTableId: idOf(net.aws.run("CreateRouteTable", { VpcId: otherVpc(net) }).RouteTable?.RouteTableId),
        DestinationCidrBlock: "0.0.0.0/0",
        NatGatewayId: nat(net),
      }),
  ],
  [
    "two targets",
    "InvalidParameterCombination: exactly one target may be given: GatewayId",
    api("CreateRoute"),
    (net) =>
      net.aws.refused("CreateRoute", {
        RouteTableId: net.table,
        DestinationCidrBlock: "0.0.0.0/0",
        GatewayId: net.gateway,
        NatGatewayId: nat(net),
      }),
  ],
  [
    "no target",
    "MissingParameter: gatewayId",
    api("CreateRoute"),
    ({ aws, table }) => aws.refused("CreateRoute", { RouteTableId: table, DestinationCidrBlock: "0.0.0.0/0" }),
  ],
  [
    "a destination that is none",
    "InvalidParameterValue: destinationCidrBlock is invalid. This is",
    api("CreateRoute"),
    ({ aws, table, gateway }) =>
      aws.refused("CreateRoute", { RouteTableId: table, DestinationCidrBlock: "everywhere", GatewayId: gateway }),
  ],
  [
    "replacing a route that isn't there",
    "InvalidParameterValue: There is no route defined for '0.0.0.0/0'",
    api("ReplaceRoute"),
    ({ aws, table, gateway }) =>
      aws.refused("ReplaceRoute", { RouteTableId: table, DestinationCidrBlock: "0.0.0.0/0", GatewayId: gateway }),
  ],
  [
    "deleting a route that isn't there",
    "InvalidRoute.NotFound",
    errors,
    ({ aws, table }) => aws.refused("DeleteRoute", { RouteTableId: table, DestinationCidrBlock: "0.0.0.0/0" }),
  ],
  [
    "deleting the local route",
    "InvalidParameterValue: cannot remove local route 10.20.0.0/16 in",
    api("DeleteRoute"),
    ({ aws, table }) => aws.refused("DeleteRoute", { RouteTableId: table, DestinationCidrBlock: "10.20.0.0/16" }),
  ],
  [
    "a subnet of two tables",
    "Resource.AlreadyAssociated",
    errors,
    ({ aws, table, subnet, vpc }) => {
      aws.run("AssociateRouteTable", { RouteTableId: table, SubnetId: subnet })
      return aws.refused("AssociateRouteTable", {
        RouteTableId: idOf(aws.run("CreateRouteTable", { VpcId: vpc }).RouteTable?.RouteTableId),
        SubnetId: subnet,
      })
    },
  ],
  [
    "a subnet of another VPC",
    "InvalidParameterValue: belong to different networks",
    api("AssociateRouteTable"),
    (net) =>
      net.aws.refused("AssociateRouteTable", {
        RouteTableId: net.table,
        SubnetId: subnetIn(net.aws, otherVpc(net), "10.30.1.0/24", "us-east-1a"),
      }),
  ],
  [
    "deleting an associated table",
    "DependencyViolation: has dependencies and cannot be deleted.",
    errors,
    ({ aws, table, subnet }) => {
      aws.run("AssociateRouteTable", { RouteTableId: table, SubnetId: subnet })
      return aws.refused("DeleteRouteTable", { RouteTableId: table })
    },
  ],
  [
    "an association that isn't there",
    "InvalidAssociationID.NotFound",
    errors,
    ({ aws }) => aws.refused("DisassociateRouteTable", { AssociationId: gone("rtbassoc") }),
  ],
  [
    "parting the main table",
    "InvalidParameterValue: cannot disassociate the main route table",
    api("DisassociateRouteTable"),
    ({ aws }) => {
      const main = mainTable(aws)
      return aws.refused("DisassociateRouteTable", { AssociationId: main?.Associations?.[0]?.RouteTableAssociationId })
    },
  ],
  [
    "deleting the main table",
    "DependencyViolation: has dependencies and cannot be deleted.",
    errors,
    ({ aws }) => {
      const main = mainTable(aws)
      return aws.refused("DeleteRouteTable", { RouteTableId: main?.RouteTableId })
    },
  ],
  [
    "an association moved to another VPC's table",
    "InvalidParameterValue: belong to different networks",
    api("ReplaceRouteTableAssociation"),
    (net) => {
      const { AssociationId } = net.aws.run("AssociateRouteTable", { RouteTableId: net.table, SubnetId: net.subnet })
      const RouteTableId = net.aws.run("CreateRouteTable", { VpcId: otherVpc(net) }).RouteTable?.RouteTableId
      return net.aws.refused("ReplaceRouteTableAssociation", { AssociationId, RouteTableId })
    },
  ],
]
