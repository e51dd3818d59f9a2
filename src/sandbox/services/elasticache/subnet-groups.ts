import type * as client from "@aws-sdk/client-elasticache"
import { type Call, handlers, Refusal } from "../../service.ts"
import { interfaces } from "../ec2/records/compute.ts"
import { subnets } from "../ec2/records/network.ts"
import { seek } from "../ec2/rules/kind.ts"
import { given } from "../given.ts"
import { subnetGroupOf } from "./lookup.ts"
import { pageOf } from "./pages.ts"
import { arnOf, badValue, caches, living, type SubnetGroupRecord, subnetGroups } from "./records.ts"
import { withTags } from "./tags.ts"

export const subnetGroupHandlers = handlers<typeof client>()({
  CreateCacheSubnetGroup({ CacheSubnetGroupName, CacheSubnetGroupDescription, SubnetIds, Tags }, call) {
    const id = checkedName(given(CacheSubnetGroupName, "cacheSubnetGroupName"))
    if (subnetGroups(call).has(id))
      throw new Refusal("CacheSubnetGroupAlreadyExists", `Cache subnet group ${id} already exists.`)
    if (subnetGroups(call).all().length >= call.quota("Subnet groups per Region", 300))
      throw new Refusal("CacheSubnetGroupQuotaExceeded", "The quota of cache subnet groups is reached.")
    const description = given(CacheSubnetGroupDescription, "cacheSubnetGroupDescription")
    const group = { id, description, ...chosen(call, SubnetIds), tags: withTags([], Tags) }
    return { CacheSubnetGroup: view(call, keep(call, group)) }
  },

  DescribeCacheSubnetGroups(input, call) {
    const { CacheSubnetGroupName: name } = input
    const found = name === undefined ? subnetGroups(call).all() : [subnetGroupOf(call, name)]
    const { items, Marker } = pageOf(found, ({ id }) => id, input)
    return { CacheSubnetGroups: items.map((group) => view(call, group)), Marker }
  },

  ModifyCacheSubnetGroup({ CacheSubnetGroupName, CacheSubnetGroupDescription, SubnetIds }, call) {
    const group = subnetGroupOf(call, CacheSubnetGroupName)
    const next = SubnetIds ? chosen(call, SubnetIds) : group
    if (next.vpcId !== group.vpcId)
      throw badValue("The new Subnets are not in the same Vpc as the existing subnet group")
    for (const { id, nodes } of usersOf(call, group)) {
      const homes = nodes.map(({ interfaceId }) => seek(call, interfaces, interfaceId)?.subnetId)
      const lost = homes.find((home) => home !== undefined && !next.subnetIds.includes(home))
      if (lost !== undefined) throw new Refusal("SubnetInUse", `The subnet ${lost} is in use by ${id}.`)
    }
    const { vpcId, subnetIds } = next
    const description = CacheSubnetGroupDescription ?? group.description
    return { CacheSubnetGroup: view(call, keep(call, { ...group, vpcId, subnetIds, description })) }
  },

  DeleteCacheSubnetGroup({ CacheSubnetGroupName }, call) {
    const group = subnetGroupOf(call, CacheSubnetGroupName)
    const [user] = usersOf(call, group)
    if (user)
      throw new Refusal(
        "CacheSubnetGroupInUse",
        `Cache subnet group ${group.id} is currently in use by a cache cluster: ${user.id}-001.`,
      )
    subnetGroups(call).delete(group.id)
    return {}
  },
})

const usersOf = (call: Call, { id }: SubnetGroupRecord) =>
  living(call, caches(call)).filter(({ subnetGroup }) => subnetGroup === id)

const keep = (call: Call, group: SubnetGroupRecord): SubnetGroupRecord => {
  subnetGroups(call).put(group.id, group)
  return group
}

const checkedName = (name: string): string => {
  if (name.length <= 255 && /^[A-Za-z0-9-]+$/.test(name) && name.toLowerCase() !== "default") return name.toLowerCase()
  throw badValue(`The parameter CacheSubnetGroupName must be provided and must not be '${name}'.`)
}

/** They lie in one VPC; unlike a database's, they need not cover two zones. */
const chosen = (call: Call, ids: readonly string[] | undefined) => {
  const found = [...new Set(given(ids, "subnetIds"))].map((id) => {
    const subnet = seek(call, subnets, id)
    if (!subnet) throw new Refusal("InvalidSubnet", `The subnet ID ${id} is not valid.`)
    return subnet
  })
  const vpcIds = [...new Set(found.map(({ vpcId }) => vpcId))]
  const [vpcId] = vpcIds
  if (vpcId === undefined || vpcIds.length > 1)
    throw new Refusal("InvalidSubnet", "The subnets of a cache subnet group must lie in one VPC.")
  return { vpcId, subnetIds: found.map(({ id }) => id) }
}

const view = (call: Call, group: SubnetGroupRecord): client.CacheSubnetGroup => ({
  CacheSubnetGroupName: group.id,
  CacheSubnetGroupDescription: group.description,
  VpcId: group.vpcId,
  ARN: arnOf(call, "subnetgroup", group.id),
  SupportedNetworkTypes: ["ipv4"],
  Subnets: group.subnetIds.flatMap((id) => {
    const subnet = seek(call, subnets, id)
    return subnet
      ? [{ SubnetIdentifier: id, SubnetAvailabilityZone: { Name: subnet.zone }, SupportedNetworkTypes: ["ipv4"] }]
      : []
  }),
})
