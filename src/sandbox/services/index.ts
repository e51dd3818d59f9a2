import type { Service } from "../service.ts"
import { accessanalyzer } from "./accessanalyzer/index.ts"
import { account } from "./account/index.ts"
import { acm } from "./acm/index.ts"
import { budgets } from "./budgets/index.ts"
import { costExplorer } from "./ce/index.ts"
import { cloudtrail } from "./cloudtrail/index.ts"
import { cloudwatch } from "./cloudwatch/index.ts"
import { configservice } from "./configservice/index.ts"
import { ec2 } from "./ec2/index.ts"
import { elasticache } from "./elasticache/index.ts"
import { elbv2 } from "./elbv2/index.ts"
import { guardduty } from "./guardduty/index.ts"
import { iam } from "./iam/index.ts"
import { kms } from "./kms/index.ts"
import { logs } from "./logs/index.ts"
import { rds } from "./rds/index.ts"
import { route53 } from "./route53/index.ts"
import { s3 } from "./s3/index.ts"
import { s3control } from "./s3control/index.ts"
import { secretsmanager } from "./secretsmanager/index.ts"
import { securityhub } from "./securityhub/index.ts"
import { serviceQuotas } from "./service-quotas/index.ts"
import { sns } from "./sns/index.ts"
import { ssm } from "./ssm/index.ts"
import { sts } from "./sts/index.ts"

/** Everything of AWS that the sandbox serves. */
export const services = (): readonly Service[] => [
  ec2,
  iam,
  sts,
  ssm,
  s3,
  elasticache,
  secretsmanager,
  cloudwatch,
  logs,
  sns,
  acm,
  elbv2,
  route53,
  rds,
  account,
  budgets,
  costExplorer,
  s3control,
  cloudtrail,
  accessanalyzer,
  configservice,
  guardduty,
  securityhub,
  kms,
  serviceQuotas,
]
