import type { AccessAnalyzerClient } from "@aws-sdk/client-accessanalyzer"
import type { AccountClient } from "@aws-sdk/client-account"
import type { ACMClient } from "@aws-sdk/client-acm"
import type { BudgetsClient } from "@aws-sdk/client-budgets"
import type { CloudTrailClient } from "@aws-sdk/client-cloudtrail"
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch"
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs"
import type { ConfigServiceClient } from "@aws-sdk/client-config-service"
import type { CostExplorerClient } from "@aws-sdk/client-cost-explorer"
import type { EC2Client } from "@aws-sdk/client-ec2"
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2"
import type { ElastiCacheClient } from "@aws-sdk/client-elasticache"
import type { GuardDutyClient } from "@aws-sdk/client-guardduty"
import type { IAMClient } from "@aws-sdk/client-iam"
import type { KMSClient } from "@aws-sdk/client-kms"
import type { RDSClient } from "@aws-sdk/client-rds"
import type { Route53Client } from "@aws-sdk/client-route-53"
import type { S3Client } from "@aws-sdk/client-s3"
import type { S3ControlClient } from "@aws-sdk/client-s3-control"
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager"
import type { SecurityHubClient } from "@aws-sdk/client-securityhub"
import type { ServiceQuotasClient } from "@aws-sdk/client-service-quotas"
import type { SNSClient } from "@aws-sdk/client-sns"
import type { SSMClient } from "@aws-sdk/client-ssm"
import type { Clock } from "../engine/types.ts"

/** One account and region. */
export interface Place {
  readonly account: string
  readonly partition: string
  readonly region: string
}

/** The services that steps speak to, each by its client. */
export interface Clients {
  readonly accessAnalyzer: AccessAnalyzerClient
  readonly acm: ACMClient
  readonly budgets: BudgetsClient
  readonly cloudtrail: CloudTrailClient
  readonly cloudwatch: CloudWatchClient
  readonly configService: ConfigServiceClient
  readonly contacts: AccountClient
  readonly costs: CostExplorerClient
  readonly ec2: EC2Client
  readonly elasticache: ElastiCacheClient
  readonly elb: ElasticLoadBalancingV2Client
  readonly guardduty: GuardDutyClient
  readonly iam: IAMClient
  readonly kms: KMSClient
  readonly logs: CloudWatchLogsClient
  readonly quotas: ServiceQuotasClient
  readonly rds: RDSClient
  readonly route53: Route53Client
  readonly s3: S3Client
  readonly s3control: S3ControlClient
  readonly secrets: SecretsManagerClient
  readonly securityhub: SecurityHubClient
  readonly sns: SNSClient
  readonly ssm: SSMClient
  /** In us-east-1, wherever the rest is: there alone AWS publishes what an account spends. */
  readonly spending: CloudWatchClient
  /** In us-east-1: an alarm tells topics of its own region only. */
  readonly spendingTopics: SNSClient
}

/** A place as steps reach it. Each client is made when it is first used. */
export interface Cloud extends Place, Clients {
  /** Who is asking. */
  readonly arn: string
  readonly clock: Clock
  /** A bucket answers in its own region alone. */
  s3In(region: string): S3Client
}
