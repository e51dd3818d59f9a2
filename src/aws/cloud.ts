import type { EC2Client } from "@aws-sdk/client-ec2"
import type { IAMClient } from "@aws-sdk/client-iam"
import type { S3Client } from "@aws-sdk/client-s3"
import type { SSMClient } from "@aws-sdk/client-ssm"
import type { Clock } from "../engine/types.ts"

/** One account and region. */
export interface Place {
  readonly account: string
  readonly partition: string
  readonly region: string
}

/** A place as steps reach it. Each client is made when it is first used. */
export interface Cloud extends Place {
  readonly clock: Clock
  readonly ec2: EC2Client
  readonly iam: IAMClient
  readonly s3: S3Client
  readonly ssm: SSMClient
}
