import { idOf, launch } from "../network.ts"
import { api, errors, gone, type Net, nat, type Row } from "./case.ts"

const associationOf = ({ aws, address }: Net) =>
  aws.run("DescribeAddresses", { AllocationIds: [address] }).Addresses?.[0]?.AssociationId

export const publicAddressRows: readonly Row[] = [
  [
    "an address for a network without a way out",
    "Gateway.NotAttached: is not attached to any internet gateway",
    errors,
    ({ aws, subnet, address, gateway, vpc }) => {
      const InstanceId = launch(aws, subnet)
      aws.run("DetachInternetGateway", { InternetGatewayId: gateway, VpcId: vpc })
      return aws.refused("AssociateAddress", { AllocationId: address, InstanceId })
    },
  ],
  [
    "an address that another has, when it may not move",
    "Resource.AlreadyAssociated",
    api("AssociateAddress"),
    ({ aws, subnet, address }) => {
      aws.run("AssociateAddress", { AllocationId: address, InstanceId: launch(aws, subnet) })
      const InstanceId = launch(aws, subnet)
      return aws.refused("AssociateAddress", { AllocationId: address, InstanceId, AllowReassociation: false })
    },
  ],
  [
    "taking a NAT gateway's address",
    "AuthFailure: do not have permission",
    errors,
    (net) => {
      nat(net)
      return net.aws.refused("AssociateAddress", {
        AllocationId: net.address,
        InstanceId: launch(net.aws, net.subnet),
      })
    },
  ],
  [
    "letting go of a NAT gateway's address",
    "AuthFailure: do not have permission",
    errors,
    (net) => {
      nat(net)
      return net.aws.refused("DisassociateAddress", { AssociationId: associationOf(net) })
    },
  ],
  [
    "letting go of what is not tied",
    "InvalidAssociationID.NotFound",
    errors,
    ({ aws }) => aws.refused("DisassociateAddress", { AssociationId: gone("eipassoc") }),
  ],
  [
    "changing a NAT gateway's interface",
    "AuthFailure: do not have permission",
    errors,
    (net) => {
      nat(net)
      const found = net.aws.run("DescribeNetworkInterfaces", {}).NetworkInterfaces?.[0]
      const NetworkInterfaceId = idOf(found?.NetworkInterfaceId)
      return net.aws.refused("ModifyNetworkInterfaceAttribute", { NetworkInterfaceId, AssociatePublicIpAddress: true })
    },
  ],
]
