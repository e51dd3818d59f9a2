import {
  AssociateIamInstanceProfileCommand,
  DescribeAddressesCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DisassociateAddressCommand,
  ModifyInstanceAttributeCommand,
  ModifyInstanceMetadataOptionsCommand,
  ModifyNetworkInterfaceAttributeCommand,
  ModifyVolumeCommand,
  MonitorInstancesCommand,
  ReplaceIamInstanceProfileAssociationCommand,
  StartInstancesCommand,
} from "@aws-sdk/client-ec2"
import { AwsError, NoCapacity, QuotaReached, UserError } from "../../errors.ts"
import { alreadyGone } from "../already.ts"
import type { Cloud } from "../cloud.ts"
import { attachData } from "./data-volume.ts"
import type { Machine } from "./machine.ts"
import { stopMachine } from "./machine-stop.ts"

/** What can be changed of a machine that is there. */
export type MachineWish = Pick<
  Machine,
  "instanceType" | "groupIds" | "profile" | "publicAddress" | "diskGb" | "diskType" | "diskIops" | "diskThroughput"
> &
  Partial<Pick<Machine, "dataVolumeId">>

/** Changes these fields in place; whatever else happens, the machine runs at the end. */
export async function changeMachine(
  ctx: Cloud,
  live: Machine,
  fields: ReadonlySet<string>,
  want: MachineWish,
): Promise<void> {
  const any = (...names: readonly (keyof Machine)[]) => names.some((name) => fields.has(name))
  const InstanceId = live.id
  const modify = (input: Omit<ConstructorParameters<typeof ModifyInstanceAttributeCommand>[0], "InstanceId">) =>
    ctx.ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, ...input }))

  if (any("groupIds")) await modify({ Groups: [...want.groupIds] })
  if (any("sourceDestCheck")) await modify({ SourceDestCheck: { Value: true } })
  if (any("diskGoesAlong"))
    await modify({ BlockDeviceMappings: [{ DeviceName: live.diskDevice, Ebs: { DeleteOnTermination: true } }] })
  if (any("metadataEndpoint", "metadataTokens", "metadataHops", "metadataTags")) await secureMetadata(ctx, live)
  if (any("monitoring")) await ctx.ec2.send(new MonitorInstancesCommand({ InstanceIds: [InstanceId] }))
  if (any("profile", "profileId")) await setProfile(ctx, live, want.profile)
  if (any("diskGb", "diskType", "diskIops", "diskThroughput")) await setDisk(ctx, live, want)
  if (any("dataVolumeId")) await attachData(ctx, live, want.dataVolumeId ?? "")
  if (any("instanceType")) return setType(ctx, live, want.instanceType)
  // Its former volume let go of it by having it stopped.
  const isDown = any("dataVolumeId") && live.dataVolumeId !== ""
  if (isDown || any("running")) await ctx.ec2.send(new StartInstancesCommand({ InstanceIds: [InstanceId] }))
  // One that starts gets its public address by itself.
  else if (any("publicAddress")) await setPublicAddress(ctx, live, want.publicAddress)
}

/** Only what is down can have another type. Where AWS has no room for that one, it goes on as what it was. */
async function setType(ctx: Cloud, { id, instanceType: former, running }: Machine, type: string): Promise<void> {
  const startAs = async (Value: string) => {
    await ctx.ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: id, InstanceType: { Value } }))
    await ctx.ec2.send(new StartInstancesCommand({ InstanceIds: [id] }))
  }
  if (running) await stopMachine(ctx, id)
  try {
    await startAs(type)
  } catch (error) {
    if (!(error instanceof QuotaReached || error instanceof NoCapacity)) throw error
    const { code, hint, message, requestId } = error
    const now = await startAs(former).then(
      () => `runs as ${former} again`,
      (again: unknown) => {
        if (again instanceof AwsError)
          return `is stopped: it did not start as ${former} again either (${again.message})`
        throw again
      },
    )
    const Again = error instanceof QuotaReached ? QuotaReached : NoCapacity
    throw new Again(`${message}; ${id} ${now}`, code, { hint, requestId, cause: error })
  }
}

async function secureMetadata(ctx: Cloud, { id }: Machine): Promise<void> {
  await ctx.ec2.send(new ModifyInstanceMetadataOptionsCommand({ InstanceId: id, ...secureMetadataOptions }))
}

/** Only with a token, and not from a container: its packets would need a second hop. */
export const secureMetadataOptions = {
  HttpEndpoint: "enabled",
  HttpTokens: "required",
  HttpPutResponseHopLimit: 1,
  InstanceMetadataTags: "disabled",
} as const

async function setProfile(ctx: Cloud, { id }: Machine, name: string): Promise<void> {
  const Filters = [
    { Name: "instance-id", Values: [id] },
    { Name: "state", Values: ["associating", "associated"] },
  ]
  const found = await ctx.ec2.send(new DescribeIamInstanceProfileAssociationsCommand({ Filters }))
  const AssociationId = found.IamInstanceProfileAssociations?.[0]?.AssociationId
  const IamInstanceProfile = { Name: name }
  await (AssociationId
    ? alreadyGone(ctx.ec2.send(new ReplaceIamInstanceProfileAssociationCommand({ AssociationId, IamInstanceProfile })))
    : ctx.ec2.send(new AssociateIamInstanceProfileCommand({ InstanceId: id, IamInstanceProfile })))
}

async function setDisk(ctx: Cloud, live: Machine, want: MachineWish): Promise<void> {
  if (want.diskGb < live.diskGb)
    throw new UserError(`the disk of ${live.id} has ${live.diskGb} GB and cannot shrink to ${want.diskGb} GB`, {
      hint: `set diskGb to ${live.diskGb} or more`,
    })
  await ctx.ec2.send(
    new ModifyVolumeCommand({
      VolumeId: live.volumeId,
      Size: want.diskGb,
      VolumeType: "gp3",
      Iops: want.diskIops,
      Throughput: want.diskThroughput,
    }),
  )
}

async function setPublicAddress(ctx: Cloud, live: Machine, wanted: boolean): Promise<void> {
  const Filters = [{ Name: "public-ip", Values: [live.publicIp] }]
  const { Addresses: [own] = [] } = wanted ? {} : await ctx.ec2.send(new DescribeAddressesCommand({ Filters }))
  // One that somebody put there is only let go: it may be wanted elsewhere.
  if (own?.AssociationId) await ctx.ec2.send(new DisassociateAddressCommand({ AssociationId: own.AssociationId }))
  else
    await ctx.ec2.send(
      new ModifyNetworkInterfaceAttributeCommand({
        NetworkInterfaceId: live.interfaceId,
        AssociatePublicIpAddress: wanted,
      }),
    )
}
