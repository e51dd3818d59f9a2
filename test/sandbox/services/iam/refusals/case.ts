import type { Row } from "../../refusal-table.ts"
import { type Ground, trust } from "../ground.ts"

export type IamRow = Row<Ground>

export const api = (operation: string): string => `IAM API reference: ${operation}`
export const moto = "research: where AWS and moto differ"
export const quotas = "IAM user guide: quotas"

export const role = (aws: Ground, more: object = {}): string =>
  aws.refused("CreateRole", { RoleName: "other", AssumeRolePolicyDocument: trust, ...more })

export const trusted =
  (statement: unknown, more: object = {}) =>
  (aws: Ground): string =>
    role(aws, { AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: statement, ...more }) })

/** Ties instances to their role's service. */
export const assume = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }

export const granted =
  (document: string) =>
  (aws: Ground): string =>
    aws.refused("PutRolePolicy", { RoleName: "node", PolicyName: "own", PolicyDocument: document })

export const attached = (aws: Ground, PolicyArn: string): string =>
  aws.refused("AttachRolePolicy", { RoleName: "node", PolicyArn })
