import { type _InstanceType, RunInstancesCommand } from "@aws-sdk/client-ec2"
import type { Birth } from "../../engine/types.ts"
import type { Cloud } from "../cloud.ts"
import { tagSpecification } from "../tags.ts"
import { secureMetadataOptions } from "./machine-change.ts"

export interface Launch {
  readonly imageId: string
  readonly instanceType: string
  readonly subnetId: string
  readonly groupId: string
  readonly profile: string
  readonly keyName: string | undefined
  readonly diskGb: number
  readonly publicAddress: boolean
  /** A script for its first start, which anything on it can read. */
  readonly boot: string
}

/** Asks for one machine; the answer is not waited for. */
export async function launch(ctx: Cloud, birth: Birth, wish: Launch): Promise<void> {
  await ctx.ec2.send(
    new RunInstancesCommand({
      MinCount: 1,
      MaxCount: 1,
      ClientToken: birth.token,
      ImageId: wish.imageId,
      // A type that the SDK does not know yet may be one that AWS has.
      InstanceType: wish.instanceType as _InstanceType,
      IamInstanceProfile: { Name: wish.profile },
      ...(wish.keyName && { KeyName: wish.keyName }),
      NetworkInterfaces: [
        {
          DeviceIndex: 0,
          SubnetId: wish.subnetId,
          Groups: [wish.groupId],
          AssociatePublicIpAddress: wish.publicAddress,
          // AWS does not promise it, and one that is left keeps its subnet and its group from going.
          DeleteOnTermination: true,
        },
      ],
      BlockDeviceMappings: [
        {
          DeviceName: rootDevice,
          Ebs: { VolumeSize: wish.diskGb, VolumeType: "gp3", Encrypted: true, DeleteOnTermination: true },
        },
      ],
      MetadataOptions: secureMetadataOptions,
      Monitoring: { Enabled: true },
      UserData: Buffer.from(wish.boot).toString("base64"),
      TagSpecifications: [
        tagSpecification(birth, "instance"),
        tagSpecification(birth, "volume"),
        tagSpecification(birth, "network-interface"),
      ],
    }),
  )
}

/** Of every Amazon Linux 2023 image. */
const rootDevice = "/dev/xvda"
