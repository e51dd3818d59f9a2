import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { amazonOwnerId, imageSizeGiB, images, type MachineImage, rootDevice } from "./catalog.ts"
import { type Fields, matching } from "./rules/filter.ts"
import { page } from "./rules/page.ts"

export const imageHandlers = handlers<typeof ec2>()({
  DescribeImages(input, call) {
    const ids = input.ImageIds ?? []
    for (const id of ids) checkId(id)
    const owners = input.Owners ?? []
    const visible = images.filter((image) => ids.length === 0 || ids.includes(image.id))
    const owned = visible.filter(
      () => owners.length === 0 || owners.some((owner) => [amazonOwnerId, "amazon"].includes(owner)),
    )
    const { items, NextToken } = page(matching(call, owned, input.Filters, fields), input, ids)
    return { Images: items.map((image) => view(call, image)), NextToken }
  },
})

const checkId = (id: string): void => {
  if (!/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) {
    throw new Refusal("InvalidAMIID.Malformed", `Invalid id: "${id}" (expecting "ami-...")`)
  }
  if (!images.some((image) => image.id === id)) {
    throw new Refusal("InvalidAMIID.NotFound", `The image id '[${id}]' does not exist`)
  }
}

const fields: Fields<MachineImage> = {
  architecture: (image) => image.architecture,
  "block-device-mapping.device-name": () => rootDevice,
  "block-device-mapping.volume-type": () => "gp3",
  "creation-date": (image) => image.created,
  "image-id": (image) => image.id,
  "image-type": () => "machine",
  "is-public": () => true,
  name: (image) => image.name,
  "owner-alias": () => "amazon",
  "owner-id": () => amazonOwnerId,
  "root-device-name": () => rootDevice,
  "root-device-type": () => "ebs",
  state: () => "available",
  "virtualization-type": () => "hvm",
}

const view = (call: Call, image: MachineImage): ec2.Image => ({
  ImageId: image.id,
  Name: image.name,
  Description: `Amazon Linux 2023 AMI ${image.architecture}, look-alike of the ${call.region} sandbox`,
  ImageLocation: `amazon/${image.name}`,
  ImageOwnerAlias: "amazon",
  OwnerId: amazonOwnerId,
  Architecture: image.architecture,
  CreationDate: image.created,
  State: "available",
  Public: true,
  ImageType: "machine",
  PlatformDetails: "Linux/UNIX",
  UsageOperation: "RunInstances",
  VirtualizationType: "hvm",
  Hypervisor: "xen",
  EnaSupport: true,
  ImdsSupport: "v2.0",
  BootMode: "uefi-preferred",
  RootDeviceType: "ebs",
  RootDeviceName: rootDevice,
  BlockDeviceMappings: [
    {
      DeviceName: rootDevice,
      Ebs: {
        SnapshotId: image.snapshotId,
        VolumeSize: imageSizeGiB,
        VolumeType: "gp3",
        Iops: 3000,
        Throughput: 125,
        DeleteOnTermination: true,
        Encrypted: false,
      },
    },
  ],
})
