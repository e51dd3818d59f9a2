import { idOf } from "../network.ts"
import { api, errors, moto, type Net, ours, type Row } from "./case.ts"

const ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJFsWC3V1cnm8zt3CFW6EbM8ZmfPKqcaGOQ7GSpmGn8V me"

const imported = ({ aws }: Net, text: string, KeyName = "key"): string =>
  aws.refused("ImportKeyPair", { KeyName, PublicKeyMaterial: Buffer.from(text) })

const flowLog = ({ aws, vpc }: Net, more: object = {}) =>
  aws.run("CreateFlowLogs", {
    ResourceIds: [vpc],
    ResourceType: "VPC",
    LogDestinationType: "s3",
    LogDestination: "arn:aws:s3:::logs",
    ...more,
  })

/** Flow logs say what went wrong in an answer that is a success. */
const unsuccessful = (answer: ReturnType<typeof flowLog>): string => {
  const fault = answer.Unsuccessful?.[0]?.Error
  return `${fault?.Code}: ${fault?.Message}`
}

export const keyRows: readonly Row[] = [
  ["a key that is none", "InvalidKey.Format", moto, (net) => imported(net, "ssh-rsa nonsense me")],
  ["a private key", "InvalidKey.Format", errors, (net) => imported(net, "-----BEGIN OPENSSH PRIVATE KEY-----")],
  [
    "a key of a type that EC2 doesn't take",
    "InvalidKey.Format",
    api("ImportKeyPair"),
    (net) => imported(net, "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY= me"),
  ],
  ["a key cut short", "InvalidKey.Format", errors, (net) => imported(net, ed25519.slice(0, 60))],
  [
    "a key under another type's name",
    "InvalidKey.Format",
    errors,
    (net) => imported(net, ed25519.replace("ssh-ed25519", "ssh-rsa")),
  ],
  [
    "a name twice",
    "InvalidKeyPair.Duplicate",
    errors,
    (net) => {
      net.aws.run("ImportKeyPair", { KeyName: "key", PublicKeyMaterial: Buffer.from(ed25519) })
      return imported(net, ed25519)
    },
  ],
  [
    "a name with a space before it",
    "InvalidParameterValue: KeyName",
    api("ImportKeyPair"),
    (net) => imported(net, ed25519, " key"),
  ],
  [
    "a key that isn't there",
    "InvalidKeyPair.NotFound",
    errors,
    ({ aws }) => aws.refused("DescribeKeyPairs", { KeyNames: ["key"] }),
  ],
]

export const flowLogRows: readonly Row[] = [
  ["logs into no bucket", "400: logs does not exist", api("CreateFlowLogs"), (net) => unsuccessful(flowLog(net))],
  [
    "logs of no VPC",
    "InvalidVpcID.NotFound",
    api("CreateFlowLogs"),
    (net) => unsuccessful(flowLog(net, { ResourceIds: ["vpc-0fffffffffffffff0"] })),
  ],
  [
    "the same logs twice",
    "FlowLogAlreadyExists",
    errors,
    (net) => {
      net.aws.put("s3/bucket", "logs", {})
      idOf(flowLog(net).FlowLogIds?.[0])
      return unsuccessful(flowLog(net))
    },
  ],
  [
    "a destination that is no bucket",
    "InvalidParameterValue: LogDestination",
    api("CreateFlowLogs"),
    (net) =>
      net.aws.refused("CreateFlowLogs", {
        ResourceIds: [net.vpc],
        ResourceType: "VPC",
        LogDestinationType: "s3",
        LogDestination: "logs",
      }),
  ],
  [
    "an interval that is none",
    "InvalidParameterValue: MaxAggregationInterval",
    api("CreateFlowLogs"),
    (net) => {
      net.aws.put("s3/bucket", "logs", {})
      return net.aws.refused("CreateFlowLogs", {
        ResourceIds: [net.vpc],
        ResourceType: "VPC",
        LogDestinationType: "s3",
        LogDestination: "arn:aws:s3:::logs",
        MaxAggregationInterval: 300,
      })
    },
  ],
  [
    "logs of an interface",
    "NotImplemented: flow logs of a NetworkInterface",
    ours,
    (net) =>
      net.aws.refused("CreateFlowLogs", {
        ResourceIds: ["eni-0fffffffffffffff0"],
        ResourceType: "NetworkInterface",
        LogDestinationType: "s3",
        LogDestination: "arn:aws:s3:::logs",
      }),
  ],
  [
    "logs to Firehose",
    "NotImplemented: flow logs to anything but s3",
    ours,
    (net) =>
      net.aws.refused("CreateFlowLogs", {
        ResourceIds: [net.vpc],
        ResourceType: "VPC",
        LogDestinationType: "kinesis-data-firehose",
      }),
  ],
]
