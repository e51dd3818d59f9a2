import type { InstanceRecord } from "../../../../src/sandbox/services/ec2/records/compute.ts"
import type { Ground } from "./ground.ts"

export const node = "i-0123456789abcdef0"

export const content = (more: object = {}, lines: readonly string[] = ["echo {{ Word }}"]): string =>
  JSON.stringify({
    schemaVersion: "2.2",
    description: "says a word",
    parameters: { Word: { type: "String", allowedPattern: "^[a-z]+$", default: "hello" }, Kind: KIND },
    mainSteps: [{ action: "aws:runShellScript", name: "run", inputs: { runCommand: lines, timeoutSeconds: "60" } }],
    ...more,
  })

const KIND = { type: "String", allowedValues: ["one", "two"] }

/** A document `say`, and a node whose agent spoke and speaks: in a private subnet, with a NAT gateway and a role. */
export const withNode = (aws: Ground, more: Partial<InstanceRecord> = {}): Ground => {
  aws.run("CreateDocument", { Name: "say", Content: content(), DocumentType: "Command" })
  const at = Date.UTC(2026, 10, 20)
  const instance: Partial<InstanceRecord> = {
    id: node,
    subnetId: "subnet-1",
    vpcId: "vpc-1",
    interfaceId: "eni-1",
    states: [[at, "running"]],
    ...more,
  }
  const arn = "arn:aws:iam::111122223333:instance-profile/node"
  const tables: readonly (readonly [table: string, id: string, record: object])[] = [
    ["ec2/instance", node, instance],
    ["ec2/network-interface", "eni-1", { id: "eni-1", privateIp: "10.20.1.5", groupIds: ["sg-1"] }],
    [
      "ec2/security-group-rule",
      "sgr-1",
      { id: "sgr-1", groupId: "sg-1", egress: true, protocol: "-1", cidr: "0.0.0.0/0" },
    ],
    ["ec2/nat-gateway", "nat-1", { id: "nat-1", states: [[at, "available"]] }],
    ["ec2/route-table", "rtb-1", routeTable],
    ["ec2/iam-instance-profile-association", "a-1", { id: "a-1", instanceId: node, arn }],
    ["ssm/agent", node, { InstanceId: node, Registered: at }],
  ]
  for (const [table, id, record] of tables) aws.put(`${table}@us-east-1`, id, record)
  aws.put("iam/instance-profile", "node", { Arn: arn, Roles: ["node"] })
  aws.put("iam/role", "node", { Attached: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"], Inline: {} })
  return aws
}

const routeTable = {
  id: "rtb-1",
  vpcId: "vpc-1",
  routes: [{ cidr: "0.0.0.0/0", natGatewayId: "nat-1" }],
  associations: [{ id: "rtbassoc-1", subnetId: "subnet-1" }],
}

/** A command that was sent a while ago. */
export const sent = (aws: Ground): string => {
  const { Command } = aws.run("SendCommand", {
    DocumentName: "say",
    InstanceIds: [node],
    Parameters: { Kind: ["one"] },
  })
  aws.pass(5)
  return Command?.CommandId ?? ""
}
