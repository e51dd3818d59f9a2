import type { KeyType } from "@aws-sdk/client-ec2"
import type { Entity, Kind } from "../rules/kind.ts"

export interface GroupRecord extends Entity {
  readonly vpcId: string
  readonly name: string
  readonly description: string
}

/** One rule: a protocol, ports, and exactly one peer. */
export interface RuleRecord extends Entity {
  readonly groupId: string
  readonly egress: boolean
  readonly protocol: string
  readonly from: number
  readonly to: number
  readonly cidr?: string | undefined
  readonly cidr6?: string | undefined
  readonly prefixListId?: string | undefined
  readonly peerGroupId?: string | undefined
  readonly description?: string | undefined
}

export interface KeyPairRecord extends Entity {
  readonly name: string
  readonly type: KeyType
  readonly fingerprint: string
  readonly publicKey: string
  readonly created: number
}

export interface FlowLogRecord extends Entity {
  readonly resourceId: string
  readonly traffic: "ALL" | "ACCEPT" | "REJECT"
  readonly destination: string
  readonly format: string
  readonly interval: number
  readonly created: number
}

export const groups: Kind<GroupRecord> = {
  table: "ec2/security-group",
  prefix: "sg",
  type: "security-group",
  parameter: "groupId",
  notFound: "InvalidGroup.NotFound",
  malformed: "InvalidGroupId.Malformed",
  lost: (id) => `The security group '${id}' does not exist`,
}

export const groupRules: Kind<RuleRecord> = {
  table: "ec2/security-group-rule",
  prefix: "sgr",
  type: "security-group-rule",
  parameter: "securityGroupRuleId",
  notFound: "InvalidSecurityGroupRuleId.NotFound",
  malformed: "InvalidSecurityGroupRuleId.Malformed",
  lost: (id) => `The security group rule ID '${id}' does not exist`,
}

export const keyPairs: Kind<KeyPairRecord> = {
  table: "ec2/key-pair",
  prefix: "key",
  type: "key-pair",
  parameter: "keyPairId",
  notFound: "InvalidKeyPair.NotFound",
  malformed: "InvalidKeyPair.Malformed",
  lost: (id) => `The key pair '${id}' does not exist`,
}

export const flowLogs: Kind<FlowLogRecord> = {
  table: "ec2/flow-log",
  prefix: "fl",
  type: "vpc-flow-log",
  parameter: "flowLogId",
  notFound: "InvalidFlowLogId.NotFound",
  malformed: "InvalidFlowLogId.Malformed",
  lost: (id) => `These flow log ids in the input list are not found: [TotalCount: 1] ${id}`,
}
