import type { _InstanceType, ArchitectureType } from "@aws-sdk/client-ec2"

/** What AWS itself offers in a region: zones, machine types, images. Fixed, so that every run sees the same. */
export interface Zone {
  readonly name: string
  readonly id: string
}

export interface MachineType {
  readonly name: _InstanceType
  readonly vcpus: number
  readonly memoryMiB: number
  readonly architecture: ArchitectureType
  readonly burstable: boolean
  readonly freeTier?: boolean
  /** The zones in which AWS doesn't offer it. */
  readonly notIn?: readonly string[]
}

export interface MachineImage {
  readonly id: string
  readonly name: string
  readonly architecture: "x86_64" | "arm64"
  readonly created: string
  readonly snapshotId: string
  /** The public parameter that names it, for the newest image of each architecture. */
  readonly parameter?: string
}

/** Zone ids as one particular account sees them: AWS shuffles letters per account. */
const zoneIds: Readonly<Record<string, readonly string[]>> = {
  "us-east-1": ["use1-az4", "use1-az6", "use1-az1", "use1-az2", "use1-az3", "use1-az5"],
  "us-east-2": ["use2-az1", "use2-az2", "use2-az3"],
  "us-west-1": ["usw1-az1", "usw1-az3"],
  "us-west-2": ["usw2-az1", "usw2-az2", "usw2-az3", "usw2-az4"],
  "ca-central-1": ["cac1-az1", "cac1-az2", "cac1-az4"],
  "sa-east-1": ["sae1-az1", "sae1-az2", "sae1-az3"],
  "eu-west-1": ["euw1-az1", "euw1-az2", "euw1-az3"],
  "eu-west-2": ["euw2-az2", "euw2-az3", "euw2-az1"],
  "eu-west-3": ["euw3-az1", "euw3-az2", "euw3-az3"],
  "eu-central-1": ["euc1-az2", "euc1-az3", "euc1-az1"],
  "eu-north-1": ["eun1-az1", "eun1-az2", "eun1-az3"],
  "ap-south-1": ["aps1-az1", "aps1-az3", "aps1-az2"],
  "ap-northeast-1": ["apne1-az4", "apne1-az1", "apne1-az2"],
  "ap-northeast-2": ["apne2-az1", "apne2-az2", "apne2-az3"],
  "ap-northeast-3": ["apne3-az3", "apne3-az1", "apne3-az2"],
  "ap-southeast-1": ["apse1-az2", "apse1-az1", "apse1-az3"],
  "ap-southeast-2": ["apse2-az1", "apse2-az3", "apse2-az2"],
}

/** Those that every account has without opting in. */
export const regions: readonly string[] = Object.keys(zoneIds)

export const zonesOf = (region: string): readonly Zone[] =>
  (zoneIds[region] ?? []).map((id, index) => ({ name: `${region}${"abcdef".charAt(index)}`, id }))

const intel = { architecture: "x86_64", burstable: false, notIn: ["us-east-1e"] } as const
const t3 = { architecture: "x86_64", burstable: true, notIn: ["us-east-1e"] } as const
const t4g = { architecture: "arm64", burstable: true, notIn: ["us-east-1e"] } as const

export const machineTypes: readonly MachineType[] = [
  { name: "t2.micro", vcpus: 1, memoryMiB: 1024, architecture: "x86_64", burstable: true },
  { name: "t3.micro", vcpus: 2, memoryMiB: 1024, freeTier: true, ...t3 },
  { name: "t3.small", vcpus: 2, memoryMiB: 2048, freeTier: true, ...t3 },
  { name: "t3.medium", vcpus: 2, memoryMiB: 4096, ...t3 },
  { name: "t3.large", vcpus: 2, memoryMiB: 8192, ...t3 },
  { name: "t3.xlarge", vcpus: 4, memoryMiB: 16_384, ...t3 },
  { name: "t3.2xlarge", vcpus: 8, memoryMiB: 32_768, ...t3 },
  { name: "t4g.medium", vcpus: 2, memoryMiB: 4096, ...t4g },
  { name: "t4g.large", vcpus: 2, memoryMiB: 8192, ...t4g },
  { name: "t4g.xlarge", vcpus: 4, memoryMiB: 16_384, ...t4g },
  { name: "m5.large", vcpus: 2, memoryMiB: 8192, ...intel },
  { name: "m5.xlarge", vcpus: 4, memoryMiB: 16_384, ...intel },
  { name: "m7i.xlarge", vcpus: 4, memoryMiB: 16_384, ...intel },
  { name: "c5.2xlarge", vcpus: 8, memoryMiB: 16_384, ...intel },
  { name: "c5.4xlarge", vcpus: 16, memoryMiB: 32_768, ...intel },
]

const parameterRoot = "/aws/service/ami-amazon-linux-latest"

/** Amazon Linux 2023: the newest of each architecture, and the one before it. */
export const images: readonly MachineImage[] = [
  {
    id: "ami-0a12023202610a001",
    name: "al2023-ami-2023.9.20261012.0-kernel-6.1-x86_64",
    architecture: "x86_64",
    created: "2026-10-13T01:20:08.000Z",
    snapshotId: "snap-0a12023202610a001",
  },
  {
    id: "ami-0a12023202611b001",
    name: "al2023-ami-2023.9.20261109.0-kernel-6.1-x86_64",
    architecture: "x86_64",
    created: "2026-11-10T01:22:41.000Z",
    snapshotId: "snap-0a12023202611b001",
    parameter: `${parameterRoot}/al2023-ami-kernel-default-x86_64`,
  },
  {
    id: "ami-0a12023202611b002",
    name: "al2023-ami-2023.9.20261109.0-kernel-6.1-arm64",
    architecture: "arm64",
    created: "2026-11-10T01:22:44.000Z",
    snapshotId: "snap-0a12023202611b002",
    parameter: `${parameterRoot}/al2023-ami-kernel-default-arm64`,
  },
]

export const amazonOwnerId = "137112412989"
export const rootDevice = "/dev/xvda"
export const imageSizeGiB = 8

/** The services that gateway endpoints reach, with the prefix list that stands for each in a route. */
export const gatewayServices = (
  region: string,
): readonly { readonly service: string; readonly prefixListId: string; readonly cidrs: readonly string[] }[] => [
  {
    service: `com.amazonaws.${region}.s3`,
    prefixListId: "pl-63a5400a",
    cidrs: ["3.5.0.0/19", "16.15.176.0/20", "52.216.0.0/15", "54.231.0.0/16"],
  },
  {
    service: `com.amazonaws.${region}.dynamodb`,
    prefixListId: "pl-02cd2c6b",
    cidrs: ["3.218.180.0/22", "52.94.0.0/22", "52.119.224.0/20"],
  },
]
