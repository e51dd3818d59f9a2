import { launch } from "../network.ts"
import { api, errors, gone, moto, ours, type Row } from "./case.ts"

export const instanceRows: readonly Row[] = [
  [
    "another type while it runs",
    "IncorrectInstanceState: is not in the 'stopped' state.",
    moto,
    (net) => {
      const id = launch(net.aws, net.subnet)
      net.aws.pass(20)
      return net.aws.refused("ModifyInstanceAttribute", { InstanceId: id, InstanceType: { Value: "t3.large" } })
    },
  ],
  [
    "user data while it runs",
    "IncorrectInstanceState: is not in the 'stopped' state.",
    api("ModifyInstanceAttribute"),
    (net) =>
      net.aws.refused("ModifyInstanceAttribute", {
        InstanceId: launch(net.aws, net.subnet),
        UserData: { Value: Buffer.from("x") },
      }),
  ],
  [
    "two attributes at once",
    "InvalidParameterCombination: Fields for multiple attribute types",
    api("ModifyInstanceAttribute"),
    (net) =>
      net.aws.refused("ModifyInstanceAttribute", {
        InstanceId: launch(net.aws, net.subnet),
        DisableApiStop: { Value: true },
        DisableApiTermination: { Value: true },
      }),
  ],
  [
    "a shutdown that is none",
    "InvalidParameterValue: Invalid value 'burn' for",
    api("ModifyInstanceAttribute"),
    (net) =>
      net.aws.refused("ModifyInstanceAttribute", {
        InstanceId: launch(net.aws, net.subnet),
        InstanceInitiatedShutdownBehavior: { Value: "burn" },
      }),
  ],
  [
    "a device that isn't mapped",
    "InvalidInstanceAttributeValue",
    errors,
    (net) =>
      net.aws.refused("ModifyInstanceAttribute", {
        InstanceId: launch(net.aws, net.subnet),
        BlockDeviceMappings: [{ DeviceName: "/dev/sdz" }],
      }),
  ],
  [
    "an attribute that is not served",
    "NotImplemented: the instance attribute kernel",
    ours,
    (net) =>
      net.aws.refused("DescribeInstanceAttribute", { InstanceId: launch(net.aws, net.subnet), Attribute: "kernel" }),
  ],
  [
    "terminating what is protected",
    "OperationNotPermitted: may not be terminated. Modify its",
    errors,
    (net) =>
      net.aws.refused("TerminateInstances", {
        InstanceIds: [launch(net.aws, net.subnet, { DisableApiTermination: true })],
      }),
  ],
  [
    "stopping what is protected",
    "OperationNotPermitted: may not be stopped. Modify its",
    errors,
    (net) => net.aws.refused("StopInstances", { InstanceIds: [launch(net.aws, net.subnet, { DisableApiStop: true })] }),
  ],
  [
    "stopping before it runs",
    "IncorrectInstanceState: is not in a state from which it can be",
    errors,
    (net) => net.aws.refused("StopInstances", { InstanceIds: [launch(net.aws, net.subnet)] }),
  ],
  [
    "starting anew what does not run",
    "IncorrectInstanceState: is not in a state from which it can be rebooted",
    errors,
    (net) => net.aws.refused("RebootInstances", { InstanceIds: [launch(net.aws, net.subnet)] }),
  ],
  [
    "starting what is terminated",
    "IncorrectInstanceState: is not in a state from which it can be",
    errors,
    (net) => {
      const id = launch(net.aws, net.subnet)
      net.aws.run("TerminateInstances", { InstanceIds: [id] })
      return net.aws.refused("StartInstances", { InstanceIds: [id] })
    },
  ],
  [
    "credits for what has none",
    "InvalidParameterValue: Invalid value 'standard' for CpuCredits of",
    errors,
    (net) =>
      net.aws.refused("ModifyInstanceCreditSpecification", {
        InstanceCreditSpecifications: [
          { InstanceId: launch(net.aws, net.subnet, { InstanceType: "m5.large" }), CpuCredits: "standard" },
        ],
      }),
  ],
  [
    "an instance that isn't there",
    "InvalidInstanceID.NotFound",
    errors,
    ({ aws }) => aws.refused("DescribeInstances", { InstanceIds: [gone("i")] }),
  ],
  [
    "an instance's malformed id",
    "InvalidInstanceID.Malformed",
    errors,
    ({ aws }) => aws.refused("TerminateInstances", { InstanceIds: ["i-xyz"] }),
  ],
]
