import { idOf, launch, subnetIn } from "../network.ts"
import { api, errors, gone, moto, nat, otherVpc, ours, type Row } from "./case.ts"

export const gatewayRows: readonly Row[] = [
  [
    "a gateway attached twice",
    "Resource.AlreadyAssociated",
    errors,
    ({ aws, gateway, vpc }) => aws.refused("AttachInternetGateway", { InternetGatewayId: gateway, VpcId: vpc }),
  ],
  [
    "a second gateway on a VPC",
    "InvalidParameterValue: already has an internet gateway attached",
    api("AttachInternetGateway"),
    ({ aws, vpc }) =>
      aws.refused("AttachInternetGateway", {
        InternetGatewayId: idOf(aws.run("CreateInternetGateway", {}).InternetGateway?.InternetGatewayId),
        VpcId: vpc,
      }),
  ],
  [
    "deleting while attached",
    "DependencyViolation: has dependencies and cannot be deleted.",
    moto,
    ({ aws, gateway }) => aws.refused("DeleteInternetGateway", { InternetGatewayId: gateway }),
  ],
  [
    "detaching what isn't attached",
    "Gateway.NotAttached",
    errors,
    (net) => net.aws.refused("DetachInternetGateway", { InternetGatewayId: net.gateway, VpcId: otherVpc(net) }),
  ],
  [
    "detaching under a NAT gateway's address",
    "DependencyViolation: has some mapped public address(es). Please",
    moto,
    (net) => {
      nat(net)
      return net.aws.refused("DetachInternetGateway", { InternetGatewayId: net.gateway, VpcId: net.vpc })
    },
  ],
  [
    "detaching under an instance's address",
    "DependencyViolation: has some mapped public address(es). Please",
    moto,
    ({ aws, subnet, gateway, vpc }) => {
      aws.run("ModifySubnetAttribute", { SubnetId: subnet, MapPublicIpOnLaunch: { Value: true } })
      launch(aws, subnet)
      return aws.refused("DetachInternetGateway", { InternetGatewayId: gateway, VpcId: vpc })
    },
  ],
  [
    "releasing an address in use",
    "InvalidIPAddress.InUse",
    moto,
    (net) => {
      nat(net)
      return net.aws.refused("ReleaseAddress", { AllocationId: net.address })
    },
  ],
  [
    "an address that isn't there",
    "InvalidAllocationID.NotFound",
    errors,
    ({ aws }) => aws.refused("ReleaseAddress", { AllocationId: gone("eipalloc") }),
  ],
  [
    "a public address that isn't ours",
    "InvalidAddress.NotFound",
    errors,
    ({ aws }) => aws.refused("DescribeAddresses", { PublicIps: ["8.8.8.8"] }),
  ],
  [
    "another border group",
    "InvalidParameterValue: networkBorderGroup is invalid. The only one",
    api("AllocateAddress"),
    ({ aws }) => aws.refused("AllocateAddress", { NetworkBorderGroup: "eu-west-1" }),
  ],
  [
    "a NAT gateway without address",
    "MissingParameter: AllocationId",
    api("CreateNatGateway"),
    ({ aws, subnet }) => aws.refused("CreateNatGateway", { SubnetId: subnet }),
  ],
  [
    "a private one with an address",
    "InvalidParameterCombination: A private NAT gateway cannot have an",
    api("CreateNatGateway"),
    ({ aws, subnet, address }) =>
      aws.refused("CreateNatGateway", { SubnetId: subnet, AllocationId: address, ConnectivityType: "private" }),
  ],
  [
    "a regional NAT gateway",
    "NotImplemented: regional NAT gateways; use zonal ones",
    ours,
    ({ aws, subnet, address }) =>
      aws.refused("CreateNatGateway", { SubnetId: subnet, AllocationId: address, AvailabilityMode: "regional" }),
  ],
  [
    "a token with other parameters",
    "IdempotentParameterMismatch",
    "EC2 developer guide: idempotency",
    (net) => {
      nat(net, { ClientToken: "t" })
      return net.aws.refused("CreateNatGateway", {
        SubnetId: subnetIn(net.aws, net.vpc, "10.20.2.0/24", "us-east-1b"),
        AllocationId: net.address,
        ClientToken: "t",
      })
    },
  ],
  [
    "deleting what is deleted",
    "NatGatewayNotFound",
    errors,
    (net) => {
      const id = nat(net)
      net.aws.run("DeleteNatGateway", { NatGatewayId: id })
      net.aws.pass(60)
      return net.aws.refused("DeleteNatGateway", { NatGatewayId: id })
    },
  ],
  [
    "a NAT gateway's malformed id",
    "NatGatewayMalformed",
    errors,
    ({ aws }) => aws.refused("DescribeNatGateways", { NatGatewayIds: ["nat-1"] }),
  ],
]
