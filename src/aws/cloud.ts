import type { ACMClient } from "@aws-sdk/client-acm"
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch"
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs"
import type { EC2Client } from "@aws-sdk/client-ec2"
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2"
import type { ElastiCacheClient } from "@aws-sdk/client-elasticache"
import type { IAMClient } from "@aws-sdk/client-iam"
import type { RDSClient } from "@aws-sdk/client-rds"
import type { Route53Client } from "@aws-sdk/client-route-53"
import type { S3Client } from "@aws-sdk/client-s3"
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager"
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
  readonly acm: ACMClient
  readonly cloudwatch: CloudWatchClient
  readonly ec2: EC2Client
  readonly elasticache: ElastiCacheClient
  readonly elb: ElasticLoadBalancingV2Client
  readonly iam: IAMClient
  readonly logs: CloudWatchLogsClient
  readonly rds: RDSClient
  readonly route53: Route53Client
  readonly s3: S3Client
  readonly secrets: SecretsManagerClient
  readonly sns: SNSClient
  readonly ssm: SSMClient
}

/** A place as steps reach it. Each client is made when it is first used. */
export interface Cloud extends Place, Clients {
  /** Who is asking. */
  readonly arn: string
  readonly clock: Clock
}
