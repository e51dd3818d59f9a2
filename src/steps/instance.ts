import { DescribeVolumesCommand, paginateDescribeInstances, TerminateInstancesCommand } from "@aws-sdk/client-ec2"
import { bearing, iamArn, onAny, onAnything, onOwn, onUnclaimed } from "../aws/allow.ts"
import { blankMachine, type Machine, machineOf, phaseOf, withDisk } from "../aws/ec2/machine.ts"
import { changeMachine } from "../aws/ec2/machine-change.ts"
import { launch } from "../aws/ec2/machine-launch.ts"
import type { GroupId, SubnetId, VolumeId } from "../aws/ids.ts"
import { listed } from "../aws/listed.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { scopeFilter } from "../aws/tags.ts"
import type { AnyStep, Scope } from "../engine/types.ts"
import boot from "../templates/boot.sh"
import { render } from "../templates/render.ts"

export interface InstanceWish {
  readonly scope: Scope
  readonly name: string
  readonly instanceType: string
  readonly diskGb: number
  /** In the subnet's own network only, or also with an address that the internet can see. */
  readonly publicAddress: boolean
  readonly image: Need<{ readonly value: string }>
  readonly subnet: Need<{ readonly id: SubnetId }>
  readonly group: Need<{ readonly id: GroupId }>
  readonly profile: Need<{ readonly profileName: string; readonly profileId: string }>
  readonly key?: Need<{ readonly keyName: string }> | undefined
  /** Stands at it while it is there, and goes to its successor after it. */
  readonly data?: Need<{ readonly id: VolumeId }> | undefined
  /** It waits for its network in its first minutes, so that this need only be on its way. */
  readonly wayOut: AnyStep
  /** What its first start brings it up with. */
  readonly boot: BootWish
}

export interface BootWish {
  /** The bucket that its files are in. */
  readonly bucket: string
  /** The hash of those files' manifest. */
  readonly files: string
}

export const instance = (wish: InstanceWish) => {
  const { scope, name, instanceType, publicAddress, image, subnet, group, profile, key, data, wayOut } = wish
  const disk = { diskGb: wish.diskGb, diskType: "gp3", diskIops: 3000, diskThroughput: 125 }
  return step({
    kind: instanceKind,
    name,
    scope,
    needs: { image, subnet, group, profile, key: key ? [key] : [], data: data ? [data] : [], wayOut },
    started: ["wayOut"],
    spec: {
      instanceType,
      publicAddress,
      ...disk,
      diskEncrypted: true,
      diskGoesAlong: true,
      running: true,
      monitoring: true,
      sourceDestCheck: true,
      metadataEndpoint: "enabled",
      metadataTokens: "required",
      metadataHops: 1,
      metadataTags: "disabled",
    },
    links: ({ image, subnet, group, profile, key, data }) => ({
      imageId: image.value,
      subnetId: subnet.id,
      groupIds: [group.id],
      profile: profile.profileName,
      profileId: profile.profileId,
      keyName: key[0]?.keyName ?? "",
      dataVolumeId: data[0]?.id ?? "",
    }),
    async create(ctx, { image, subnet, group, profile, key }, birth) {
      await launch(ctx, birth, {
        imageId: image.value,
        instanceType,
        subnetId: subnet.id,
        groupId: group.id,
        profile: profile.profileName,
        keyName: key[0]?.keyName,
        diskGb: wish.diskGb,
        publicAddress,
        boot: bootOf(ctx.region, wish),
      })
    },
    async update(ctx, live, changes, { group, profile, data }) {
      const fields = new Set(changes.map(({ field }) => field))
      const links = { groupIds: [group.id], profile: profile.profileName, dataVolumeId: data[0]?.id ?? "" }
      await changeMachine(ctx, live, fields, { instanceType, publicAddress, ...disk, ...links })
    },
  })
}

/** What a new instance runs first. AWS takes 16 KB of it. */
export function bootOf(
  region: string,
  { scope, boot: { bucket, files } }: Pick<InstanceWish, "scope" | "boot">,
): string {
  return render(boot, { region, scope, bucket, files })
}

export const instanceKind: CloudKind<Machine> = {
  name: "instance",
  unique: "token",
  async list(ctx, scopes) {
    const pages = paginateDescribeInstances({ client: ctx.ec2 }, { Filters: [scopeFilter(scopes)] })
    const reservations = await everyItem(pages, (page) => page.Reservations)
    const instances = reservations.flatMap(({ Instances = [] }) => Instances)
    return listed("instance", instances, (one) => {
      const phase = phaseOf(one)
      return phase && { live: machineOf(one), phase }
    })
  },
  async complete(ctx, found) {
    if (!found.live.volumeId) return found
    const command = new DescribeVolumesCommand({ VolumeIds: [found.live.volumeId] })
    const { Volumes: [volume] = [] } = await ctx.ec2.send(command)
    return volume ? { ...found, live: withDisk(found.live, volume) } : found
  },
  completes: 1,
  async destroy(ctx, { id }) {
    await ctx.ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }))
    return undefined
  },
  fixed: ["imageId", "subnetId", "keyName", "diskEncrypted"],
  blank: blankMachine,
  allow: [
    onAnything(
      "ec2:DescribeAddresses",
      "ec2:DescribeIamInstanceProfileAssociations",
      "ec2:DescribeInstances",
      "ec2:DescribeVolumes",
    ),
    ...bearing("ec2:RunInstances", "instance", "volume", "network-interface"),
    onAny("image", "ec2:RunInstances"),
    onOwn("subnet", "ec2:RunInstances"),
    onOwn("security-group", "ec2:RunInstances", "ec2:ModifyInstanceAttribute"),
    onOwn("key-pair", "ec2:RunInstances"),
    onOwn(
      "instance",
      "ec2:ModifyInstanceAttribute",
      "ec2:ModifyInstanceMetadataOptions",
      "ec2:MonitorInstances",
      "ec2:AssociateIamInstanceProfile",
      "ec2:AttachVolume",
      "ec2:DetachVolume",
      "ec2:ReplaceIamInstanceProfileAssociation",
      "ec2:StopInstances",
      "ec2:StartInstances",
      "ec2:TerminateInstances",
    ),
    onOwn("volume", "ec2:ModifyVolume", "ec2:ModifyInstanceAttribute", "ec2:AttachVolume", "ec2:DetachVolume"),
    onOwn("network-interface", "ec2:ModifyNetworkInterfaceAttribute"),
    // Somebody's address has no tag of ours.
    onUnclaimed("elastic-ip", ["ec2:DisassociateAddress"]),
    onOwn("network-interface", "ec2:DisassociateAddress"),
    {
      action: "iam:PassRole",
      resource: iamArn("role"),
      when: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    },
  ],
  price: ({ running, instanceType, diskGb, monitoring, publicAddress }) => [
    ...(running ? [{ sku: `ec2/${instanceType}`, units: 1 }] : []),
    { sku: "ebs/gp3-gb", units: diskGb },
    ...(monitoring ? [{ sku: "ec2/monitoring", units: 1 }] : []),
    ...(publicAddress ? [{ sku: "vpc/public-ipv4", units: 1 }] : []),
  ],
  usually: { create: 20, update: 10, destroy: 60 },
}
