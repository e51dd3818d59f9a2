import { launch } from "../network.ts"
import { api, errors, gone, moto, nat, ours, type Row } from "./case.ts"

export const subnetRows: readonly Row[] = [
  [
    "outside the VPC",
    "InvalidSubnet.Range",
    moto,
    ({ aws, vpc }) => aws.refused("CreateSubnet", { VpcId: vpc, CidrBlock: "10.99.0.0/24" }),
  ],
  [
    "wider than the VPC",
    "InvalidSubnet.Range",
    errors,
    ({ aws, vpc }) => aws.refused("CreateSubnet", { VpcId: vpc, CidrBlock: "10.0.0.0/8" }),
  ],
  [
    "a subnet of /29",
    "InvalidSubnet.Range",
    errors,
    ({ aws, vpc }) => aws.refused("CreateSubnet", { VpcId: vpc, CidrBlock: "10.20.9.0/29" }),
  ],
  [
    "an overlap",
    "InvalidSubnet.Conflict",
    moto,
    ({ aws, vpc }) => aws.refused("CreateSubnet", { VpcId: vpc, CidrBlock: "10.20.1.128/25" }),
  ],
  [
    "an overlap once canonical",
    "InvalidSubnet.Conflict",
    api("CreateSubnet"),
    ({ aws, vpc }) => aws.refused("CreateSubnet", { VpcId: vpc, CidrBlock: "10.20.1.77/24" }),
  ],
  [
    "a CIDR that is none",
    "InvalidParameterValue: cidrBlock is invalid. This is not a valid",
    errors,
    ({ aws, vpc }) => aws.refused("CreateSubnet", { VpcId: vpc, CidrBlock: "10.20.1.0" }),
  ],
  [
    "an unknown zone",
    "InvalidParameterValue: availabilityZone is invalid. Subnets can",
    api("CreateSubnet"),
    ({ aws, vpc }) =>
      aws.refused("CreateSubnet", { VpcId: vpc, CidrBlock: "10.20.2.0/24", AvailabilityZone: "us-east-1z" }),
  ],
  [
    "a zone twice named",
    "InvalidParameterCombination: availabilityZone and availabilityZoneId",
    api("CreateSubnet"),
    ({ aws, vpc }) =>
      aws.refused("CreateSubnet", {
        VpcId: vpc,
        CidrBlock: "10.20.2.0/24",
        AvailabilityZone: "us-east-1a",
        AvailabilityZoneId: "use1-az4",
      }),
  ],
  [
    "deleting with an instance",
    "DependencyViolation: has dependencies and cannot be deleted.",
    moto,
    ({ aws, subnet }) => {
      launch(aws, subnet)
      return aws.refused("DeleteSubnet", { SubnetId: subnet })
    },
  ],
  [
    "deleting with a NAT gateway",
    "DependencyViolation: has dependencies and cannot be deleted.",
    moto,
    (net) => {
      nat(net)
      return net.aws.refused("DeleteSubnet", { SubnetId: net.subnet })
    },
  ],
  [
    "a subnet that isn't there",
    "InvalidSubnetID.NotFound",
    errors,
    ({ aws }) => aws.refused("DeleteSubnet", { SubnetId: gone("subnet") }),
  ],
  [
    "an attribute that is not served",
    "NotImplemented: EnableDns64 of ModifySubnetAttribute",
    ours,
    ({ aws, subnet }) => aws.refused("ModifySubnetAttribute", { SubnetId: subnet, EnableDns64: { Value: true } }),
  ],
]
