import type * as rds from "@aws-sdk/client-rds"
import { type Call, handlers, Refusal } from "../../service.ts"
import { interfaces } from "../ec2/records/compute.ts"
import { type SubnetRecord, subnets } from "../ec2/records/network.ts"
import { seek } from "../ec2/rules/kind.ts"
import { given } from "../given.ts"
import { refuseUnserved } from "../unserved.ts"
import { folded, subnetGroupOf } from "./lookup.ts"
import { pageOf } from "./pages.ts"
import { arnOf, instances, isThere, type SubnetGroupRecord, subnetGroups } from "./records.ts"
import { withTags } from "./tags.ts"

export const subnetGroupHandlers = handlers<typeof rds>()({
  CreateDBSubnetGroup({ DBSubnetGroupName, DBSubnetGroupDescription, SubnetIds, Tags }, call) {
    const name = checkedGroupName(given(DBSubnetGroupName, "dBSubnetGroupName"))
    if (subnetGroups(call).has(name))
      throw new Refusal("DBSubnetGroupAlreadyExists", `The DB subnet group '${name}' already exists.`)
    if (subnetGroups(call).all().length + 1 > call.quota("L-48C6BF61", 50))
      throw new Refusal("DBSubnetGroupQuotaExceeded", "The request would exceed the quota of DB subnet groups.")
    const description = given(DBSubnetGroupDescription, "dBSubnetGroupDescription")
    const chosen = subnetsOf(call, SubnetIds)
    return { DBSubnetGroup: view(call, keep(call, { name, description, ...chosen, tags: withTags([], Tags) })) }
  },

  DescribeDBSubnetGroups(input, call) {
    refuseUnserved(input, ["Filters"])
    const { DBSubnetGroupName: name } = input
    const found = name === undefined ? subnetGroups(call).all() : [subnetGroupOf(call, name)]
    const { items, Marker } = pageOf(found, (group) => group.name, input)
    return { DBSubnetGroups: items.map((group) => view(call, group)), Marker }
  },

  ModifyDBSubnetGroup({ DBSubnetGroupName, DBSubnetGroupDescription, SubnetIds }, call) {
    const group = subnetGroupOf(call, DBSubnetGroupName)
    const chosen = subnetsOf(call, SubnetIds)
    if (chosen.vpcId !== group.vpcId)
      throw new Refusal("InvalidParameterValue", "The new Subnets are not in the same Vpc as the existing subnet group")
    for (const instance of usersOf(call, group)) {
      const home = seek(call, interfaces, instance.interfaceId)?.subnetId
      if (home && !chosen.subnetIds.includes(home))
        throw new Refusal("SubnetAlreadyInUse", `The subnet ${home} is in use by the DB instance ${instance.id}.`)
    }
    const description = DBSubnetGroupDescription ?? group.description
    return { DBSubnetGroup: view(call, keep(call, { ...group, ...chosen, description })) }
  },

  DeleteDBSubnetGroup({ DBSubnetGroupName }, call) {
    const group = subnetGroupOf(call, DBSubnetGroupName)
    const [user] = usersOf(call, group)
    if (user)
      throw new Refusal(
        "InvalidDBSubnetGroupStateFault",
        `Cannot delete the subnet group '${group.name}' because at least one database instance: ${user.id} is still using it.`,
      )
    subnetGroups(call).delete(group.name)
    return {}
  },
})

/** As it is shown, also within an instance. */
export const view = (call: Call, group: SubnetGroupRecord): rds.DBSubnetGroup => ({
  DBSubnetGroupName: group.name,
  DBSubnetGroupDescription: group.description,
  VpcId: group.vpcId,
  SubnetGroupStatus: "Complete",
  DBSubnetGroupArn: arnOf(call, "subgrp", group.name),
  SupportedNetworkTypes: ["IPV4"],
  Subnets: group.subnetIds.flatMap((id) => {
    const subnet = seek(call, subnets, id)
    return subnet
      ? [{ SubnetIdentifier: id, SubnetAvailabilityZone: { Name: subnet.zone }, SubnetStatus: "Active" }]
      : []
  }),
})

export const subnetsIn = (call: Call, { subnetIds }: SubnetGroupRecord): readonly SubnetRecord[] =>
  subnetIds.flatMap((id) => seek(call, subnets, id) ?? [])

const keep = (call: Call, group: SubnetGroupRecord): SubnetGroupRecord => {
  subnetGroups(call).put(group.name, group)
  return group
}

const usersOf = (call: Call, { name }: SubnetGroupRecord) =>
  instances(call)
    .all()
    .filter((instance) => instance.subnetGroup === name && isThere(instance, call.now))

const checkedGroupName = (name: string): string => {
  if (folded(name) === "default" || name.length > 255 || !/^[A-Za-z0-9_. -]+$/.test(name))
    throw new Refusal("InvalidParameterValue", `The DB subnet group name '${name}' is not valid.`)
  return folded(name)
}

/** They lie in one VPC, and cover two zones at least. */
const subnetsOf = (call: Call, ids: readonly string[] | undefined) => {
  const found = [...new Set(given(ids, "subnetIds"))].map((id) => {
    const subnet = seek(call, subnets, id)
    if (!subnet) throw new Refusal("InvalidSubnet", `The subnet ID '${id}' does not exist.`)
    return subnet
  })
  const vpcIds = new Set(found.map(({ vpcId }) => vpcId))
  const [vpcId] = vpcIds
  if (vpcId === undefined || vpcIds.size > 1)
    throw new Refusal("InvalidSubnet", "The subnets of a DB subnet group must lie in one VPC.")
  const zones = new Set(found.map(({ zone }) => zone))
  if (zones.size < 2)
    throw new Refusal(
      "DBSubnetGroupDoesNotCoverEnoughAZs",
      `The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${[...zones].join(", ")}. Add subnets to cover at least 2 AZs.`,
    )
  return { vpcId, subnetIds: found.map(({ id }) => id) }
}
