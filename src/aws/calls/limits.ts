import type { Operation } from "./operation.ts"

/** AWS's token bucket for one operation: how many requests at once, and how many a second after that. */
export interface Limit {
  readonly size: number
  readonly perSecond: number
}

/** Where AWS publishes no limit, these stay below what anyone has seen throttled. The first pattern that fits counts. */
const limits: readonly (readonly [RegExp, size: number, perSecond: number])[] = [
  [/^ec2:(CreateVpcEndpoint|DeleteVpcEndpoints|ModifyVpcEndpoint)$/, 4, 0.3],
  [/^ec2:(CreateNatGateway|DeleteNatGateway)$/, 10, 1],
  [/^ec2:(RunInstances|StartInstances)$/, 5, 2],
  [/^ec2:(CreateTags|DeleteTags)$/, 100, 10],
  [/^ec2:(Describe|Get)/, 100, 20],
  [/^ec2:/, 50, 5],
  [/^elasticloadbalancingv2:Describe/, 40, 10],
  [/^elasticloadbalancingv2:(RegisterTargets|DeregisterTargets)$/, 20, 4],
  [/^elasticloadbalancingv2:/, 20, 3],
  [/^acm:(DescribeCertificate|ListTagsForCertificate)$/, 10, 10],
  [/^acm:/, 5, 5],
  [/^route53:/, 5, 5],
  [/^iam:(Get|List|Simulate)/, 20, 10],
  [/^iam:/, 10, 5],
  [/^ssm:PutParameter$/, 3, 3],
  [/^ssm:(GetParameter|GetParameters|GetParametersByPath)$/, 40, 40],
  [/^ssm:/, 10, 5],
  [/^rds:(Describe|List)/, 10, 5],
  [/^rds:/, 5, 3],
  [/^elasticache:(Describe|List)/, 10, 5],
  [/^elasticache:/, 5, 3],
  [/^kms:(CreateKey|ScheduleKeyDeletion|EnableKeyRotation|CreateAlias|DeleteAlias|PutKeyPolicy)$/, 5, 5],
  [/^kms:/, 10, 10],
  [/^secretsmanager:(DescribeSecret|GetSecretValue)$/, 100, 100],
  [/^secretsmanager:/, 40, 40],
  [/^cloudwatch:(PutMetricAlarm|DeleteAlarms|EnableAlarmActions|DisableAlarmActions|SetAlarmState)$/, 3, 3],
  [/^cloudwatch:DescribeAlarms$/, 9, 9],
  [/^cloudwatch:/, 10, 10],
  [/^cloudwatchlogs:(FilterLogEvents|PutMetricFilter|DeleteMetricFilter)$/, 5, 5],
  [/^cloudwatchlogs:/, 10, 10],
  [/^sns:(TagResource|UntagResource|ListTagsForResource)$/, 10, 10],
  [/^sns:/, 30, 30],
  [/^cloudtrail:LookupEvents$/, 2, 2],
  [/^cloudtrail:(Describe|Get|List)/, 10, 10],
  [/^cloudtrail:/, 1, 1],
  [/^securityhub:(BatchEnableStandards|BatchDisableStandards|UpdateSecurityHubConfiguration)$/, 1, 1],
  [/^sts:/, 20, 10],
  [/^account:Get/, 10, 10],
  [/^account:Put/, 5, 5],
  [/^account:/, 3, 1],
  [/^(budgets|costexplorer):/, 5, 5],
  [/^s3:(Put|Get|Head|Delete|List)Object/, 1000, 1000],
  [/^s3:/, 50, 20],
]

/** What is in no row is a service of which nothing is known: gently. */
const unknown: Limit = { size: 10, perSecond: 5 }

export function limitOf({ service, name }: Operation): Limit {
  const row = limits.find(([pattern]) => pattern.test(`${service}:${name}`))
  return row ? { size: row[1], perSecond: row[2] } : unknown
}
