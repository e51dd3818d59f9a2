import { idOf, launch } from "../network.ts"
import { api, errors, gone, type Net, ours, type Row } from "./case.ts"

const onlyDisk = (aws: Net["aws"]): string => idOf(aws.run("DescribeVolumes", {}).Volumes?.[0]?.VolumeId)

export const catalogRows: readonly Row[] = [
  [
    "a smaller disk",
    "InvalidParameterValue: New size cannot be smaller than existing",
    api("ModifyVolume"),
    ({ aws, subnet }) => {
      launch(aws, subnet)
      const disk = onlyDisk(aws)
      return aws.refused("ModifyVolume", { VolumeId: disk, Size: 4 })
    },
  ],
  [
    "two changes of a disk within 6 hours",
    "VolumeModificationRateExceeded",
    errors,
    ({ aws, subnet }) => {
      launch(aws, subnet)
      const disk = onlyDisk(aws)
      aws.run("ModifyVolume", { VolumeId: disk, Size: 20 })
      return aws.refused("ModifyVolume", { VolumeId: disk, Size: 30 })
    },
  ],
  [
    "changes of a disk that had none",
    "InvalidVolumeModification.NotFound",
    errors,
    ({ aws, subnet }) => {
      launch(aws, subnet)
      const disk = onlyDisk(aws)
      return aws.refused("DescribeVolumesModifications", { VolumeIds: [disk] })
    },
  ],
  [
    "a disk that isn't there",
    "InvalidVolume.NotFound",
    errors,
    ({ aws }) => aws.refused("DescribeVolumes", { VolumeIds: [gone("vol")] }),
  ],
  [
    "an unknown image in a list",
    "InvalidAMIID.NotFound",
    errors,
    ({ aws }) => aws.refused("DescribeImages", { ImageIds: [gone("ami")] }),
  ],
  [
    "an unknown type in a list",
    "InvalidInstanceType",
    errors,
    ({ aws }) => aws.refused("DescribeInstanceTypes", { InstanceTypes: ["t3.xlarge", "m1.small"] }),
  ],
  [
    "outposts",
    "NotImplemented: outposts",
    ours,
    ({ aws }) => aws.refused("DescribeInstanceTypeOfferings", { LocationType: "outpost" }),
  ],
  [
    "an unknown zone in a list",
    "InvalidParameterValue: Invalid availability zones: [us-east-1z]",
    errors,
    ({ aws }) => aws.refused("DescribeAvailabilityZones", { ZoneNames: ["us-east-1z"] }),
  ],
  [
    "an unknown region in a list",
    "InvalidParameterValue: regionNames is invalid. The sandbox knows",
    errors,
    ({ aws }) => aws.refused("DescribeRegions", { RegionNames: ["mars-north-1"] }),
  ],
  [
    "a malformed image in a list",
    "InvalidAMIID.Malformed",
    errors,
    ({ aws }) => aws.refused("DescribeImages", { ImageIds: ["ami-1"] }),
  ],
]
