import { interfaces, volumes } from "../services/ec2/records/compute.ts"
import { live } from "../services/ec2/rules/kind.ts"
import {
  born,
  existing,
  instanceOfAssociation,
  launched,
  named,
  profileRole,
  routeTableOf,
  subnetOf,
  tagged,
  thing,
} from "./ec2-things.ts"
import { anything, both, passed, type Row, type Rows, want } from "./needs.ts"

const instances = existing("instance", "InstanceId", "InstanceIds")
const table = existing("route-table", "RouteTableId")
const group = existing("security-group", "GroupId")
const vpc = existing("vpc", "VpcId")
const subnet = existing("subnet", "SubnetId")
const gateway = existing("internet-gateway", "InternetGatewayId")
const volume = existing("volume", "VolumeId")
const address = existing("elastic-ip", "AllocationId")
const network = existing("network-interface", "NetworkInterfaceId")

const passesRole: Row = (ask) => passed(ask, profileRole(ask), "ec2.amazonaws.com")

/** Of an address, and of what it stands at. */
const associated: Row = (ask) =>
  live(ask.call, interfaces)
    .filter(({ associationId }) => associationId !== undefined && associationId === ask.input.AssociationId)
    .flatMap(({ allocationId, id }) => [
      thing(ask, "network-interface", id),
      ...(allocationId === undefined ? [] : [thing(ask, "elastic-ip", allocationId)]),
    ])

/** The disks of the devices that are named. */
const mappedVolumes: Row = (ask) => {
  const devices = [ask.input.BlockDeviceMappings ?? []].flat().map((one) => Object(one).DeviceName)
  return live(ask.call, volumes)
    .filter(({ attachment }) => attachment?.instanceId === ask.input.InstanceId && devices.includes(attachment?.device))
    .map(({ id }) => thing(ask, "volume", id))
}

const delivery =
  (action: string): Row =>
  (ask) =>
    String(ask.input.LogDestinationType ?? "s3") === "s3" ? [want(ask, "*", { action })] : []

const deliveryBucket: Row = ({ input, ...ask }) =>
  typeof input.LogDestination === "string"
    ? ["s3:GetBucketPolicy", "s3:PutBucketPolicy"].map((action) =>
        want({ ...ask, input }, String(input.LogDestination).replace(/(:::[^/]+)\/.*/, "$1"), { action }),
      )
    : []

export const ec2Rows: Rows = {
  AllocateAddress: born("elastic-ip"),
  AssociateAddress: both(address, instances, network),
  AssociateIamInstanceProfile: both(instances, passesRole),
  AssociateRouteTable: both(table, subnet, existing("internet-gateway", "GatewayId")),
  AttachInternetGateway: both(gateway, vpc),
  AttachVolume: both(instances, volume),
  AuthorizeSecurityGroupEgress: group,
  AuthorizeSecurityGroupIngress: group,
  CreateFlowLogs: both(
    born("vpc-flow-log"),
    existing("vpc", "ResourceIds"),
    delivery("logs:CreateLogDelivery"),
    deliveryBucket,
  ),
  CreateInternetGateway: born("internet-gateway"),
  CreateNatGateway: both(born("natgateway"), subnet, address),
  CreateRoute: table,
  CreateRouteTable: both(born("route-table"), vpc),
  CreateSecurityGroup: both(born("security-group"), vpc),
  CreateSnapshot: both(born("snapshot"), volume),
  CreateSubnet: both(born("subnet"), vpc),
  CreateTags: tagged,
  CreateVolume: both(born("volume"), existing("snapshot", "SnapshotId")),
  CreateVpc: born("vpc"),
  CreateVpcEndpoint: both(
    born("vpc-endpoint"),
    vpc,
    existing("route-table", "RouteTableIds"),
    existing("subnet", "SubnetIds"),
    existing("security-group", "SecurityGroupIds"),
  ),
  DeleteFlowLogs: both(existing("vpc-flow-log", "FlowLogIds"), anything("logs:DeleteLogDelivery")),
  DeleteInternetGateway: gateway,
  DeleteKeyPair: both(existing("key-pair", "KeyPairId"), named("key-pair", "KeyName")),
  DeleteNatGateway: existing("natgateway", "NatGatewayId"),
  DeleteRoute: table,
  DeleteRouteTable: table,
  DeleteSecurityGroup: group,
  DeleteSnapshot: existing("snapshot", "SnapshotId"),
  DeleteSubnet: subnet,
  DeleteTags: tagged,
  DeleteVolume: volume,
  DeleteVpc: vpc,
  DeleteVpcEndpoints: existing("vpc-endpoint", "VpcEndpointIds"),
  DetachInternetGateway: both(gateway, vpc),
  DetachVolume: both(instances, volume),
  DisableEbsEncryptionByDefault: anything(),
  DisassociateAddress: associated,
  DisassociateIamInstanceProfile: instances,
  DisassociateRouteTable: both(routeTableOf, subnetOf),
  EnableEbsEncryptionByDefault: anything(),
  GetEbsEncryptionByDefault: anything(),
  ImportKeyPair: born("key-pair", "KeyName"),
  ModifyInstanceAttribute: both(instances, existing("security-group", "Groups"), mappedVolumes),
  ModifyInstanceCreditSpecification: (ask) =>
    [ask.input.InstanceCreditSpecifications]
      .flat()
      .flatMap((one) => instances({ ...ask, input: { InstanceId: Object(one).InstanceId } })),
  ModifyInstanceMetadataOptions: instances,
  ModifyNetworkInterfaceAttribute: both(network, existing("security-group", "Groups")),
  ModifySecurityGroupRules: both(group, anything()),
  ModifySubnetAttribute: subnet,
  ModifyVolume: volume,
  ModifyVpcAttribute: vpc,
  ModifyVpcEndpoint: both(
    existing("vpc-endpoint", "VpcEndpointId"),
    existing("route-table", "AddRouteTableIds", "RemoveRouteTableIds"),
    existing("subnet", "AddSubnetIds", "RemoveSubnetIds"),
    existing("security-group", "AddSecurityGroupIds", "RemoveSecurityGroupIds"),
  ),
  MonitorInstances: instances,
  RebootInstances: instances,
  ReleaseAddress: address,
  ReplaceIamInstanceProfileAssociation: both(instanceOfAssociation, passesRole),
  ReplaceRoute: table,
  ReplaceRouteTableAssociation: both(table, subnetOf),
  RevokeSecurityGroupEgress: group,
  RevokeSecurityGroupIngress: group,
  RunInstances: launched,
  StartInstances: instances,
  StopInstances: instances,
  TerminateInstances: instances,
  UnmonitorInstances: instances,
}
