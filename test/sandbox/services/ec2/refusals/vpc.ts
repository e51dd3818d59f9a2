import { api, errors, gone, moto, ours, type Row } from "./case.ts"

export const vpcRows: readonly Row[] = [
  [
    "a CIDR that is none",
    "InvalidParameterValue: cidrBlock is invalid. This is not a valid",
    api("CreateVpc"),
    ({ aws }) => aws.refused("CreateVpc", { CidrBlock: "10.0.0/16" }),
  ],
  [
    "an address over 255",
    "InvalidParameterValue: cidrBlock is invalid. This is not a valid",
    api("CreateVpc"),
    ({ aws }) => aws.refused("CreateVpc", { CidrBlock: "10.0.0.256/16" }),
  ],
  ["a VPC of /15", "InvalidVpc.Range", errors, ({ aws }) => aws.refused("CreateVpc", { CidrBlock: "10.0.0.0/15" })],
  ["a VPC of /29", "InvalidVpc.Range", errors, ({ aws }) => aws.refused("CreateVpc", { CidrBlock: "10.0.0.0/29" })],
  ["no CIDR at all", "MissingParameter: cidrBlock", api("CreateVpc"), ({ aws }) => aws.refused("CreateVpc", {})],
  [
    "what is not served",
    "NotImplemented: AmazonProvidedIpv6CidrBlock of CreateVpc",
    ours,
    ({ aws }) => aws.refused("CreateVpc", { CidrBlock: "10.0.0.0/16", AmazonProvidedIpv6CidrBlock: true }),
  ],
  [
    "deleting with a subnet, a gateway, a group",
    "DependencyViolation: has dependencies and cannot be deleted.",
    moto,
    ({ aws, vpc }) => aws.refused("DeleteVpc", { VpcId: vpc }),
  ],
  [
    "two attributes at once",
    "InvalidParameterCombination: Fields for multiple attribute types",
    api("ModifyVpcAttribute"),
    ({ aws, vpc }) =>
      aws.refused("ModifyVpcAttribute", {
        VpcId: vpc,
        EnableDnsHostnames: { Value: true },
        EnableDnsSupport: { Value: true },
      }),
  ],
  [
    "a VPC that isn't there",
    "InvalidVpcID.NotFound",
    errors,
    ({ aws }) => aws.refused("DescribeVpcs", { VpcIds: [gone("vpc")] }),
  ],
  [
    "an id of another kind",
    "InvalidVpcID.Malformed",
    errors,
    ({ aws, subnet }) => aws.refused("DeleteVpc", { VpcId: subnet }),
  ],
  [
    "an unknown filter",
    "InvalidParameterValue: The filter 'colour' is invalid",
    moto,
    ({ aws }) => aws.refused("DescribeVpcs", { Filters: [{ Name: "colour", Values: ["red"] }] }),
  ],
  [
    "a filter that only objects have",
    "InvalidParameterValue: The filter 'constructor' is invalid",
    moto,
    ({ aws }) => aws.refused("DescribeVpcs", { Filters: [{ Name: "constructor", Values: ["x"] }] }),
  ],
  [
    "a filter without values",
    "InvalidParameterValue: The filter 'vpc-id' must have at least one",
    api("Filter"),
    ({ aws }) => aws.refused("DescribeVpcs", { Filters: [{ Name: "vpc-id" }] }),
  ],
  [
    "201 filter values",
    "FilterLimitExceeded",
    errors,
    ({ aws }) => aws.refused("DescribeVpcs", { Filters: [{ Name: "vpc-id", Values: Array(201).fill("x") }] }),
  ],
  [
    "a page's token that none gave",
    "InvalidNextToken",
    errors,
    ({ aws }) => aws.refused("DescribeVpcs", { NextToken: "zzz" }),
  ],
  [
    "ids with a page size",
    "InvalidParameterCombination: The parameter maxResults cannot be used in",
    api("DescribeVpcs"),
    ({ aws, vpc }) => aws.refused("DescribeVpcs", { VpcIds: [vpc], MaxResults: 5 }),
  ],
  [
    "a dry run",
    "DryRunOperation",
    api("CreateVpc"),
    ({ aws }) => aws.refused("CreateVpc", { CidrBlock: "10.0.0.0/16", DryRun: true }),
  ],
]
