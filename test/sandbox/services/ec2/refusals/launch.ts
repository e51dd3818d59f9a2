import { groupIn, launch, profile, subnetIn } from "../network.ts"
import { api, asked, errors, gone, moto, otherVpc, ours, type Row, stopped } from "./case.ts"

export const launchRows: readonly Row[] = [
  [
    "an unknown image",
    "InvalidAMIID.NotFound",
    moto,
    (net) => net.aws.refused("RunInstances", asked(net, { ImageId: gone("ami") })),
  ],
  [
    "a malformed image",
    "InvalidAMIID.Malformed",
    errors,
    (net) => net.aws.refused("RunInstances", asked(net, { ImageId: "al2023" })),
  ],
  [
    "an unknown type",
    "InvalidParameterValue: Invalid value 't9.huge' for InstanceType.",
    moto,
    (net) => net.aws.refused("RunInstances", asked(net, { InstanceType: "t9.huge" })),
  ],
  [
    "a type of another architecture",
    "InvalidParameterValue: The architecture 'arm64' of the specified",
    api("RunInstances"),
    (net) => net.aws.refused("RunInstances", asked(net, { InstanceType: "t4g.medium" })),
  ],
  [
    "a type in a zone without it",
    "Unsupported",
    errors,
    (net) =>
      net.aws.refused(
        "RunInstances",
        asked(net, { SubnetId: subnetIn(net.aws, net.vpc, "10.20.5.0/24", "us-east-1e") }),
      ),
  ],
  [
    "an unknown key",
    "InvalidKeyPair.NotFound",
    moto,
    (net) => net.aws.refused("RunInstances", asked(net, { KeyName: "nobody" })),
  ],
  [
    "an unknown group",
    "InvalidGroup.NotFound",
    errors,
    (net) => net.aws.refused("RunInstances", asked(net, { SecurityGroupIds: [gone("sg")] })),
  ],
  [
    "a group of another VPC",
    "InvalidParameter: belong to different networks.",
    errors,
    (net) =>
      net.aws.refused("RunInstances", asked(net, { SecurityGroupIds: [groupIn(net.aws, otherVpc(net), "far")] })),
  ],
  [
    "no subnet where there is no default VPC",
    "VPCIdNotSpecified",
    errors,
    (net) => net.aws.refused("RunInstances", asked(net, { SubnetId: undefined })),
  ],
  [
    "a zone that isn't the subnet's",
    "InvalidParameterValue: The availability zone 'us-east-1b' is not",
    api("RunInstances"),
    (net) => net.aws.refused("RunInstances", asked(net, { Placement: { AvailabilityZone: "us-east-1b" } })),
  ],
  [
    "an interface and a subnet",
    "InvalidParameterCombination: Network interfaces and an instance-level",
    api("RunInstances"),
    (net) =>
      net.aws.refused("RunInstances", asked(net, { NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: net.subnet }] })),
  ],
  [
    "an interface without its index",
    "InvalidParameterValue: Each network interface requires a device",
    api("RunInstances"),
    (net) =>
      net.aws.refused(
        "RunInstances",
        asked(net, { SubnetId: undefined, NetworkInterfaces: [{ SubnetId: net.subnet }] }),
      ),
  ],
  [
    "two interfaces",
    "NotImplemented: more than one entry in NetworkInterfaces of",
    ours,
    (net) =>
      net.aws.refused(
        "RunInstances",
        asked(net, {
          SubnetId: undefined,
          NetworkInterfaces: [
            { DeviceIndex: 0, SubnetId: net.subnet },
            { DeviceIndex: 1, SubnetId: net.subnet },
          ],
        }),
      ),
  ],
  [
    "an interface's IPv6",
    "NotImplemented: Ipv6AddressCount of NetworkInterfaces of",
    ours,
    (net) =>
      net.aws.refused(
        "RunInstances",
        asked(net, {
          SubnetId: undefined,
          NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: net.subnet, Ipv6AddressCount: 1 }],
        }),
      ),
  ],
  [
    "an interface that outlives it",
    "NotImplemented: interfaces that outlive their instance",
    ours,
    (net) =>
      net.aws.refused(
        "RunInstances",
        asked(net, {
          SubnetId: undefined,
          NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: net.subnet, DeleteOnTermination: false }],
        }),
      ),
  ],
  [
    "a dedicated host",
    "NotImplemented: Tenancy dedicated of Placement of",
    ours,
    (net) => net.aws.refused("RunInstances", asked(net, { Placement: { Tenancy: "dedicated" } })),
  ],
  [
    "an address outside the subnet",
    "InvalidParameterValue: Address does not fall within the subnet's",
    api("RunInstances"),
    (net) => net.aws.refused("RunInstances", asked(net, { PrivateIpAddress: "10.20.2.9" })),
  ],
  [
    "an address that AWS keeps",
    "InvalidParameterValue: Address does not fall within the subnet's",
    "VPC user guide: subnet sizing",
    (net) => net.aws.refused("RunInstances", asked(net, { PrivateIpAddress: "10.20.1.3" })),
  ],
  [
    "an address in use",
    "InvalidIPAddress.InUse",
    errors,
    (net) => {
      launch(net.aws, net.subnet, { PrivateIpAddress: "10.20.1.9" })
      return net.aws.refused("RunInstances", asked(net, { PrivateIpAddress: "10.20.1.9" }))
    },
  ],
  [
    "an unknown profile",
    "InvalidParameterValue: iamInstanceProfile.name is invalid. Invalid",
    moto,
    (net) => net.aws.refused("RunInstances", asked(net, { IamInstanceProfile: { Name: "nobody" } })),
  ],
  [
    "a profile that IAM just made",
    "InvalidParameterValue: iamInstanceProfile.name is invalid. Invalid",
    moto,
    (net) => {
      net.aws.put("iam/instance-profile", "new", {
        InstanceProfileName: "new",
        Arn: "arn:new",
        CreateDate: Date.UTC(2026, 10, 21) - 7000,
        Roles: ["r"],
      })
      return net.aws.refused("RunInstances", asked(net, { IamInstanceProfile: { Name: "new" } }))
    },
  ],
  [
    "a profile without a role",
    'InvalidParameterValue: IAM Instance Profile "arn:bare" has no',
    errors,
    (net) => {
      net.aws.put("iam/instance-profile", "bare", {
        InstanceProfileName: "bare",
        Arn: "arn:bare",
        CreateDate: 0,
        Roles: [],
      })
      return net.aws.refused("RunInstances", asked(net, { IamInstanceProfile: { Arn: "arn:bare" } }))
    },
  ],
  [
    "a profile named twice",
    "InvalidParameterCombination: The parameter 'iamInstanceProfile.name' may",
    errors,
    (net) => net.aws.refused("RunInstances", asked(net, { IamInstanceProfile: { Arn: "a", Name: "b" } })),
  ],
  [
    "a second profile",
    "IncorrectState",
    errors,
    (net) => {
      profile(net.aws)
      const InstanceId = launch(net.aws, net.subnet, { IamInstanceProfile: { Name: "node" } })
      return net.aws.refused("AssociateIamInstanceProfile", { InstanceId, IamInstanceProfile: { Name: "node" } })
    },
  ],
  [
    "a profile for what is terminated",
    "IncorrectInstanceState: is not in a state that takes a profile.",
    errors,
    (net) => {
      profile(net.aws)
      const InstanceId = launch(net.aws, net.subnet)
      net.aws.run("TerminateInstances", { InstanceIds: [InstanceId] })
      return net.aws.refused("AssociateIamInstanceProfile", { InstanceId, IamInstanceProfile: { Name: "node" } })
    },
  ],
  [
    "none at least",
    "InvalidParameterValue: minCount is invalid. It must be at least 1.",
    api("RunInstances"),
    (net) => net.aws.refused("RunInstances", asked(net, { MinCount: 0 })),
  ],
  [
    "more at least than at most",
    "InvalidParameterValue: minCount is invalid. It must not be greater",
    api("RunInstances"),
    (net) => net.aws.refused("RunInstances", asked(net, { MinCount: 2 })),
  ],
  [
    "credits that are none",
    "InvalidParameterValue: Invalid value 'much' for CpuCredits. Valid",
    api("RunInstances"),
    (net) => net.aws.refused("RunInstances", asked(net, { CreditSpecification: { CpuCredits: "much" } })),
  ],
  [
    "a launch template",
    "NotImplemented: LaunchTemplate of RunInstances",
    ours,
    (net) => net.aws.refused("RunInstances", asked(net, { LaunchTemplate: { LaunchTemplateName: "x" } })),
  ],
  [
    "no capacity",
    "InsufficientInstanceCapacity",
    errors,
    (net) => {
      net.aws.faults.add("capacity")
      return net.aws.refused("RunInstances", asked(net))
    },
  ],
  [
    "no capacity to start again",
    "InsufficientInstanceCapacity",
    errors,
    (net) => {
      const id = stopped(net)
      net.aws.faults.add("capacity")
      return net.aws.refused("StartInstances", { InstanceIds: [id] })
    },
  ],
  [
    "a full subnet",
    "InsufficientFreeAddressesInSubnet",
    errors,
    (net) =>
      net.aws.refused(
        "RunInstances",
        asked(net, {
          InstanceType: "t2.micro",
          SubnetId: subnetIn(net.aws, net.vpc, "10.20.7.0/28", "us-east-1a"),
          MinCount: 12,
          MaxCount: 12,
        }),
      ),
  ],
  [
    "another request under the token",
    "IdempotentParameterMismatch",
    moto,
    (net) => {
      launch(net.aws, net.subnet, { ClientToken: "t" })
      return net.aws.refused("RunInstances", asked(net, { ClientToken: "t", InstanceType: "t3.large" }))
    },
  ],
  [
    "the token of what is terminated",
    "IdempotentInstanceTerminated",
    "research: idempotency",
    (net) => {
      const id = launch(net.aws, net.subnet, { ClientToken: "t" })
      net.aws.run("TerminateInstances", { InstanceIds: [id] })
      return net.aws.refused("RunInstances", asked(net, { ClientToken: "t" }))
    },
  ],
]
