import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  CreateSecurityGroupCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeSubnetsCommand,
  DetachVolumeCommand,
  DisassociateIamInstanceProfileCommand,
  ModifyInstanceAttributeCommand,
  ModifyInstanceMetadataOptionsCommand,
  ModifyNetworkInterfaceAttributeCommand,
  ModifyVolumeCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  UnmonitorInstancesCommand,
} from "@aws-sdk/client-ec2"
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  DeleteInstanceProfileCommand,
  GetInstanceProfileCommand,
  RemoveRoleFromInstanceProfileCommand,
} from "@aws-sdk/client-iam"
import type { Session } from "../../../src/aws/clients.ts"
import type { Machine } from "../../../src/aws/ec2/machine.ts"
import { instanceKind } from "../../../src/steps/instance.ts"
import { tampersOf } from "./table.ts"

const atLaunch = "a machine keeps it from its launch"

type Metadata = Omit<ConstructorParameters<typeof ModifyInstanceMetadataOptionsCommand>[0], "InstanceId">
const metadata =
  (options: Metadata) =>
  ({ ec2 }: Session, { id }: Machine) =>
    ec2.send(new ModifyInstanceMetadataOptionsCommand({ InstanceId: id, ...options }))

type Disk = Omit<ConstructorParameters<typeof ModifyVolumeCommand>[0], "VolumeId">
const disk =
  (shape: Disk) =>
  ({ ec2 }: Session, { volumeId }: Machine) =>
    ec2.send(new ModifyVolumeCommand({ VolumeId: volumeId, ...shape }))

export const machineTampers = [
  tampersOf(instanceKind, {
    fields: {
      async instanceType({ ec2, clock }, { id }) {
        await stop({ ec2, clock }, id)
        const InstanceType = { Value: "t3.medium" }
        await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: id, InstanceType }))
        await ec2.send(new StartInstancesCommand({ InstanceIds: [id] }))
      },
      // The address that AWS lent it goes back when it stops.
      running: [
        {
          does: ({ ec2, clock }, { id }) => stop({ ec2, clock }, id),
          seen: ({ publicAddress }) => (publicAddress ? ["publicAddress", "running"] : ["running"]),
        },
      ],
      async publicAddress({ ec2 }, { id, interfaceId, publicAddress }) {
        if (publicAddress) {
          const without = { NetworkInterfaceId: interfaceId, AssociatePublicIpAddress: false }
          await ec2.send(new ModifyNetworkInterfaceAttributeCommand(without))
        } else {
          const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: "vpc" }))
          await ec2.send(new AssociateAddressCommand({ AllocationId, InstanceId: id }))
        }
      },
      monitoring: ({ ec2 }, { id }) => ec2.send(new UnmonitorInstancesCommand({ InstanceIds: [id] })),
      sourceDestCheck: ({ ec2 }, { id }) =>
        ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: id, SourceDestCheck: { Value: false } })),
      async groupIds({ ec2 }, { id, subnetId, groupIds }) {
        const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [subnetId] }))
        const another = { VpcId: Subnets[0]?.VpcId, GroupName: "another", Description: "of somebody" }
        const { GroupId = "" } = await ec2.send(new CreateSecurityGroupCommand(another))
        await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: id, Groups: [...groupIds, GroupId] }))
      },
      profile: [
        {
          seen: () => ["profile", "profileId"],
          async does({ ec2 }, { id }) {
            const Filters = [{ Name: "instance-id", Values: [id] }]
            const found = await ec2.send(new DescribeIamInstanceProfileAssociationsCommand({ Filters }))
            const AssociationId = found.IamInstanceProfileAssociations?.[0]?.AssociationId
            await ec2.send(new DisassociateIamInstanceProfileCommand({ AssociationId }))
          },
        },
      ],
      async profileId({ iam }, { profile: InstanceProfileName }) {
        const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName }))
        const names = { InstanceProfileName, RoleName: InstanceProfile?.Roles?.[0]?.RoleName }
        await iam.send(new RemoveRoleFromInstanceProfileCommand(names))
        await iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName }))
        await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName, Path: InstanceProfile?.Path }))
        await iam.send(new AddRoleToInstanceProfileCommand(names))
      },
      metadataEndpoint: metadata({ HttpEndpoint: "disabled" }),
      metadataTokens: metadata({ HttpTokens: "optional" }),
      metadataHops: metadata({ HttpPutResponseHopLimit: 2 }),
      metadataTags: metadata({ InstanceMetadataTags: "enabled" }),
      diskGoesAlong: ({ ec2 }, { id, diskDevice: DeviceName }) => {
        const BlockDeviceMappings = [{ DeviceName, Ebs: { DeleteOnTermination: false } }]
        return ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: id, BlockDeviceMappings }))
      },
      dataVolumeId: ({ ec2 }, { id: InstanceId, dataVolumeId: VolumeId }) =>
        ec2.send(new DetachVolumeCommand({ VolumeId, InstanceId })),
      // The older type has neither of the other two to choose.
      diskType: [{ does: disk({ VolumeType: "gp2" }), seen: () => ["diskType", "diskIops", "diskThroughput"] }],
      diskIops: disk({ Iops: 4000 }),
      diskThroughput: disk({ Throughput: 250 }),
    },
    fixed: {
      imageId: atLaunch,
      subnetId: atLaunch,
      keyName: atLaunch,
      diskEncrypted: atLaunch,
      diskGb: "a disk never shrinks again: what is said of one that grew has a test of its own",
    },
  }),
]

async function stop({ ec2, clock }: Pick<Session, "ec2" | "clock">, id: string) {
  await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }))
  // Far longer than it takes.
  await clock.sleep(300_000)
}
