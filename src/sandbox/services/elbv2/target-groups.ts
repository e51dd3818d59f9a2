import type * as elb from "@aws-sdk/client-elastic-load-balancing-v2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { vpcs } from "../ec2/records/network.ts"
import { seek } from "../ec2/rules/kind.ts"
import { given } from "../given.ts"
import { notServed, refuseUnserved } from "../unserved.ts"
import { loadBalancersUsing } from "./actions.ts"
import { attributesView, changed, targetGroupAllows, targetGroupDefaults } from "./attributes.ts"
import { checkedHealth, type HealthInput } from "./health-check.ts"
import { checkName } from "./names.ts"
import { pageOf } from "./pages.ts"
import { arnOf, newId, type TargetGroupRecord, targetGroupOf, targetGroups } from "./records.ts"
import { withTags } from "./tags.ts"

export const targetGroupHandlers = handlers<typeof elb>()({
  CreateTargetGroup(input, call) {
    refuseUnserved(input, ["TargetControlPort"])
    const wanted = wantedOf(call, input)
    const same = targetGroups(call)
      .all()
      .find((one) => one.name === wanted.name)
    if (same) return { TargetGroups: [view(call, repeated(same, wanted))] }
    const limit = call.quota("TargetGroups", 3000)
    if (targetGroups(call).all().length >= limit) {
      throw new Refusal(
        "TooManyTargetGroupsException",
        `The maximum number of target groups has been reached: ${limit}`,
      )
    }
    const arn = arnOf(call, `targetgroup/${wanted.name}/${newId(call)}`)
    const tags = withTags([], input.Tags)
    const record = { ...wanted, arn, tags, attributes: targetGroupDefaults, targets: [] }
    targetGroups(call).put(arn, record)
    return { TargetGroups: [view(call, record)] }
  },

  DescribeTargetGroups(input, call) {
    const all = targetGroups(call).all()
    const named = (input.Names ?? []).map((name) => {
      const found = all.find((one) => one.name === name)
      if (!found) throw new Refusal("TargetGroupNotFoundException", "One or more target groups not found")
      return found
    })
    const arns = input.TargetGroupArns?.map((arn) => targetGroupOf(call, arn))
    const chosen = input.Names || arns ? [...named, ...(arns ?? [])] : all
    const { LoadBalancerArn: balancer } = input
    const used = balancer ? chosen.filter(({ arn }) => loadBalancersUsing(call, arn).includes(balancer)) : chosen
    const { items, NextMarker } = pageOf(used, ({ arn }) => arn, input)
    return { TargetGroups: items.map((one) => view(call, one)), NextMarker }
  },

  ModifyTargetGroup(input, call) {
    const found = targetGroupOf(call, input.TargetGroupArn)
    const next = { ...found, check: checkedHealth(found.check, input) }
    targetGroups(call).put(found.arn, next)
    return { TargetGroups: [view(call, next)] }
  },

  DeleteTargetGroup(input, call) {
    const arn = given(input.TargetGroupArn, "targetGroupArn")
    if (loadBalancersUsing(call, arn).length > 0) {
      throw new Refusal("ResourceInUseException", `Target group '${arn}' is currently in use by a listener or a rule`)
    }
    // To delete what is gone is to have succeeded.
    targetGroups(call).delete(arn)
    return {}
  },

  ModifyTargetGroupAttributes(input, call) {
    const found = targetGroupOf(call, input.TargetGroupArn)
    const attributes = changed(found.attributes, given(input.Attributes, "attributes"), targetGroupAllows)
    targetGroups(call).put(found.arn, { ...found, attributes })
    return { Attributes: attributesView(attributes) }
  },

  DescribeTargetGroupAttributes(input, call) {
    return { Attributes: attributesView(targetGroupOf(call, input.TargetGroupArn).attributes) }
  },
})

type Wanted = Pick<TargetGroupRecord, "name" | "protocol" | "port" | "vpcId" | "check">

const wantedOf = (call: Call, input: elb.CreateTargetGroupInput): Wanted => {
  const name = given(input.Name, "name")
  checkName(name, "Target group")
  if ((input.TargetType ?? "instance") !== "instance") throw notServed("target groups of anything but instances")
  if ((input.IpAddressType ?? "ipv4") !== "ipv4") throw notServed("target groups with IPv6 addresses")
  if ((input.ProtocolVersion ?? "HTTP1") !== "HTTP1") throw notServed("target groups that speak HTTP/2 or gRPC")
  const { Protocol: protocol, Port: port, VpcId: vpcId } = input
  if (protocol === undefined) throw invalid("A protocol must be specified")
  if (protocol !== "HTTP" && protocol !== "HTTPS") throw notServed(`target groups that speak ${protocol}`)
  if (port === undefined) throw invalid("A port must be specified")
  if (vpcId === undefined) throw invalid("A VPC ID must be specified")
  if (!seek(call, vpcs, vpcId)) throw invalid(`The VPC ID '${vpcId}' is not found`)
  const usual = {
    protocol,
    port: "traffic-port",
    path: "/",
    interval: 30,
    timeout: 5,
    healthy: 5,
    unhealthy: 2,
    codes: "200",
  }
  const asked: HealthInput = input
  return { name, protocol, port, vpcId, check: checkedHealth(usual, asked) }
}

/** Asked for once more with the same settings, it is the same; with others it is refused. */
const repeated = (there: TargetGroupRecord, wanted: Wanted): TargetGroupRecord => {
  const { name, protocol, port, vpcId, check } = there
  if (JSON.stringify({ name, protocol, port, vpcId, check }) === JSON.stringify(wanted)) return there
  const message = `A target group with the same name '${name}' exists, but with different settings`
  throw new Refusal("DuplicateTargetGroupNameException", message)
}

const view = (call: Call, one: TargetGroupRecord): elb.TargetGroup => ({
  TargetGroupArn: one.arn,
  TargetGroupName: one.name,
  Protocol: one.protocol,
  ProtocolVersion: "HTTP1",
  Port: one.port,
  VpcId: one.vpcId,
  TargetType: "instance",
  IpAddressType: "ipv4",
  HealthCheckEnabled: true,
  HealthCheckProtocol: one.check.protocol,
  HealthCheckPort: one.check.port,
  HealthCheckPath: one.check.path,
  HealthCheckIntervalSeconds: one.check.interval,
  HealthCheckTimeoutSeconds: one.check.timeout,
  HealthyThresholdCount: one.check.healthy,
  UnhealthyThresholdCount: one.check.unhealthy,
  Matcher: { HttpCode: one.check.codes },
  LoadBalancerArns: [...loadBalancersUsing(call, one.arn)],
})

const invalid = (message: string): Refusal => new Refusal("ValidationError", message)
