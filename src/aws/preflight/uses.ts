import {
  type _InstanceType,
  DescribeAddressesCommand,
  DescribeInstanceTypesCommand,
  paginateDescribeInstances,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeVpcs,
} from "@aws-sdk/client-ec2"
import { paginateDescribeLoadBalancers } from "@aws-sdk/client-elastic-load-balancing-v2"
import { paginateDescribeReplicationGroups } from "@aws-sdk/client-elasticache"
import { paginateDescribeDBInstances } from "@aws-sdk/client-rds"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"

/** Of one machine of each of these types, as far as the quota of standard machines counts them. */
export async function vcpusOf(ctx: Cloud, types: readonly string[]): Promise<number> {
  const counted = types.filter((type) => standard.test(type))
  if (counted.length === 0) return 0
  // A type that the SDK does not know yet may be one that AWS has.
  const names = [...new Set(counted)] as _InstanceType[]
  const { InstanceTypes = [] } = await ctx.ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes: names }))
  const each = new Map(InstanceTypes.map(({ InstanceType, VCpuInfo }) => [InstanceType, VCpuInfo?.DefaultVCpus ?? 0]))
  return counted.reduce((sum, type) => sum + (each.get(type as _InstanceType) ?? 0), 0)
}

export async function vcpusRunning(ctx: Cloud): Promise<number> {
  const Filters = [{ Name: "instance-state-name", Values: ["pending", "running"] }]
  const pages = paginateDescribeInstances({ client: ctx.ec2 }, { Filters })
  const reservations = await everyItem(pages, (page) => page.Reservations)
  const onDemand = reservations.flatMap(({ Instances = [] }) => Instances).filter((one) => !one.InstanceLifecycle)
  return vcpusOf(
    ctx,
    onDemand.flatMap(({ InstanceType }) => InstanceType ?? []),
  )
}

export const vpcs = async ({ ec2 }: Cloud): Promise<number> =>
  (await everyItem(paginateDescribeVpcs({ client: ec2 }, {}), (page) => page.Vpcs)).length

export const internetGateways = async ({ ec2 }: Cloud): Promise<number> =>
  (await everyItem(paginateDescribeInternetGateways({ client: ec2 }, {}), (page) => page.InternetGateways)).length

export const groups = async ({ ec2 }: Cloud): Promise<number> =>
  (await everyItem(paginateDescribeSecurityGroups({ client: ec2 }, {}), (page) => page.SecurityGroups)).length

export const addresses = async ({ ec2 }: Cloud): Promise<number> =>
  (await ec2.send(new DescribeAddressesCommand({}))).Addresses?.length ?? 0

/** Which zone a new one will be in is not known yet. */
export async function natGatewaysInFullestZone({ ec2 }: Cloud): Promise<number> {
  const Filter = [{ Name: "state", Values: ["pending", "available"] }]
  const [gateways, subnets] = await Promise.all([
    everyItem(paginateDescribeNatGateways({ client: ec2 }, { Filter }), (page) => page.NatGateways),
    everyItem(paginateDescribeSubnets({ client: ec2 }, {}), (page) => page.Subnets),
  ])
  const zones = gateways.map(({ SubnetId }) => subnets.find((one) => one.SubnetId === SubnetId)?.AvailabilityZone)
  return Math.max(0, ...zones.map((zone) => zones.filter((one) => one === zone).length))
}

const databasesThere = ({ rds }: Cloud) =>
  everyItem(paginateDescribeDBInstances({ client: rds }, {}), (page) => page.DBInstances)

export const databases = async (ctx: Cloud): Promise<number> => (await databasesThere(ctx)).length

/** Aurora's disks are counted elsewhere. */
export async function gigabytesOfDatabases(ctx: Cloud): Promise<number> {
  const counted = (await databasesThere(ctx)).filter(({ Engine = "" }) => !Engine.startsWith("aurora"))
  return counted.reduce((sum, { AllocatedStorage = 0 }) => sum + AllocatedStorage, 0)
}

export async function cacheNodes({ elasticache }: Cloud): Promise<number> {
  const pages = paginateDescribeReplicationGroups({ client: elasticache }, {})
  const groupsThere = await everyItem(pages, (page) => page.ReplicationGroups)
  return groupsThere.reduce((sum, { MemberClusters = [] }) => sum + MemberClusters.length, 0)
}

export async function loadBalancers({ elb }: Cloud): Promise<number> {
  const there = await everyItem(paginateDescribeLoadBalancers({ client: elb }, {}), (page) => page.LoadBalancers)
  return there.filter(({ Type }) => Type === "application").length
}

/** The families of that quota: accelerated machines have others. */
const standard = /^[acdhimrtz]\d/
