import type { TagSpecification } from "@aws-sdk/client-ec2"
import { kindOf } from "../services/ec2/kinds.ts"
import { profileAssociations } from "../services/ec2/records/compute.ts"
import { routeTables } from "../services/ec2/records/network.ts"
import { keyPairs } from "../services/ec2/records/security.ts"
import { live } from "../services/ec2/rules/kind.ts"
import { tagsOf } from "../services/ec2/rules/tags.ts"
import { profiles, roles } from "../services/iam/records.ts"
import { type Ask, type GivenTag, passed, type Row, requestTags, want } from "./needs.ts"

export const ec2Arn = ({ call }: Ask, type: string, id: string): string =>
  `arn:${call.partition}:ec2:${call.region}:${type === "image" ? "" : call.account}:${type}/${id}`

/** What the request would make, and the right to tag it while it is made. */
export const born =
  (type: string, nameMember = ""): Row =>
  (ask) => {
    const name = ask.input[nameMember]
    const resource = ec2Arn(ask, type, typeof name === "string" ? name : "*")
    const specifications = [ask.input.TagSpecifications ?? []].flat() as readonly TagSpecification[]
    const mine = specifications.filter(({ ResourceType }) => ResourceType === type).flatMap(({ Tags = [] }) => Tags)
    const context = requestTags(mine)
    const tagging = { action: "ec2:CreateTags", context: { ...context, "ec2:CreateAction": ask.operation } }
    return [want(ask, resource, { context }), ...(mine.length > 0 ? [want(ask, resource, tagging)] : [])]
  }

/** What is there already, by the members that name it. */
export const existing =
  (type: string, ...members: readonly string[]): Row =>
  (ask) =>
    members
      .flatMap((member) => [ask.input[member] ?? []].flat())
      .filter((id): id is string => typeof id === "string")
      .map((id) => thing(ask, type, id))

export const thing = (ask: Ask, type: string, id: string) =>
  want(ask, ec2Arn(ask, type, id), { tags: tagsOf(ask.call, id) })

/** A key pair is asked for by its name, and keeps its tags by its id. */
export const named =
  (type: string, member: string): Row =>
  (ask) => {
    const name = ask.input[member]
    const id = live(ask.call, keyPairs).find((pair) => pair.name === name)?.id
    return typeof name === "string" ? [want(ask, ec2Arn(ask, type, name), { tags: tagsOf(ask.call, id ?? "") })] : []
  }

/** Tags are put on what has an id. */
export const tagged: Row = (ask) =>
  [ask.input.Resources ?? []]
    .flat()
    .filter((id): id is string => typeof id === "string")
    .map((id) => {
      const { context, ...one } = thing(ask, kindOf(id)?.type ?? "unknown", id)
      const { Tags = [] } = ask.input as { readonly Tags?: readonly GivenTag[] }
      return { ...one, context: { ...context, ...requestTags(Tags) } }
    })

const tableWith = ({ call, input }: Ask) =>
  live(call, routeTables).find(({ associations }) => associations.some(({ id }) => id === input.AssociationId))

export const routeTableOf: Row = (ask) => {
  const table = tableWith(ask)
  return table ? [thing(ask, "route-table", table.id)] : []
}

/** Of an association. */
export const subnetOf: Row = (ask) => {
  const association = tableWith(ask)?.associations.find(({ id }) => id === ask.input.AssociationId)
  return association?.subnetId === undefined ? [] : [thing(ask, "subnet", association.subnetId)]
}

export const instanceOfAssociation: Row = (ask) =>
  live(ask.call, profileAssociations)
    .filter(({ id }) => id === ask.input.AssociationId)
    .map(({ instanceId }) => thing(ask, "instance", instanceId))

/** The role in the profile that an instance is given. */
export const profileRole = ({ call, input }: Ask): string | undefined => {
  const { Arn, Name } = (input.IamInstanceProfile ?? {}) as { readonly Arn?: string; readonly Name?: string }
  const profile = profiles(call)
    .all()
    .find((one) => one.InstanceProfileName === Name || one.Arn === Arn)
  return roles(call).get(profile?.Roles[0] ?? "")?.Arn
}

/** A machine takes its network, its image and its key, and is born with its disks and its address in the network. */
export const launched: Row = (ask) => {
  const { ImageId, NetworkInterfaces, SecurityGroupIds, SubnetId } = ask.input as {
    readonly ImageId?: string
    readonly NetworkInterfaces?: readonly { readonly SubnetId?: string; readonly Groups?: readonly string[] }[]
    readonly SecurityGroupIds?: readonly string[]
    readonly SubnetId?: string
  }
  const within = NetworkInterfaces ?? [{ SubnetId, Groups: SecurityGroupIds }]
  return [
    ...["instance", "volume", "network-interface"].flatMap((type) => born(type)(ask)),
    ...(ImageId === undefined ? [] : [want(ask, ec2Arn(ask, "image", ImageId))]),
    ...within.flatMap((one) => (one.SubnetId === undefined ? [] : [thing(ask, "subnet", one.SubnetId)])),
    ...within.flatMap(({ Groups = [] }) => Groups.map((id) => thing(ask, "security-group", id))),
    ...named("key-pair", "KeyName")(ask),
    ...passed(ask, profileRole(ask), "ec2.amazonaws.com"),
  ]
}
