import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { notServed } from "../unserved.ts"
import { disksOf, groupsView, mappingView, metadataView } from "./instance-view.ts"
import { findType, groupsFor } from "./launch.ts"
import { type InstanceRecord, instances, interfaces, volumes } from "./records/compute.ts"
import { find, save, seek } from "./rules/kind.ts"
import { required, serveOnly } from "./rules/refusals.ts"
import { stateAt } from "./rules/timeline.ts"
import { checkUserData } from "./user-data.ts"

export const instanceAttributeHandlers = handlers<typeof ec2>()({
  DescribeInstanceAttribute(input, call) {
    const one = find(call, instances, input.InstanceId)
    return { InstanceId: one.id, ...attribute(call, one, required(input.Attribute, "attribute")) }
  },

  ModifyInstanceAttribute(input, call) {
    serveOnly("ModifyInstanceAttribute", input, served)
    const { InstanceId, DryRun, ...given } = input
    const names = Object.entries(given).filter(([, value]) => value !== undefined)
    if (names.length !== 1) {
      throw new Refusal(
        "InvalidParameterCombination",
        "Fields for multiple attribute types specified, or none: give exactly one",
      )
    }
    const one = find(call, instances, InstanceId)
    const atRest = input.InstanceType ?? input.UserData ?? input.EbsOptimized
    if (atRest && stateAt(one.states, call.now) !== "stopped") {
      throw new Refusal("IncorrectInstanceState", `The instance '${one.id}' is not in the 'stopped' state.`)
    }
    save(call, instances, { ...one, ...changesOf(input) })
    changeOthers(call, one, input)
    return {}
  },

  ModifyInstanceMetadataOptions(input, call) {
    const one = find(call, instances, input.InstanceId)
    const { metadata } = one
    const changed = save(call, instances, {
      ...one,
      metadata: {
        tokens: input.HttpTokens ?? metadata.tokens,
        hopLimit: input.HttpPutResponseHopLimit ?? metadata.hopLimit,
        endpoint: input.HttpEndpoint ?? metadata.endpoint,
        protocol6: input.HttpProtocolIpv6 ?? metadata.protocol6,
        tags: input.InstanceMetadataTags ?? metadata.tags,
      },
    })
    return { InstanceId: one.id, InstanceMetadataOptions: { ...metadataView(changed), State: "pending" } }
  },

  ModifyInstanceCreditSpecification(input, call) {
    const asked = required(input.InstanceCreditSpecifications, "InstanceCreditSpecification")
    for (const { InstanceId, CpuCredits } of asked) {
      const one = find(call, instances, InstanceId)
      if (!one.credits || (CpuCredits !== "standard" && CpuCredits !== "unlimited")) {
        throw new Refusal("InvalidParameterValue", `Invalid value '${CpuCredits}' for CpuCredits of a ${one.type}`)
      }
      save(call, instances, { ...one, credits: CpuCredits })
    }
    return {
      SuccessfulInstanceCreditSpecifications: asked.map(({ InstanceId }) => ({ InstanceId })),
      UnsuccessfulInstanceCreditSpecifications: [],
    }
  },
})

const served = [
  "InstanceId",
  "InstanceType",
  "UserData",
  "EbsOptimized",
  "DisableApiTermination",
  "DisableApiStop",
  "InstanceInitiatedShutdownBehavior",
  "SourceDestCheck",
  "Groups",
  "BlockDeviceMappings",
] as const

/** What lies on the instance itself. */
const changesOf = (input: ec2.ModifyInstanceAttributeRequest): Partial<InstanceRecord> => {
  if (input.InstanceType) return { type: findType(input.InstanceType.Value ?? "").name }
  if (input.UserData) {
    return { userData: checkUserData(Buffer.from(input.UserData.Value ?? new Uint8Array()).toString("base64")) }
  }
  if (input.EbsOptimized) return { ebsOptimized: input.EbsOptimized.Value ?? false }
  if (input.DisableApiTermination) return { noApiTermination: input.DisableApiTermination.Value ?? false }
  if (input.DisableApiStop) return { noApiStop: input.DisableApiStop.Value ?? false }
  const shutdown = input.InstanceInitiatedShutdownBehavior?.Value
  if (shutdown === undefined) return {}
  if (shutdown === "stop" || shutdown === "terminate") return { shutdown }
  throw new Refusal("InvalidParameterValue", `Invalid value '${shutdown}' for instanceInitiatedShutdownBehavior`)
}

/** What lies on the interface or the disks. */
const changeOthers = (call: Call, one: InstanceRecord, input: ec2.ModifyInstanceAttributeRequest): void => {
  const network = seek(call, interfaces, one.interfaceId)
  if (network && input.SourceDestCheck) {
    save(call, interfaces, { ...network, sourceDestCheck: input.SourceDestCheck.Value ?? true })
  }
  if (network && input.Groups) {
    save(call, interfaces, { ...network, groupIds: groupsFor(call, one.vpcId, input.Groups) })
  }
  for (const { DeviceName, Ebs } of input.BlockDeviceMappings ?? []) {
    const disk = disksOf(call, one.id).find((held) => held.attachment?.device === DeviceName)
    if (!disk?.attachment) {
      throw new Refusal("InvalidInstanceAttributeValue", `No device is currently mapped at ${DeviceName}`)
    }
    const { deleteOnTermination } = disk.attachment
    const attachment = { ...disk.attachment, deleteOnTermination: Ebs?.DeleteOnTermination ?? deleteOnTermination }
    save(call, volumes, { ...disk, attachment })
  }
}

const attribute = (call: Call, one: InstanceRecord, name: ec2.InstanceAttributeName): ec2.InstanceAttribute => {
  const network = seek(call, interfaces, one.interfaceId)
  const known: Partial<Record<ec2.InstanceAttributeName, ec2.InstanceAttribute>> = {
    instanceType: { InstanceType: { Value: one.type } },
    userData: { UserData: { Value: one.userData } },
    disableApiTermination: { DisableApiTermination: { Value: one.noApiTermination } },
    disableApiStop: { DisableApiStop: { Value: one.noApiStop } },
    ebsOptimized: { EbsOptimized: { Value: one.ebsOptimized } },
    enaSupport: { EnaSupport: { Value: true } },
    instanceInitiatedShutdownBehavior: { InstanceInitiatedShutdownBehavior: { Value: one.shutdown } },
    rootDeviceName: { RootDeviceName: { Value: one.rootDevice } },
    sourceDestCheck: { SourceDestCheck: { Value: network?.sourceDestCheck } },
    groupSet: { Groups: groupsView(call, network?.groupIds ?? []) },
    blockDeviceMapping: { BlockDeviceMappings: disksOf(call, one.id).map((disk) => mappingView(disk, call.now)) },
  }
  const answer = known[name]
  if (!answer) throw notServed(`the instance attribute ${name}`)
  return answer
}
