import type * as ec2 from "@aws-sdk/client-ec2"
import { handlers, Refusal } from "../../service.ts"
import { notServed } from "../unserved.ts"
import { type MachineType, machineTypes, zonesOf } from "./catalog.ts"
import { type Fields, matching } from "./rules/filter.ts"
import { page } from "./rules/page.ts"

interface Offering {
  readonly type: MachineType["name"]
  readonly location: string
}

export const machineTypeHandlers = handlers<typeof ec2>()({
  DescribeInstanceTypes(input, call) {
    const names: readonly string[] = input.InstanceTypes ?? []
    const lost = names.filter((name) => !machineTypes.some((type) => type.name === name))
    if (lost.length) {
      throw new Refusal(
        "InvalidInstanceType",
        `The following supplied instance types do not exist: [${lost.join(", ")}]`,
      )
    }
    const named = machineTypes.filter((type) => names.length === 0 || names.includes(type.name))
    const { items, NextToken } = page(matching(call, named, input.Filters, typeFields), input, names)
    return { InstanceTypes: items.map(view), NextToken }
  },

  DescribeInstanceTypeOfferings(input, call) {
    const by = input.LocationType ?? "region"
    if (by === "outpost") throw notServed("outposts")
    const offerings = machineTypes.flatMap((type): readonly Offering[] => {
      if (by === "region") return [{ type: type.name, location: call.region }]
      return zonesOf(call.region)
        .filter((zone) => !type.notIn?.includes(zone.name))
        .map((zone) => ({ type: type.name, location: by === "availability-zone" ? zone.name : zone.id }))
    })
    const { items, NextToken } = page(matching(call, offerings, input.Filters, offeringFields), input)
    return {
      InstanceTypeOfferings: items.map(({ type, location }) => ({
        InstanceType: type,
        Location: location,
        LocationType: by,
      })),
      NextToken,
    }
  },
})

const offeringFields: Fields<Offering> = {
  "instance-type": (one) => one.type,
  location: (one) => one.location,
}

const typeFields: Fields<MachineType> = {
  "bare-metal": () => false,
  "burstable-performance-supported": (type) => type.burstable,
  "current-generation": (type) => isCurrent(type),
  "free-tier-eligible": (type) => type.freeTier ?? false,
  "instance-type": (type) => type.name,
  "memory-info.size-in-mib": (type) => type.memoryMiB,
  "processor-info.supported-architecture": (type) => type.architecture,
  "supported-root-device-type": () => "ebs",
  "supported-usage-class": () => ["on-demand", "spot"],
  "supported-virtualization-type": () => "hvm",
  "vcpu-info.default-vcpus": (type) => type.vcpus,
}

const isCurrent = (type: MachineType): boolean => !type.name.startsWith("t1.")

const view = (type: MachineType): ec2.InstanceTypeInfo => ({
  InstanceType: type.name,
  CurrentGeneration: isCurrent(type),
  FreeTierEligible: type.freeTier ?? false,
  SupportedUsageClasses: ["on-demand", "spot"],
  SupportedRootDeviceTypes: ["ebs"],
  SupportedVirtualizationTypes: ["hvm"],
  BareMetal: false,
  ProcessorInfo: { SupportedArchitectures: [type.architecture] },
  VCpuInfo: { DefaultVCpus: type.vcpus },
  MemoryInfo: { SizeInMiB: type.memoryMiB },
  InstanceStorageSupported: false,
  BurstablePerformanceSupported: type.burstable,
})
