import type * as elb from "@aws-sdk/client-elastic-load-balancing-v2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { subnets } from "../ec2/records/network.ts"
import { seek } from "../ec2/rules/kind.ts"
import { given } from "../given.ts"
import { notServed, refuseUnserved } from "../unserved.ts"
import { loadBalancerDefaults } from "./attributes.ts"
import { checkGroups, checkSubnets, placeNodes, regroupNodes, removeNodes } from "./load-balancer-network.ts"
import { checkName } from "./names.ts"
import { pageOf } from "./pages.ts"
import { arnOf, type LoadBalancerRecord, listeners, loadBalancerOf, loadBalancers, newId, rules } from "./records.ts"
import { withTags } from "./tags.ts"

/** The median of what was seen in public logs of creating one. */
const birth = 147_000
const death = 60_000

export const loadBalancerHandlers = handlers<typeof elb>()({
  CreateLoadBalancer(input, call) {
    refuseUnserved(input, ["SubnetMappings", "CustomerOwnedIpv4Pool", "EnablePrefixForIpv6SourceNat", "IpamPools"])
    const name = given(input.Name, "name")
    checkName(name, "Load balancer")
    if ((input.Type ?? "application") !== "application")
      throw notServed("load balancers that are not of the type application")
    if ((input.IpAddressType ?? "ipv4") !== "ipv4") throw notServed("load balancers with IPv6 addresses")
    const scheme = input.Scheme ?? "internet-facing"
    const where = checkSubnets(call, input.Subnets ?? [], scheme)
    const vpcId = where[0]?.vpcId ?? ""
    const groupIds = input.SecurityGroups ?? []
    checkGroups(call, groupIds, vpcId)
    const wanted = { name, scheme, vpcId, subnetIds: where.map(({ id }) => id), groupIds }
    const same = loadBalancers(call)
      .all()
      .find((one) => one.name === name)
    if (same) return { LoadBalancers: [view(call, repeated(same, wanted))] }
    const limit = call.quota("ApplicationLoadBalancers", 50)
    if (loadBalancers(call).all().length >= limit) {
      throw new Refusal(
        "TooManyLoadBalancersException",
        `The maximum number of load balancers has been reached: ${limit}`,
      )
    }
    const tags = withTags([], input.Tags)
    const arn = arnOf(call, `loadbalancer/app/${name}/${newId(call)}`)
    const interfaceIds = placeNodes(call, where, { arn, scheme, groupIds })
    const record = { ...wanted, arn, tags, interfaceIds, created: call.now, attributes: loadBalancerDefaults }
    loadBalancers(call).put(arn, record)
    return { LoadBalancers: [view(call, record)] }
  },

  DescribeLoadBalancers(input, call) {
    const all = loadBalancers(call).all()
    const named = (input.Names ?? []).map((name) => {
      const found = all.find((one) => one.name === name)
      if (!found) throw new Refusal("LoadBalancerNotFoundException", `Load balancers '[${name}]' not found`)
      return found
    })
    const chosen =
      input.Names || input.LoadBalancerArns
        ? [...named, ...(input.LoadBalancerArns ?? []).map((arn) => loadBalancerOf(call, arn))]
        : all
    const { items, NextMarker } = pageOf(chosen, ({ arn }) => arn, input)
    return { LoadBalancers: items.map((one) => view(call, one)), NextMarker }
  },

  DeleteLoadBalancer(input, call) {
    const arn = given(input.LoadBalancerArn, "loadBalancerArn")
    const found = loadBalancers(call).get(arn)
    // To delete what is gone is to have succeeded.
    if (!found) return {}
    if (found.attributes["deletion_protection.enabled"] === "true") {
      const message = `Load balancer '${arn}' cannot be deleted because deletion protection is enabled`
      throw new Refusal("OperationNotPermittedException", message)
    }
    for (const listener of listeners(call)
      .all()
      .filter(({ loadBalancer }) => loadBalancer === arn)) {
      for (const rule of rules(call)
        .all()
        .filter((one) => one.listener === listener.arn))
        rules(call).delete(rule.arn)
      listeners(call).delete(listener.arn)
    }
    removeNodes(call, found.interfaceIds, death)
    loadBalancers(call).delete(arn)
    return {}
  },

  SetSecurityGroups(input, call) {
    refuseUnserved(input, ["EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"])
    const found = loadBalancerOf(call, input.LoadBalancerArn)
    const groupIds = given(input.SecurityGroups, "securityGroups")
    checkGroups(call, groupIds, found.vpcId)
    regroupNodes(call, found.interfaceIds, groupIds)
    loadBalancers(call).put(found.arn, { ...found, groupIds })
    return { SecurityGroupIds: [...groupIds] }
  },

  SetSubnets(input, call) {
    refuseUnserved(input, ["SubnetMappings", "IpAddressType", "EnablePrefixForIpv6SourceNat"])
    const found = loadBalancerOf(call, input.LoadBalancerArn)
    const where = checkSubnets(call, input.Subnets ?? [], found.scheme)
    if (where.some(({ vpcId }) => vpcId !== found.vpcId)) {
      const message = "The specified subnets are not in the VPC of the load balancer"
      throw new Refusal("InvalidConfigurationRequestException", message)
    }
    removeNodes(call, found.interfaceIds, death)
    const next = {
      ...found,
      subnetIds: where.map(({ id }) => id),
      interfaceIds: placeNodes(call, where, found),
    }
    loadBalancers(call).put(found.arn, next)
    return { AvailabilityZones: zonesOf(call, next) }
  },
})

/** Asked for once more with the same settings, it is the same; with others it is refused. */
const repeated = (there: LoadBalancerRecord, wanted: Pick<LoadBalancerRecord, keyof typeof compared>) => {
  const differs = Object.keys(compared).some((key) => {
    const field = key as keyof typeof compared
    return JSON.stringify([there[field]].flat().toSorted()) !== JSON.stringify([wanted[field]].flat().toSorted())
  })
  if (!differs) return there
  const message = `A load balancer with the same name '${there.name}' exists, but with different settings`
  throw new Refusal("DuplicateLoadBalancerNameException", message)
}

const compared = { scheme: 0, subnetIds: 0, groupIds: 0 } as const

const view = (call: Call, one: LoadBalancerRecord): elb.LoadBalancer => ({
  LoadBalancerArn: one.arn,
  LoadBalancerName: one.name,
  DNSName: dnsName(call, one),
  CanonicalHostedZoneId: "Z35SXDOTRQ7X7K",
  CreatedTime: new Date(one.created),
  Scheme: one.scheme,
  VpcId: one.vpcId,
  State: { Code: call.now < one.created + birth ? "provisioning" : "active" },
  Type: "application",
  AvailabilityZones: zonesOf(call, one),
  SecurityGroups: [...one.groupIds],
  IpAddressType: "ipv4",
})

const dnsName = (call: Call, { arn, name, scheme }: LoadBalancerRecord): string => {
  const number = Number.parseInt(arn.slice(-8), 16)
  return `${scheme === "internal" ? "internal-" : ""}${name}-${number}.${call.region}.elb.amazonaws.com`
}

const zonesOf = (call: Call, { subnetIds }: LoadBalancerRecord): elb.AvailabilityZone[] =>
  subnetIds.map((SubnetId) => ({ SubnetId, ZoneName: seek(call, subnets, SubnetId)?.zone, LoadBalancerAddresses: [] }))
