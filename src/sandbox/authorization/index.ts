import { notServed } from "../services/unserved.ts"
import { accountRows, budgetRows, costRows, publicAccessRows, quotaRows } from "./account.ts"
import { elasticacheRows, rdsRows } from "./data.ts"
import { ec2Rows } from "./ec2.ts"
import { acmRows, elbRows, route53Rows } from "./front.ts"
import { iamRows, stsRows } from "./iam.ts"
import { anything, type Row, type Rows } from "./needs.ts"
import { s3Rows } from "./s3.ts"
import { secretsRows } from "./secrets.ts"
import { ssmRows } from "./ssm.ts"
import { analyzerRows, configRows, guarddutyRows, kmsRows, securityHubRows, trailRows } from "./watchers.ts"
import { cloudwatchRows, logsRows, snsRows } from "./watching.ts"

/** A service's rows, and the prefix of its actions where that is not the name of its signature. */
interface Authorized {
  readonly rows: Rows
  readonly prefix?: string
}

/**
 * Which rights each operation needs, written down after AWS's service authorization reference. It knows nothing of
 * what any policy of the tool says: the two are held against each other.
 */
const SERVICES: Readonly<Record<string, Authorized>> = {
  "access-analyzer": { rows: analyzerRows },
  account: { rows: accountRows },
  acm: { rows: acmRows },
  budgets: { rows: budgetRows },
  ce: { rows: costRows },
  cloudtrail: { rows: trailRows },
  config: { rows: configRows },
  ec2: { rows: ec2Rows },
  elasticache: { rows: elasticacheRows },
  elasticloadbalancing: { rows: elbRows },
  guardduty: { rows: guarddutyRows },
  iam: { rows: iamRows },
  kms: { rows: kmsRows },
  logs: { rows: logsRows },
  monitoring: { rows: cloudwatchRows, prefix: "cloudwatch" },
  rds: { rows: rdsRows },
  route53: { rows: route53Rows },
  s3: { rows: s3Rows },
  s3control: { rows: publicAccessRows },
  secretsmanager: { rows: secretsRows },
  securityhub: { rows: securityHubRows },
  servicequotas: { rows: quotaRows },
  sns: { rows: snsRows },
  ssm: { rows: ssmRows },
  sts: { rows: stsRows },
}

export const authorizationOf = (
  signingName: string,
  operation: string,
): { readonly row: Row; readonly prefix: string } => {
  const service = SERVICES[signingName]
  const row = service?.rows[operation] ?? (describes(signingName, operation) ? anything() : undefined)
  // A row that nobody wrote would let everybody in, or keep everybody out.
  if (!service || !row) throw notServed(`the rights that ${signingName} ${operation} needs`)
  return { row, prefix: service.prefix ?? signingName }
}

/** EC2 and load balancing show everything to whoever may see anything. */
const describes = (signingName: string, operation: string): boolean =>
  ["ec2", "elasticloadbalancing"].includes(signingName) && operation.startsWith("Describe")
