import { type Call, Refusal } from "../../service.ts"
import { attachInterface, detachInterface, freeAddresses, lendPublicIp } from "../ec2/interface.ts"
import { interfaces } from "../ec2/records/compute.ts"
import { gateways, type SubnetRecord, subnets } from "../ec2/records/network.ts"
import { groups } from "../ec2/records/security.ts"
import { live, save, seek } from "../ec2/rules/kind.ts"
import type { LoadBalancerRecord } from "./records.ts"

/** Where a load balancer may stand: two zones of one network, with a way in and room for its nodes. */
export const checkSubnets = (call: Call, ids: readonly string[], scheme: string): readonly SubnetRecord[] => {
  const found = ids.map((id) => {
    const subnet = seek(call, subnets, id)
    if (!subnet) throw new Refusal("SubnetNotFoundException", `The subnet ID '${id}' does not exist`)
    return subnet
  })
  const zones = new Set(found.map(({ zone }) => zone))
  if (zones.size < found.length) {
    throw invalid("A load balancer cannot be attached to multiple subnets in the same Availability Zone")
  }
  if (zones.size < 2) {
    throw new Refusal("ValidationError", "At least two subnets in two different Availability Zones must be specified")
  }
  const [vpcId, ...others] = new Set(found.map((subnet) => subnet.vpcId))
  if (others.length > 0) throw invalid("All subnets must belong to the same VPC")
  if (scheme === "internet-facing" && !live(call, gateways).some((gateway) => gateway.vpcId === vpcId)) {
    throw new Refusal("InvalidSubnetException", `VPC ${vpcId} has no internet gateway`)
  }
  return found
}

export const checkGroups = (call: Call, ids: readonly string[], vpcId: string | undefined): void => {
  const known = ids.every((id) => seek(call, groups, id)?.vpcId === vpcId)
  if (!known || ids.length === 0) {
    throw new Refusal("InvalidSecurityGroupException", "One or more security groups are invalid")
  }
}

/** A node in each subnet, which everybody can reach where the load balancer faces the internet. */
export const placeNodes = (
  call: Call,
  where: readonly SubnetRecord[],
  wanted: Pick<LoadBalancerRecord, "arn" | "scheme" | "groupIds">,
): readonly string[] =>
  where.map((subnet) => {
    if (freeAddresses(call, subnet) < 8) {
      throw new Refusal(
        "InvalidSubnetException",
        `Not enough IP space available in ${subnet.id}. ELB requires at least 8 free IP addresses in each subnet.`,
      )
    }
    const { id } = attachInterface(call, subnet, {
      description: `ELB ${wanted.arn.split("loadbalancer/")[1]}`,
      type: "interface",
      requester: "amazon-elb",
      groupIds: wanted.groupIds,
      publicIp: wanted.scheme === "internet-facing" ? lendPublicIp(call) : undefined,
    })
    return id
  })

/** Its nodes hold their addresses and groups for a while after it is gone. */
export const removeNodes = (call: Call, ids: readonly string[], after: number): void => {
  for (const id of ids) detachInterface(call, id, call.now + after)
}

export const regroupNodes = (call: Call, ids: readonly string[], groupIds: readonly string[]): void => {
  for (const id of ids) {
    const node = seek(call, interfaces, id)
    if (node) save(call, interfaces, { ...node, groupIds })
  }
}

const invalid = (message: string): Refusal => new Refusal("InvalidConfigurationRequestException", message)
