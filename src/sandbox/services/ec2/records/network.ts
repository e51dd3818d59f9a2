import type { ConnectivityType, NatGatewayState, State, SubnetState, Tenancy, VpcState } from "@aws-sdk/client-ec2"
import type { Entity, Kind } from "../rules/kind.ts"
import type { Timeline } from "../rules/timeline.ts"

export interface VpcRecord extends Entity {
  readonly cidr: string
  readonly cidrAssociationId: string
  readonly tenancy: Tenancy
  readonly states: Timeline<VpcState>
  readonly dnsSupport: boolean
  readonly dnsHostnames: boolean
  readonly usageMetrics: boolean
}

/** The route table that it follows is known to the table, not to the subnet: one place to change. */
export interface SubnetRecord extends Entity {
  readonly vpcId: string
  readonly cidr: string
  readonly zone: string
  readonly states: Timeline<SubnetState>
  readonly mapPublicIp: boolean
  readonly aclAssociationId: string
}

/** Only the default one of a VPC, so its entries are no data. */
export interface NetworkAclRecord extends Entity {
  readonly vpcId: string
}

export interface GatewayRecord extends Entity {
  readonly vpcId?: string | undefined
}

/** What it is bound to is found at the interface that holds it. */
export interface AddressRecord extends Entity {
  readonly publicIp: string
}

/** Kept for an hour after it failed or was deleted, as AWS goes on listing it. */
export interface NatRecord extends Entity {
  readonly subnetId: string
  readonly vpcId: string
  readonly zone: string
  readonly connectivity: ConnectivityType
  readonly allocationId?: string | undefined
  readonly associationId?: string | undefined
  readonly publicIp?: string | undefined
  readonly interfaceId: string
  readonly privateIp: string
  readonly created: number
  readonly deleted?: number | undefined
  readonly states: Timeline<NatGatewayState>
  readonly failure?: { readonly code: string; readonly message: string } | undefined
}

/** Whether it leads anywhere is computed on reading: its target may come and go. */
export interface RouteRecord {
  readonly cidr: string
  readonly gatewayId?: string | undefined
  readonly natGatewayId?: string | undefined
}

/** The local route and those of endpoints are added on reading. */
export interface RouteTableRecord extends Entity {
  readonly vpcId: string
  readonly routes: readonly RouteRecord[]
  readonly associations: readonly {
    readonly id: string
    /** The main table's own association has none. */
    readonly subnetId?: string | undefined
  }[]
}

export interface EndpointRecord extends Entity {
  readonly vpcId: string
  readonly serviceName: string
  readonly policy: string
  readonly routeTableIds: readonly string[]
  readonly created: number
  readonly states: Timeline<State>
}

export const vpcs: Kind<VpcRecord> = {
  table: "ec2/vpc",
  prefix: "vpc",
  type: "vpc",
  parameter: "vpcId",
  notFound: "InvalidVpcID.NotFound",
  malformed: "InvalidVpcID.Malformed",
  lost: (id) => `The vpc ID '${id}' does not exist`,
}

export const subnets: Kind<SubnetRecord> = {
  table: "ec2/subnet",
  prefix: "subnet",
  type: "subnet",
  parameter: "subnetId",
  notFound: "InvalidSubnetID.NotFound",
  malformed: "InvalidSubnetID.Malformed",
  lost: (id) => `The subnet ID '${id}' does not exist`,
}

export const networkAcls: Kind<NetworkAclRecord> = {
  table: "ec2/network-acl",
  prefix: "acl",
  type: "network-acl",
  parameter: "networkAclId",
  notFound: "InvalidNetworkAclID.NotFound",
  malformed: "InvalidNetworkAclID.Malformed",
  lost: (id) => `The networkAcl ID '${id}' does not exist`,
}

export const gateways: Kind<GatewayRecord> = {
  table: "ec2/internet-gateway",
  prefix: "igw",
  type: "internet-gateway",
  parameter: "internetGatewayId",
  notFound: "InvalidInternetGatewayID.NotFound",
  malformed: "InvalidInternetGatewayId.Malformed",
  lost: (id) => `The internetGateway ID '${id}' does not exist`,
}

export const addresses: Kind<AddressRecord> = {
  table: "ec2/address",
  prefix: "eipalloc",
  type: "elastic-ip",
  parameter: "AllocationId",
  notFound: "InvalidAllocationID.NotFound",
  malformed: "InvalidAllocationID.Malformed",
  lost: (id) => `The allocation ID '${id}' does not exist`,
}

export const natGateways: Kind<NatRecord> = {
  table: "ec2/nat-gateway",
  prefix: "nat",
  type: "natgateway",
  parameter: "natGatewayId",
  notFound: "NatGatewayNotFound",
  malformed: "NatGatewayMalformed",
  lost: (id) => `NAT gateway ${id} was not found`,
}

export const routeTables: Kind<RouteTableRecord> = {
  table: "ec2/route-table",
  prefix: "rtb",
  type: "route-table",
  parameter: "routeTableId",
  notFound: "InvalidRouteTableID.NotFound",
  malformed: "InvalidRouteTableId.Malformed",
  lost: (id) => `The routeTable ID '${id}' does not exist`,
}

export const endpoints: Kind<EndpointRecord> = {
  table: "ec2/vpc-endpoint",
  prefix: "vpce",
  type: "vpc-endpoint",
  parameter: "VpcEndpointId",
  notFound: "InvalidVpcEndpointId.NotFound",
  malformed: "InvalidVpcEndpointId.Malformed",
  lost: (id) => `The Vpc Endpoint Id '${id}' does not exist`,
}
