import { errors, gone, type Row } from "./case.ts"

/** Ids that name nothing, and ids that can't name anything, of the kinds that no other row asks for. */
export const idRows: readonly Row[] = [
  [
    "no such route table",
    "InvalidRouteTableID.NotFound",
    errors,
    ({ aws }) => aws.refused("DescribeRouteTables", { RouteTableIds: [gone("rtb")] }),
  ],
  [
    "a malformed route table",
    "InvalidRouteTableId.Malformed",
    errors,
    ({ aws }) => aws.refused("DeleteRouteTable", { RouteTableId: "rtb-1" }),
  ],
  [
    "a malformed subnet",
    "InvalidSubnetID.Malformed",
    errors,
    ({ aws }) => aws.refused("DescribeSubnets", { SubnetIds: ["subnet-1"] }),
  ],
  [
    "no such network ACL",
    "InvalidNetworkAclID.NotFound",
    errors,
    ({ aws }) => aws.refused("DescribeNetworkAcls", { NetworkAclIds: [gone("acl")] }),
  ],
  [
    "a malformed network ACL",
    "InvalidNetworkAclID.Malformed",
    errors,
    ({ aws }) => aws.refused("DescribeNetworkAcls", { NetworkAclIds: ["acl-1"] }),
  ],
  [
    "a malformed gateway",
    "InvalidInternetGatewayId.Malformed",
    errors,
    ({ aws }) => aws.refused("DeleteInternetGateway", { InternetGatewayId: "igw" }),
  ],
  [
    "a malformed allocation",
    "InvalidAllocationID.Malformed",
    errors,
    ({ aws }) => aws.refused("DescribeAddresses", { AllocationIds: ["eipalloc-"] }),
  ],
  [
    "no such endpoint",
    "InvalidVpcEndpointId.NotFound",
    errors,
    ({ aws }) => aws.refused("ModifyVpcEndpoint", { VpcEndpointId: gone("vpce") }),
  ],
  [
    "a malformed endpoint",
    "InvalidVpcEndpointId.Malformed",
    errors,
    ({ aws }) => aws.refused("DescribeVpcEndpoints", { VpcEndpointIds: ["vpce-x"] }),
  ],
  [
    "a malformed group",
    "InvalidGroupId.Malformed",
    errors,
    ({ aws }) => aws.refused("DeleteSecurityGroup", { GroupId: "app" }),
  ],
  [
    "a malformed rule",
    "InvalidSecurityGroupRuleId.Malformed",
    errors,
    ({ aws }) => aws.refused("DescribeSecurityGroupRules", { SecurityGroupRuleIds: ["sgr-1"] }),
  ],
  [
    "a malformed key pair",
    "InvalidKeyPair.Malformed",
    errors,
    ({ aws }) => aws.refused("DescribeKeyPairs", { KeyPairIds: ["key-1"] }),
  ],
  [
    "no such flow log",
    "InvalidFlowLogId.NotFound",
    errors,
    ({ aws }) => aws.refused("DescribeFlowLogs", { FlowLogIds: [gone("fl")] }),
  ],
  [
    "a malformed flow log",
    "InvalidFlowLogId.Malformed",
    errors,
    ({ aws }) => aws.refused("DescribeFlowLogs", { FlowLogIds: ["fl-1"] }),
  ],
  [
    "no such interface",
    "InvalidNetworkInterfaceID.NotFound",
    errors,
    ({ aws }) => aws.refused("DescribeNetworkInterfaces", { NetworkInterfaceIds: [gone("eni")] }),
  ],
  [
    "a malformed interface",
    "InvalidNetworkInterfaceId.Malformed",
    errors,
    ({ aws }) => aws.refused("DescribeNetworkInterfaces", { NetworkInterfaceIds: ["eni-1"] }),
  ],
  [
    "a malformed disk",
    "InvalidVolumeID.Malformed",
    errors,
    ({ aws }) => aws.refused("DescribeVolumes", { VolumeIds: ["vol-1"] }),
  ],
  [
    "no such profile association",
    "InvalidAssociationID.NotFound",
    errors,
    ({ aws }) => aws.refused("DisassociateIamInstanceProfile", { AssociationId: gone("iip-assoc") }),
  ],
  [
    "a malformed profile association",
    "InvalidAssociationID.Malformed",
    errors,
    ({ aws }) => aws.refused("DisassociateIamInstanceProfile", { AssociationId: "iip-1" }),
  ],
]
