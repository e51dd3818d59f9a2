import type { Call } from "../../service.ts"
import { profileOf } from "../ec2/profile.ts"
import { type InstanceRecord, interfaces } from "../ec2/records/compute.ts"
import {
  endpoints,
  gateways,
  natGateways,
  type RouteRecord,
  type RouteTableRecord,
  routeTables,
} from "../ec2/records/network.ts"
import { groupRules } from "../ec2/records/security.ts"
import { live, seek } from "../ec2/rules/kind.ts"
import { stateAt } from "../ec2/rules/timeline.ts"
import { profiles, type RoleRecord, roles } from "../iam/records.ts"
import { fieldsOf, listOf, policyOf, textsOf } from "../policy-document.ts"

/** The role that an instance acts in, once it has one. */
export const roleOn = (call: Call, instance: InstanceRecord): RoleRecord | undefined => {
  const held = profileOf(call, instance.id)
  const [name] =
    profiles(call)
      .all()
      .find(({ Arn }) => Arn === held?.arn)?.Roles ?? []
  return name === undefined ? undefined : roles(call).get(name)
}

/** Whether a role lets the agent speak to Systems Manager: by AWS's own policy, or by a statement that says so. */
export const speaksToManager = (role: RoleRecord | undefined): boolean => {
  if (!role) return false
  if (role.Attached.some((arn) => MANAGED.test(arn))) return true
  const statements = Object.values(role.Inline).flatMap((text) => listOf(policyOf(text)?.Statement))
  return statements.some((one) => {
    const { Effect, Action } = fieldsOf(one) ?? {}
    return Effect === "Allow" && textsOf(Action).some((action) => PING.test(action))
  })
}

const MANAGED = /:policy\/(AmazonSSMManagedInstanceCore|AdministratorAccess|PowerUserAccess)$/
const PING = /^(\*|ssm:(\*|Update\*|UpdateInstanceInformation))$/

/** Whether packets find their way from an instance to the internet: a route that leads somewhere, and a group that lets them. */
export const hasWayOut = (call: Call, instance: InstanceRecord): boolean => {
  const network = seek(call, interfaces, instance.interfaceId)
  if (!network) return false
  const open = live(call, groupRules).some(
    (rule) =>
      rule.egress &&
      network.groupIds.includes(rule.groupId) &&
      rule.cidr === "0.0.0.0/0" &&
      (rule.protocol === "-1" || (rule.protocol === "tcp" && rule.from <= 443 && rule.to >= 443)),
  )
  const route = defaultRoute(call, instance)
  if (!open || !route) return false
  if (route.gatewayId === undefined) return isUp(call, route)
  const seen = network.publicIp !== undefined || network.allocationId !== undefined
  return seen && seek(call, gateways, route.gatewayId)?.vpcId === instance.vpcId
}

/** What an instance gets to: the internet, or by an endpoint in its network at least the store that packages come from. */
export const reachOf = (call: Call, instance: InstanceRecord): "nothing" | "store" | "internet" => {
  if (hasWayOut(call, instance)) return "internet"
  const table = tableOf(call, instance)
  const stored = live(call, endpoints).some(
    (one) => table !== undefined && one.routeTableIds.includes(table.id) && one.serviceName.endsWith(".s3"),
  )
  return stored ? "store" : "nothing"
}

/** A gateway that is still being made drops what comes. */
const isUp = (call: Call, route: RouteRecord): boolean => {
  const nat = seek(call, natGateways, route.natGatewayId ?? "")
  return nat !== undefined && stateAt(nat.states, call.now) === "available"
}

const defaultRoute = (call: Call, instance: InstanceRecord): RouteRecord | undefined =>
  tableOf(call, instance)?.routes.find(({ cidr }) => cidr === "0.0.0.0/0")

const tableOf = (call: Call, { subnetId, vpcId }: InstanceRecord): RouteTableRecord | undefined => {
  const tables = live(call, routeTables).filter((table) => table.vpcId === vpcId)
  const own = tables.find(({ associations }) => associations.some((one) => one.subnetId === subnetId))
  const main = tables.find(({ associations }) => associations.some((one) => one.subnetId === undefined))
  return own ?? main
}
