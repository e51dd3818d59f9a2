import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers } from "../../service.ts"
import { type NetworkAclRecord, networkAcls, type SubnetRecord, subnets } from "./records/network.ts"
import { type Fields, select } from "./rules/filter.ts"
import { live } from "./rules/kind.ts"
import { page } from "./rules/page.ts"
import { tagsView } from "./rules/tags.ts"

/** Only the default one that comes with each VPC: it lets everything through. */
export const networkAclHandlers = handlers<typeof ec2>()({
  DescribeNetworkAcls(input, call) {
    const found = select(call, networkAcls, input.NetworkAclIds, input.Filters, fields)
    const { items, NextToken } = page(found, input, input.NetworkAclIds)
    return { NetworkAcls: items.map((acl) => view(call, acl)), NextToken }
  },
})

const fields: Fields<NetworkAclRecord> = {
  "association.association-id": (acl, call) => subnetsOf(call, acl).map((subnet) => subnet.aclAssociationId),
  "association.network-acl-id": (acl) => acl.id,
  "association.subnet-id": (acl, call) => subnetsOf(call, acl).map((subnet) => subnet.id),
  default: () => true,
  "network-acl-id": (acl) => acl.id,
  "owner-id": (_acl, call) => call.account,
  "vpc-id": (acl) => acl.vpcId,
}

const view = (call: Call, acl: NetworkAclRecord): ec2.NetworkAcl => ({
  NetworkAclId: acl.id,
  VpcId: acl.vpcId,
  OwnerId: call.account,
  IsDefault: true,
  Entries: [true, false].flatMap((Egress) => [
    { Egress, RuleNumber: 100, Protocol: "-1", RuleAction: "allow" as const, CidrBlock: "0.0.0.0/0" },
    { Egress, RuleNumber: 32_767, Protocol: "-1", RuleAction: "deny" as const, CidrBlock: "0.0.0.0/0" },
  ]),
  Associations: subnetsOf(call, acl).map((subnet) => ({
    NetworkAclAssociationId: subnet.aclAssociationId,
    NetworkAclId: acl.id,
    SubnetId: subnet.id,
  })),
  Tags: tagsView(call, acl.id),
})

const subnetsOf = (call: Call, acl: NetworkAclRecord): readonly SubnetRecord[] =>
  live(call, subnets).filter((subnet) => subnet.vpcId === acl.vpcId)
