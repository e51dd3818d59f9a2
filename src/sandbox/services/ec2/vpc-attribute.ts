import type * as ec2 from "@aws-sdk/client-ec2"
import { handlers, Refusal } from "../../service.ts"
import { type VpcRecord, vpcs } from "./records/network.ts"
import { find, save } from "./rules/kind.ts"
import { required } from "./rules/refusals.ts"

export const vpcAttributeHandlers = handlers<typeof ec2>()({
  ModifyVpcAttribute(input, call) {
    const vpc = find(call, vpcs, input.VpcId)
    const changes = [
      { field: "dnsSupport", value: input.EnableDnsSupport?.Value },
      { field: "dnsHostnames", value: input.EnableDnsHostnames?.Value },
      { field: "usageMetrics", value: input.EnableNetworkAddressUsageMetrics?.Value },
    ].filter((change) => change.value !== undefined)
    const [change, another] = changes
    if (another) {
      throw new Refusal(
        "InvalidParameterCombination",
        "Fields for multiple attribute types specified; only one is allowed",
      )
    }
    const { field, value } = required(change, "an attribute to modify")
    save(call, vpcs, { ...vpc, [field]: value })
    return {}
  },

  DescribeVpcAttribute(input, call) {
    const vpc = find(call, vpcs, input.VpcId)
    return { VpcId: vpc.id, ...attribute(vpc, required(input.Attribute, "attribute")) }
  },
})

const attribute = (vpc: VpcRecord, name: ec2.VpcAttributeName): Omit<ec2.DescribeVpcAttributeResult, "VpcId"> => {
  if (name === "enableDnsSupport") return { EnableDnsSupport: { Value: vpc.dnsSupport } }
  if (name === "enableDnsHostnames") return { EnableDnsHostnames: { Value: vpc.dnsHostnames } }
  return { EnableNetworkAddressUsageMetrics: { Value: vpc.usageMetrics } }
}
