import { api, errors, moto, otherVpc, ours, type Row } from "./case.ts"

const s3Service = "com.amazonaws.us-east-1.s3"

export const endpointRows: readonly Row[] = [
  [
    "an endpoint to no service",
    "InvalidServiceName",
    moto,
    ({ aws, vpc }) => aws.refused("CreateVpcEndpoint", { VpcId: vpc, ServiceName: "com.amazonaws.us-east-1.s4" }),
  ],
  [
    "a second endpoint on a table",
    "RouteAlreadyExists",
    moto,
    ({ aws, vpc, table }) => {
      const wish = { VpcId: vpc, ServiceName: s3Service, RouteTableIds: [table] }
      aws.run("CreateVpcEndpoint", wish)
      return aws.refused("CreateVpcEndpoint", wish)
    },
  ],
  [
    "an endpoint's table of another VPC",
    "InvalidParameter: does not belong to VPC",
    errors,
    (net) =>
      net.aws.refused("CreateVpcEndpoint", {
        VpcId: otherVpc(net),
        ServiceName: s3Service,
        RouteTableIds: [net.table],
      }),
  ],
  [
    "an endpoint's policy that is no JSON",
    "InvalidPolicyDocument",
    api("CreateVpcEndpoint"),
    ({ aws, vpc }) => aws.refused("CreateVpcEndpoint", { VpcId: vpc, ServiceName: s3Service, PolicyDocument: "{" }),
  ],
  [
    "an interface endpoint",
    "NotImplemented: VPC endpoints of type Interface",
    ours,
    ({ aws, vpc }) =>
      aws.refused("CreateVpcEndpoint", { VpcId: vpc, ServiceName: s3Service, VpcEndpointType: "Interface" }),
  ],
  [
    "deleting the VPC of an endpoint",
    "DependencyViolation: has dependencies and cannot be deleted.",
    moto,
    (net) => {
      const vpc = otherVpc(net)
      net.aws.run("CreateVpcEndpoint", { VpcId: vpc, ServiceName: s3Service })
      return net.aws.refused("DeleteVpc", { VpcId: vpc })
    },
  ],
  [
    "an unknown prefix list",
    "InvalidPrefixListId.NotFound",
    errors,
    ({ aws }) => aws.refused("DescribePrefixLists", { PrefixListIds: ["pl-00000000"] }),
  ],
  [
    "flow logs to CloudWatch",
    "NotImplemented: LogGroupName of CreateFlowLogs",
    ours,
    ({ aws, vpc }) => aws.refused("CreateFlowLogs", { ResourceIds: [vpc], ResourceType: "VPC", LogGroupName: "x" }),
  ],
]
