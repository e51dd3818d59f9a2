import { QuotaReached } from "../../errors.ts"
import { labelOf } from "../calls/operation.ts"
import type { Refused } from "./translate.ts"

/** What is used up, in words, and its code in the Service Quotas console. */
const quotas: readonly (readonly [RegExp, what: string, service: string, code: string])[] = [
  [/^VpcLimitExceeded$/, "VPCs per region", "vpc", "L-F678F1CE"],
  [/^SubnetLimitExceeded$/, "subnets per VPC", "vpc", "L-407747CB"],
  [/^InternetGatewayLimitExceeded$/, "internet gateways per region", "vpc", "L-A4707A72"],
  [/^NatGatewayLimitExceeded$/, "NAT gateways per zone", "vpc", "L-FE5A380F"],
  [/^AddressLimitExceeded$/, "elastic IP addresses per region", "ec2", "L-0263D0A3"],
  [/^RouteTableLimitExceeded$/, "route tables per VPC", "vpc", "L-589F43AA"],
  [/^RouteLimitExceeded$/, "routes per route table", "vpc", "L-93826ACB"],
  [/^SecurityGroupLimitExceeded$/, "security groups per region", "vpc", "L-E79EC296"],
  [/^RulesPerSecurityGroupLimitExceeded$/, "rules per security group", "vpc", "L-0EA8095F"],
  [/^(VcpuLimitExceeded|InstanceLimitExceeded)$/, "vCPUs of running instances", "ec2", "L-1216C47A"],
  [/^InstanceQuotaExceeded$/, "databases per region", "rds", "L-7B6409FD"],
  [/^StorageQuotaExceeded$/, "GB of storage for all databases", "rds", "L-7ADDB58A"],
  [/^DBSubnetGroupQuotaExceeded$/, "DB subnet groups per region", "rds", "L-48C6BF61"],
  [/^DBParameterGroupQuotaExceeded$/, "DB parameter groups per region", "rds", "L-DE55804A"],
  [/^SnapshotQuotaExceeded$/, "manual database snapshots per region", "rds", "L-272F1212"],
  [/^TooManyBuckets$/, "buckets per account", "s3", "L-DC2B2D3D"],
]

const usedUp = /(Limit|Quota)(s?)(ForC\w+)?Exceeded(Exception|Fault)?$|^TooManyBuckets$|^ServiceQuotaExceeded|^MaxLimit/

export function quota({ failure, operation, asker, message, details }: Refused): QuotaReached | undefined {
  if (!usedUp.test(failure.code)) return undefined
  if (labelOf(operation) === "iam:AddRoleToInstanceProfile") return undefined
  const row = quotas.find(([code]) => code.test(failure.code))
  if (!row)
    return new QuotaReached(`${message} (${failure.code})`, failure.code, {
      ...details,
      hint: `delete what is not needed, or ask for more in the Service Quotas console of ${asker.region}`,
    })
  const [, what, service, code] = row
  return new QuotaReached(`${labelOf(operation)}: the account may not have more ${what}`, failure.code, {
    ...details,
    hint: `delete what is not needed, or ask for more: https://${asker.region}.console.aws.amazon.com/servicequotas/home/services/${service}/quotas/${code}`,
  })
}
