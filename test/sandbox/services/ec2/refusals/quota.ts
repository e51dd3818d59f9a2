import { idOf, launch } from "../network.ts"
import { api, asked, errors, moto, type Net, nat, type Row } from "./case.ts"

const times = (count: number, one: (index: number) => void): void => {
  for (let index = 0; index < count; index += 1) one(index)
}

/** Lowers a quota to what there is, as the fault of that name does. */
const lowered = (net: Net, code: string, to: number): Net => {
  net.aws.quotas.set(code, to)
  return net
}

/** The network of each row has one VPC, gateway, address and group besides what comes with the VPC. */
export const quotaRows: readonly Row[] = [
  [
    "the 6th VPC",
    "VpcLimitExceeded",
    moto,
    ({ aws }) => {
      times(4, (index) => aws.run("CreateVpc", { CidrBlock: `10.${100 + index}.0.0/16` }))
      return aws.refused("CreateVpc", { CidrBlock: "10.200.0.0/16" })
    },
  ],
  [
    "the 6th address",
    "AddressLimitExceeded",
    moto,
    ({ aws }) => {
      times(4, () => aws.run("AllocateAddress", {}))
      return aws.refused("AllocateAddress", {})
    },
  ],
  [
    "the 6th internet gateway",
    "InternetGatewayLimitExceeded",
    errors,
    ({ aws }) => {
      times(4, () => aws.run("CreateInternetGateway", {}))
      return aws.refused("CreateInternetGateway", {})
    },
  ],
  [
    "the 6th NAT gateway of a zone",
    "NatGatewayLimitExceeded",
    errors,
    (net) => {
      const { aws, subnet } = lowered(net, "L-0263D0A3", 9)
      nat(net)
      const another = () => ({ SubnetId: subnet, AllocationId: idOf(aws.run("AllocateAddress", {}).AllocationId) })
      times(4, () => aws.run("CreateNatGateway", another()))
      return aws.refused("CreateNatGateway", another())
    },
  ],
  [
    "one subnet more",
    "SubnetLimitExceeded",
    errors,
    (net) => lowered(net, "L-407747CB", 1).aws.refused("CreateSubnet", { VpcId: net.vpc, CidrBlock: "10.20.2.0/24" }),
  ],
  [
    "one route table more",
    "RouteTableLimitExceeded",
    errors,
    (net) => lowered(net, "L-589F43AA", 2).aws.refused("CreateRouteTable", { VpcId: net.vpc }),
  ],
  [
    "one route more",
    "RouteLimitExceeded",
    errors,
    (net) =>
      lowered(net, "L-93826ACB", 0).aws.refused("CreateRoute", {
        RouteTableId: net.table,
        DestinationCidrBlock: "0.0.0.0/0",
        GatewayId: net.gateway,
      }),
  ],
  [
    "one gateway endpoint more",
    "VpcEndpointLimitExceeded",
    errors,
    (net) =>
      lowered(net, "L-1B52E74A", 0).aws.refused("CreateVpcEndpoint", {
        VpcId: net.vpc,
        ServiceName: "com.amazonaws.us-east-1.s3",
      }),
  ],
  [
    "one group more",
    "SecurityGroupLimitExceeded",
    errors,
    (net) =>
      lowered(net, "L-E79EC296", 2).aws.refused("CreateSecurityGroup", {
        VpcId: net.vpc,
        GroupName: "more",
        Description: "more",
      }),
  ],
  [
    "more processors",
    "VcpuLimitExceeded",
    errors,
    (net) => {
      launch(lowered(net, "L-1216C47A", 4).aws, net.subnet)
      return net.aws.refused("RunInstances", asked(net, { InstanceType: "t3.micro" }))
    },
  ],
  [
    "processors of what stopped, started again",
    "VcpuLimitExceeded",
    api("StartInstances"),
    (net) => {
      const id = launch(net.aws, net.subnet)
      net.aws.pass(20)
      net.aws.run("StopInstances", { InstanceIds: [id] })
      net.aws.pass(60)
      launch(lowered(net, "L-1216C47A", 4).aws, net.subnet)
      return net.aws.refused("StartInstances", { InstanceIds: [id] })
    },
  ],
  [
    "more public addresses than there are",
    "InsufficientAddressCapacity",
    errors,
    ({ aws, address }) => {
      aws.quotas.set("L-0263D0A3", 1000)
      for (const prefix of ["198.51.100", "192.0.2"]) {
        times(255, (last) =>
          aws.put("ec2/address@us-east-1", `${prefix}.${last}`, { id: address, publicIp: `${prefix}.${last}` }),
        )
      }
      return aws.refused("AllocateAddress", {})
    },
  ],
]
