import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { createVolumes } from "./block-device.ts"
import { amazonOwnerId, rootDevice } from "./catalog.ts"
import { instanceView } from "./instance-view.ts"
import { attachInterface, lendPublicIp } from "./interface.ts"
import { bootTime, checkLaunch, type Launch } from "./launch.ts"
import { associateProfile } from "./profile.ts"
import { type InstanceRecord, instances, interfaces, volumes } from "./records/compute.ts"
import { subnets } from "./records/network.ts"
import { rows, save, seek } from "./rules/kind.ts"
import { invalidValue, serveOnly } from "./rules/refusals.ts"
import { checkTagTypes, tagAtBirth } from "./rules/tags.ts"
import { passing, stateAt } from "./rules/timeline.ts"
import { oncePerToken } from "./rules/token.ts"

export const runInstancesHandlers = handlers<typeof ec2>()({
  RunInstances(input, call) {
    serveOnly("RunInstances", input, served)
    checkTagTypes(input.TagSpecifications, ["instance", "volume", "network-interface"])
    const ids = oncePerToken(call, "RunInstances", input, () => launchAll(call, input), zoneOf(call, input))
    const launched = ids.flatMap((id) => rows(call, instances).get(id) ?? [])
    const dead = launched.find((one) => ["shutting-down", "terminated"].includes(stateAt(one.states, call.now)))
    if (dead) {
      throw new Refusal(
        "IdempotentInstanceTerminated",
        `The client token '${input.ClientToken}' belongs to ${dead.id}, which has been terminated`,
      )
    }
    return {
      ReservationId: launched[0]?.reservationId,
      OwnerId: call.account,
      RequesterId: amazonOwnerId,
      Groups: [],
      Instances: launched.map((one) => instanceView(call, one)),
    }
  },
})

const served = [
  "ImageId",
  "InstanceType",
  "MinCount",
  "MaxCount",
  "KeyName",
  "UserData",
  "SubnetId",
  "SecurityGroupIds",
  "PrivateIpAddress",
  "NetworkInterfaces",
  "Placement",
  "IamInstanceProfile",
  "BlockDeviceMappings",
  "MetadataOptions",
  "Monitoring",
  "EbsOptimized",
  "DisableApiTermination",
  "DisableApiStop",
  "InstanceInitiatedShutdownBehavior",
  "CreditSpecification",
] as const

/** A token holds for the region, or for the zone when the request names one: AWS then takes it for another one. */
const zoneOf = (call: Call, input: ec2.RunInstancesRequest): string => {
  const subnetId = input.SubnetId ?? input.NetworkInterfaces?.[0]?.SubnetId
  return input.Placement?.AvailabilityZone ?? seek(call, subnets, subnetId ?? "")?.zone ?? ""
}

/** All or none: AWS launches as many as it can between the two counts, and there is always room here. */
const launchAll = (call: Call, input: ec2.RunInstancesRequest): readonly string[] => {
  const { MinCount = 1, MaxCount = MinCount } = input
  if (MinCount < 1) throw invalidValue(MinCount, "minCount", "It must be at least 1.")
  if (MaxCount < MinCount) throw invalidValue(MinCount, "minCount", "It must not be greater than maxCount.")
  const launch = checkLaunch(call, input, MaxCount)
  const reservationId = call.id("r")
  return Array.from({ length: MaxCount }, (_, index) => launchOne(call, input, launch, reservationId, index))
}

const launchOne = (
  call: Call,
  input: ec2.RunInstancesRequest,
  launch: Launch,
  reservationId: string,
  launchIndex: number,
): string => {
  const id = call.id("i")
  const network = attachInterface(call, launch.subnet, {
    description: launch.description,
    type: "interface",
    groupIds: launch.groupIds,
    privateIp: launch.privateIp,
    instanceId: id,
    attachmentId: call.id("eni-attach"),
    wantsPublicIp: launch.publicIp,
    publicIp: launch.publicIp ? lendPublicIp(call) : undefined,
  })
  const disks = createVolumes(call, id, launch.subnet.zone, launch.image, input.BlockDeviceMappings)
  save(call, instances, {
    id,
    reservationId,
    launchIndex,
    clientToken: input.ClientToken ?? "",
    imageId: launch.image.id,
    type: launch.type.name,
    keyName: input.KeyName,
    userData: launch.userData,
    subnetId: launch.subnet.id,
    vpcId: launch.subnet.vpcId,
    zone: launch.subnet.zone,
    launched: call.now,
    states: passing(call.now, "pending", bootTime, "running"),
    interfaceId: network.id,
    rootDevice,
    ...switches(input, launch),
  })
  if (launch.profile) associateProfile(call, id, launch.profile)
  tagAtBirth(call, instances, id, input.TagSpecifications)
  tagAtBirth(call, interfaces, network.id, input.TagSpecifications)
  for (const disk of disks) tagAtBirth(call, volumes, disk, input.TagSpecifications)
  return id
}

/** Amazon Linux 2023 says of itself that it wants tokens, and two hops for containers. */
const switches = (input: ec2.RunInstancesRequest, launch: Launch) =>
  ({
    monitoring: input.Monitoring?.Enabled ?? false,
    ebsOptimized: input.EbsOptimized ?? false,
    noApiTermination: input.DisableApiTermination ?? false,
    noApiStop: input.DisableApiStop ?? false,
    shutdown: input.InstanceInitiatedShutdownBehavior ?? "stop",
    credits: launch.credits,
    metadata: {
      tokens: input.MetadataOptions?.HttpTokens ?? "required",
      hopLimit: input.MetadataOptions?.HttpPutResponseHopLimit ?? 2,
      endpoint: input.MetadataOptions?.HttpEndpoint ?? "enabled",
      protocol6: input.MetadataOptions?.HttpProtocolIpv6 ?? "disabled",
      tags: input.MetadataOptions?.InstanceMetadataTags ?? "disabled",
    },
  }) satisfies Partial<InstanceRecord>
