import { idOf, launch } from "../network.ts"
import { api, errors, gone, type Net, type Row } from "./case.ts"

const zone = "us-east-1a"

export const volumeRows: readonly Row[] = [
  [
    "a malformed snapshot",
    "InvalidSnapshotID.Malformed",
    errors,
    (net) => net.aws.refused("DeleteSnapshot", { SnapshotId: "snap" }),
  ],
  [
    "a volume from no snapshot",
    "InvalidSnapshot.NotFound",
    errors,
    (net) => net.aws.refused("CreateVolume", { AvailabilityZone: zone, SnapshotId: gone("snap") }),
  ],
  [
    "a volume from a snapshot that is not complete",
    "IncorrectState: is not 'completed'",
    api("CreateVolume"),
    (net) => net.aws.refused("CreateVolume", { AvailabilityZone: zone, SnapshotId: snapshotOf(net, free(net)) }),
  ],
  [
    "a volume smaller than its snapshot",
    "InvalidParameterValue: wants 20 GiB or more",
    api("CreateVolume"),
    (net) => {
      const SnapshotId = snapshotOf(net, free(net))
      net.aws.pass(90)
      return net.aws.refused("CreateVolume", { AvailabilityZone: zone, SnapshotId, Size: 10 })
    },
  ],
  [
    "a volume in no zone",
    "InvalidZone.NotFound",
    errors,
    (net) => net.aws.refused("CreateVolume", { AvailabilityZone: "us-east-1z", Size: 1 }),
  ],
  [
    "a volume without a size",
    "MissingParameter: size or snapshotId",
    errors,
    (net) => net.aws.refused("CreateVolume", { AvailabilityZone: zone }),
  ],
  [
    "a key for a volume in the clear",
    "InvalidParameterDependency",
    errors,
    (net) => net.aws.refused("CreateVolume", { AvailabilityZone: zone, Size: 1, KmsKeyId: "alias/x" }),
  ],
  [
    "another volume under the same token",
    "IdempotentParameterMismatch",
    errors,
    (net) => {
      net.aws.run("CreateVolume", { AvailabilityZone: zone, Size: 1, ClientToken: "one" })
      return net.aws.refused("CreateVolume", { AvailabilityZone: zone, Size: 2, ClientToken: "one" })
    },
  ],
  [
    "to another zone's instance",
    "InvalidVolume.ZoneMismatch",
    errors,
    (net) => attach(net, free(net, "us-east-1b"), running(net)),
  ],
  [
    "to an instance that starts",
    "IncorrectState: is not 'running'",
    errors,
    (net) => attach(net, free(net), launch(net.aws, net.subnet)),
  ],
  [
    "before it is there",
    "IncorrectState: is not 'available'",
    errors,
    (net) => {
      const instance = running(net)
      const { VolumeId } = net.aws.run("CreateVolume", { AvailabilityZone: zone, Size: 1 })
      return attach(net, idOf(VolumeId), instance)
    },
  ],
  [
    "to a second instance",
    "VolumeInUse",
    errors,
    (net) => {
      const volume = held(net)
      return attach(net, volume, running(net))
    },
  ],
  [
    "where another is",
    "InvalidParameterValue: Attachment point /dev/sdf is already in use",
    api("AttachVolume"),
    (net) => {
      const [instance, first, second] = [running(net), free(net), free(net)]
      attach(net, first, instance)
      return attach(net, second, instance)
    },
  ],
  [
    "as no device",
    "InvalidParameterValue: not a valid EBS device name",
    errors,
    (net) => attach(net, free(net), running(net), "/mnt/data"),
  ],
  [
    "what is not attached is detached",
    "IncorrectState: is in the 'available' state",
    errors,
    (net) => net.aws.refused("DetachVolume", { VolumeId: free(net) }),
  ],
  [
    "from an instance that has it not",
    "InvalidAttachment.NotFound",
    errors,
    (net) => net.aws.refused("DetachVolume", { VolumeId: held(net), InstanceId: gone("i") }),
  ],
  [
    "the disk it runs from is detached",
    "OperationNotPermitted",
    errors,
    (net) => {
      const Filters = [{ Name: "attachment.instance-id", Values: [running(net)] }]
      const [root] = net.aws.run("DescribeVolumes", { Filters }).Volumes ?? []
      return net.aws.refused("DetachVolume", { VolumeId: root?.VolumeId })
    },
  ],
  [
    "what is attached is deleted",
    "VolumeInUse",
    errors,
    (net) => net.aws.refused("DeleteVolume", { VolumeId: held(net) }),
  ],
  [
    "what is being made is deleted",
    "IncorrectState",
    errors,
    (net) => {
      const { VolumeId } = net.aws.run("CreateVolume", { AvailabilityZone: zone, Size: 1 })
      return net.aws.refused("DeleteVolume", { VolumeId })
    },
  ],
  [
    "six snapshots at once",
    "ConcurrentSnapshotLimitExceeded",
    errors,
    (net) => {
      const VolumeId = free(net)
      for (let n = 0; n < 5; n++) net.aws.run("CreateSnapshot", { VolumeId })
      return net.aws.refused("CreateSnapshot", { VolumeId })
    },
  ],
  [
    "snapshots of somebody who is none",
    "InvalidParameterValue: no account",
    api("DescribeSnapshots"),
    (net) => net.aws.refused("DescribeSnapshots", { OwnerIds: ["me"] }),
  ],
]

const free = ({ aws }: Net, AvailabilityZone = zone): string => {
  const { VolumeId } = aws.run("CreateVolume", { AvailabilityZone, Size: 20, VolumeType: "gp3" })
  aws.pass(10)
  return idOf(VolumeId)
}

const running = ({ aws, subnet }: Net): string => {
  const instance = launch(aws, subnet)
  aws.pass(60)
  return instance
}

const held = (net: Net): string => {
  const volume = free(net)
  attach(net, volume, running(net))
  return volume
}

const attach = ({ aws }: Net, VolumeId: string, InstanceId: string, Device = "/dev/sdf"): string =>
  aws.refused("AttachVolume", { VolumeId, InstanceId, Device })

const snapshotOf = ({ aws }: Net, VolumeId: string): string => idOf(aws.run("CreateSnapshot", { VolumeId }).SnapshotId)
