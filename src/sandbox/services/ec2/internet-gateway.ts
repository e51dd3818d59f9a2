import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { hasPublicAddresses } from "./interface.ts"
import { type GatewayRecord, gateways, vpcs } from "./records/network.ts"
import { type Fields, select } from "./rules/filter.ts"
import { find, live, rows, save } from "./rules/kind.ts"
import { page } from "./rules/page.ts"
import { checkQuota } from "./rules/quotas.ts"
import { inUse } from "./rules/refusals.ts"
import { checkTagTypes, dropTags, tagAtBirth, tagsView } from "./rules/tags.ts"

export const internetGatewayHandlers = handlers<typeof ec2>()({
  CreateInternetGateway(input, call) {
    checkTagTypes(input.TagSpecifications, ["internet-gateway"])
    checkQuota(call, "internetGateways", live(call, gateways).length + 1)
    const gateway = save(call, gateways, { id: call.id("igw") })
    tagAtBirth(call, gateways, gateway.id, input.TagSpecifications)
    return { InternetGateway: view(call, gateway) }
  },

  AttachInternetGateway(input, call) {
    const gateway = find(call, gateways, input.InternetGatewayId)
    const vpc = find(call, vpcs, input.VpcId)
    if (gateway.vpcId) {
      throw new Refusal(
        "Resource.AlreadyAssociated",
        `resource ${gateway.id} is already attached to network ${gateway.vpcId}`,
      )
    }
    if (live(call, gateways).some((other) => other.vpcId === vpc.id)) {
      throw new Refusal("InvalidParameterValue", `Network ${vpc.id} already has an internet gateway attached`)
    }
    save(call, gateways, { ...gateway, vpcId: vpc.id })
    return {}
  },

  DetachInternetGateway(input, call) {
    const gateway = find(call, gateways, input.InternetGatewayId)
    const vpc = find(call, vpcs, input.VpcId)
    if (gateway.vpcId !== vpc.id) {
      throw new Refusal("Gateway.NotAttached", `resource ${gateway.id} is not attached to network ${vpc.id}`)
    }
    if (hasPublicAddresses(call, vpc.id)) {
      throw new Refusal(
        "DependencyViolation",
        `Network ${vpc.id} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
      )
    }
    save(call, gateways, { ...gateway, vpcId: undefined })
    return {}
  },

  DescribeInternetGateways(input, call) {
    const found = select(call, gateways, input.InternetGatewayIds, input.Filters, fields)
    const { items, NextToken } = page(found, input, input.InternetGatewayIds)
    return { InternetGateways: items.map((gateway) => view(call, gateway)), NextToken }
  },

  DeleteInternetGateway(input, call) {
    const gateway = find(call, gateways, input.InternetGatewayId)
    if (gateway.vpcId) throw inUse("internetGateway", gateway.id)
    rows(call, gateways).delete(gateway.id)
    dropTags(call, gateway.id)
    return {}
  },
})

const fields: Fields<GatewayRecord> = {
  "attachment.state": (gateway) => (gateway.vpcId ? "available" : undefined),
  "attachment.vpc-id": (gateway) => gateway.vpcId,
  "internet-gateway-id": (gateway) => gateway.id,
  "owner-id": (_gateway, call) => call.account,
}

const view = (call: Call, gateway: GatewayRecord): ec2.InternetGateway => ({
  InternetGatewayId: gateway.id,
  OwnerId: call.account,
  // AWS answers "available" here, which the SDK's enumeration of attachment states lacks.
  Attachments: gateway.vpcId ? [{ VpcId: gateway.vpcId, State: "available" as ec2.AttachmentStatus }] : [],
  Tags: tagsView(call, gateway.id),
})
