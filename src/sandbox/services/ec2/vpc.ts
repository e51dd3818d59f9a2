import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { regional } from "../regional.ts"
import { interfaces } from "./records/compute.ts"
import { endpoints, gateways, networkAcls, routeTables, subnets, type VpcRecord, vpcs } from "./records/network.ts"
import { groupRules, groups } from "./records/security.ts"
import { type Cidr, parseCidr } from "./rules/cidr.ts"
import { type Fields, select } from "./rules/filter.ts"
import { type Entity, find, type Kind, live, rows, save } from "./rules/kind.ts"
import { page } from "./rules/page.ts"
import { checkQuota } from "./rules/quotas.ts"
import { inUse, invalidValue, required, serveOnly } from "./rules/refusals.ts"
import { checkTagTypes, dropTags, tagAtBirth, tagsView } from "./rules/tags.ts"
import { passing, seconds, stateAt } from "./rules/timeline.ts"

export const vpcHandlers = handlers<typeof ec2>()({
  CreateVpc(input, call) {
    serveOnly("CreateVpc", input, ["CidrBlock", "InstanceTenancy"])
    checkTagTypes(input.TagSpecifications, ["vpc"])
    const cidr = vpcCidr(required(input.CidrBlock, "cidrBlock"))
    checkQuota(call, "vpcs", live(call, vpcs).length + 1)
    const vpc = save(call, vpcs, {
      id: call.id("vpc"),
      cidr: cidr.text,
      cidrAssociationId: call.id("vpc-cidr-assoc"),
      tenancy: input.InstanceTenancy ?? "default",
      states: passing(call.now, "pending", seconds(1), "available"),
      dnsSupport: true,
      dnsHostnames: false,
      usageMetrics: false,
    })
    furnish(call, vpc.id)
    tagAtBirth(call, vpcs, vpc.id, input.TagSpecifications)
    return { Vpc: view(call, vpc) }
  },

  DescribeVpcs(input, call) {
    const found = select(call, vpcs, input.VpcIds, input.Filters, fields)
    const { items, NextToken } = page(found, input, input.VpcIds)
    return { Vpcs: items.map((vpc) => view(call, vpc)), NextToken }
  },

  DeleteVpc(input, call) {
    const vpc = find(call, vpcs, input.VpcId)
    if (isOccupied(call, vpc.id)) throw inUse("vpc", vpc.id)
    removeFurniture(call, vpc.id)
    rows(call, vpcs).delete(vpc.id)
    dropTags(call, vpc.id)
    return {}
  },
})

const fields: Fields<VpcRecord> = {
  cidr: (vpc) => vpc.cidr,
  "cidr-block-association.cidr-block": (vpc) => vpc.cidr,
  "cidr-block-association.association-id": (vpc) => vpc.cidrAssociationId,
  "cidr-block-association.state": () => "associated",
  "dhcp-options-id": (_vpc, call) => dhcpOptionsId(call),
  "is-default": () => false,
  "owner-id": (_vpc, call) => call.account,
  state: (vpc, call) => stateAt(vpc.states, call.now),
  "vpc-id": (vpc) => vpc.id,
}

const view = (call: Call, vpc: VpcRecord): ec2.Vpc => ({
  VpcId: vpc.id,
  OwnerId: call.account,
  CidrBlock: vpc.cidr,
  CidrBlockAssociationSet: [
    { AssociationId: vpc.cidrAssociationId, CidrBlock: vpc.cidr, CidrBlockState: { State: "associated" } },
  ],
  State: stateAt(vpc.states, call.now),
  InstanceTenancy: vpc.tenancy,
  IsDefault: false,
  DhcpOptionsId: dhcpOptionsId(call),
  Tags: tagsView(call, vpc.id),
})

/** The region's default set, the only one there is here. */
const dhcpOptionsId = (call: Call): string => `dopt-0${call.account}0000`

const vpcCidr = (text: string): Cidr => {
  const cidr = parseCidr(text)
  if (!cidr) throw invalidValue(text, "cidrBlock", "This is not a valid CIDR block.")
  if (cidr.bits < 16 || cidr.bits > 28) throw new Refusal("InvalidVpc.Range", `The CIDR '${text}' is invalid.`)
  return cidr
}

/** What comes with a VPC and goes with it. */
const furnish = (call: Call, vpcId: string): void => {
  save(call, routeTables, {
    id: call.id("rtb"),
    vpcId,
    routes: [],
    associations: [{ id: call.id("rtbassoc") }],
  })
  save(call, networkAcls, { id: call.id("acl"), vpcId })
  const group = save(call, groups, {
    id: call.id("sg"),
    vpcId,
    name: "default",
    description: "default VPC security group",
  })
  const anything = { groupId: group.id, protocol: "-1", from: -1, to: -1 }
  save(call, groupRules, { id: call.id("sgr"), ...anything, egress: false, peerGroupId: group.id })
  save(call, groupRules, { id: call.id("sgr"), ...anything, egress: true, cidr: "0.0.0.0/0" })
}

/** What AWS takes along is no obstacle; whatever somebody made is. */
const isOccupied = (call: Call, vpcId: string): boolean => {
  const inside = <R extends Housed>(kind: Kind<R>): readonly R[] => housedIn(call, kind, vpcId)
  return (
    [inside(subnets), inside(gateways), inside(interfaces), inside(endpoints)].some((found) => found.length > 0) ||
    inside(routeTables).some((table) => table.associations.every((association) => association.subnetId)) ||
    inside(groups).some((group) => group.name !== "default")
  )
}

const removeFurniture = (call: Call, vpcId: string): void => {
  const owned = [routeTables, networkAcls, groups].flatMap((kind: Kind<Housed>) =>
    housedIn(call, kind, vpcId).map((record) => ({ table: kind.table, id: record.id })),
  )
  const groupIds = owned.map((record) => record.id)
  const rules = live(call, groupRules)
    .filter((rule) => groupIds.includes(rule.groupId))
    .map((rule) => ({ table: groupRules.table, id: rule.id }))
  for (const { table, id } of [...owned, ...rules]) {
    regional(call, table).delete(id)
    dropTags(call, id)
  }
}

interface Housed extends Entity {
  readonly vpcId?: string | undefined
}

const housedIn = <R extends Housed>(call: Call, kind: Kind<R>, vpcId: string): readonly R[] =>
  live(call, kind).filter((record) => record.vpcId === vpcId)
