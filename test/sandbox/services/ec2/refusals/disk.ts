import { api, asked, errors, ours, type Row } from "./case.ts"

export const diskRows: readonly Row[] = [
  [
    "user data that is no base64",
    "InvalidUserData.Malformed",
    errors,
    (net) => net.aws.refused("RunInstances", asked(net, { UserData: "#!/bin/sh" })),
  ],
  [
    "user data of 16385 bytes",
    "InvalidParameterValue: User data is limited to 16384 bytes",
    api("RunInstances"),
    (net) => net.aws.refused("RunInstances", asked(net, { UserData: Buffer.alloc(16_385).toString("base64") })),
  ],
  [
    "a root disk smaller than the image",
    "InvalidBlockDeviceMapping: Volume of size 4GB is smaller than snapshot",
    errors,
    (net) =>
      net.aws.refused(
        "RunInstances",
        asked(net, { BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { VolumeSize: 4 } }] }),
      ),
  ],
  [
    "one device twice",
    "InvalidBlockDeviceMapping: Each block device mapping needs a",
    errors,
    (net) =>
      net.aws.refused(
        "RunInstances",
        asked(net, { BlockDeviceMappings: [{ DeviceName: "/dev/xvda" }, { DeviceName: "/dev/xvda" }] }),
      ),
  ],
  [
    "a disk without size",
    "MissingParameter: size or snapshotId",
    api("EbsBlockDevice"),
    (net) =>
      net.aws.refused("RunInstances", asked(net, { BlockDeviceMappings: [{ DeviceName: "/dev/sdf", Ebs: {} }] })),
  ],
  [
    "a disk of 17 TB",
    "InvalidParameterValue: Volume of 17000GiB is out of range; gp2",
    api("EbsBlockDevice"),
    (net) =>
      net.aws.refused(
        "RunInstances",
        asked(net, { BlockDeviceMappings: [{ DeviceName: "/dev/sdf", Ebs: { VolumeSize: 17_000 } }] }),
      ),
  ],
  [
    "throughput on gp2",
    "InvalidParameterCombination: The parameter throughput is not supported",
    api("EbsBlockDevice"),
    (net) =>
      net.aws.refused(
        "RunInstances",
        asked(net, {
          BlockDeviceMappings: [
            { DeviceName: "/dev/sdf", Ebs: { VolumeSize: 10, VolumeType: "gp2", Throughput: 200 } },
          ],
        }),
      ),
  ],
  [
    "iops on gp2",
    "InvalidParameterCombination: The parameter iops is not supported for gp2",
    api("EbsBlockDevice"),
    (net) =>
      net.aws.refused(
        "RunInstances",
        asked(net, {
          BlockDeviceMappings: [{ DeviceName: "/dev/sdf", Ebs: { VolumeSize: 10, VolumeType: "gp2", Iops: 3000 } }],
        }),
      ),
  ],
  [
    "too few iops for gp3",
    "InvalidParameterValue: Volume iops of 100 is out of range; gp3",
    api("EbsBlockDevice"),
    (net) =>
      net.aws.refused(
        "RunInstances",
        asked(net, { BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { VolumeType: "gp3", Iops: 100 } }] }),
      ),
  ],
  [
    "too much throughput for gp3",
    "InvalidParameterValue: Throughput of 800 is out of range; gp3",
    api("EbsBlockDevice"),
    (net) =>
      net.aws.refused(
        "RunInstances",
        asked(net, { BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { VolumeType: "gp3", Throughput: 800 } }] }),
      ),
  ],
  [
    "io2 without iops",
    "MissingParameter: The parameter iops must be specified for",
    api("EbsBlockDevice"),
    (net) =>
      net.aws.refused(
        "RunInstances",
        asked(net, { BlockDeviceMappings: [{ DeviceName: "/dev/sdf", Ebs: { VolumeSize: 10, VolumeType: "io2" } }] }),
      ),
  ],
  [
    "a key for a disk in the clear",
    "InvalidParameterDependency",
    errors,
    (net) =>
      net.aws.refused(
        "RunInstances",
        asked(net, { BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { KmsKeyId: "alias/x" } }] }),
      ),
  ],
  [
    "a disk from a snapshot",
    "NotImplemented: SnapshotId of BlockDeviceMappings",
    ours,
    (net) =>
      net.aws.refused(
        "RunInstances",
        asked(net, { BlockDeviceMappings: [{ DeviceName: "/dev/sdf", Ebs: { SnapshotId: "snap-1" } }] }),
      ),
  ],
]
