import { ListAnalyzersCommand } from "@aws-sdk/client-accessanalyzer"
import { CreateBudgetCommand, DescribeSubscribersForNotificationCommand } from "@aws-sdk/client-budgets"
import { CreateTrailCommand, DeleteTrailCommand, DescribeTrailsCommand } from "@aws-sdk/client-cloudtrail"
import { DescribeConfigurationRecordersCommand, PutConfigurationRecorderCommand } from "@aws-sdk/client-config-service"
import { ListCostAllocationTagsCommand } from "@aws-sdk/client-cost-explorer"
import {
  CreateServiceLinkedRoleCommand,
  CreateUserCommand,
  ListServiceSpecificCredentialsCommand,
} from "@aws-sdk/client-iam"
import { CreateKeyCommand, GetKeyPolicyCommand } from "@aws-sdk/client-kms"
import { CreateBucketCommand } from "@aws-sdk/client-s3"
import { EnableSecurityHubCommand, GetEnabledStandardsCommand } from "@aws-sdk/client-securityhub"
import type { Session } from "../../src/aws/clients.ts"
import type { AccountItem } from "../../src/config/account.ts"
import { motoAccount } from "./moto-account.ts"
import { type Correction, isMissing, isRefused } from "./moto-correction.ts"

/** Of an account's settings, moto_account.py puts right what would stop a first run. */
export const accountCorrections: readonly Correction[] = [
  {
    name: "linked-roles",
    why: "the roles that are linked to services have other names",
    async isNeeded({ iam }) {
      const { Role } = await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: "rds.amazonaws.com" }))
      return Role?.RoleName === "AWSServiceRoleForrds"
    },
  },
  {
    name: "trails-by-arn",
    why: "a trail that is named by its ARN is not deleted, and no error says so",
    async isNeeded({ s3, cloudtrail }) {
      const S3BucketName = "writes-of-a-trail"
      await s3.send(new CreateBucketCommand({ Bucket: S3BucketName }))
      const { TrailARN: Name } = await cloudtrail.send(new CreateTrailCommand({ Name: "by-arn", S3BucketName }))
      await cloudtrail.send(new DeleteTrailCommand({ Name }))
      const { trailList = [] } = await cloudtrail.send(new DescribeTrailsCommand({}))
      return trailList.some(({ TrailARN }) => TrailARN === Name)
    },
  },
  {
    name: "key-policies",
    why: "a key's policy is shown only to those who say that it is called default",
    async isNeeded({ kms }) {
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({}))
      return isRefused(kms.send(new GetKeyPolicyCommand({ KeyId: KeyMetadata?.KeyId })))
    },
  },
  {
    name: "service-credentials",
    why: "it does not tell what users have for services alone, which are asked for before a user is deleted",
    async isNeeded({ iam }) {
      const UserName = "has-none"
      await iam.send(new CreateUserCommand({ UserName }))
      return isMissing(iam.send(new ListServiceSpecificCredentialsCommand({ UserName })))
    },
  },
  {
    name: "budget-subscribers",
    why: "who is told of a budget is shown nowhere",
    async isNeeded({ budgets }) {
      const AccountId = motoAccount
      const BudgetName = "tells-nobody"
      const BudgetLimit = { Amount: "1", Unit: "USD" }
      const Budget = { BudgetName, BudgetLimit, TimeUnit: "MONTHLY", BudgetType: "COST" } as const
      await budgets.send(new CreateBudgetCommand({ AccountId, Budget }))
      const Notification = { NotificationType: "ACTUAL", ComparisonOperator: "GREATER_THAN", Threshold: 50 } as const
      const asked = { AccountId, BudgetName, Notification }
      return isMissing(budgets.send(new DescribeSubscribersForNotificationCommand(asked)))
    },
  },
]

/** What moto has not: it is left out of what is tried there. */
export const unserved: readonly Unserved[] = [
  {
    item: "analyzer",
    kind: "analyzer",
    why: "IAM Access Analyzer is not there",
    isSo: ({ accessAnalyzer }) => isMissing(accessAnalyzer.send(new ListAnalyzersCommand({}))),
  },
  {
    item: "cost-tags",
    kind: "cost-tags",
    why: "Cost Explorer knows nothing of the tags that a bill is split by",
    isSo: ({ costs }) => isMissing(costs.send(new ListCostAllocationTagsCommand({}))),
  },
  {
    item: "config",
    kind: "recorder",
    why: "what AWS Config records with has neither an ARN nor tags",
    async isSo({ configService }) {
      const roleARN = `arn:aws:iam::${motoAccount}:role/records`
      const ConfigurationRecorder = { name: "any", roleARN }
      await configService.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder }))
      const { ConfigurationRecorders = [] } = await configService.send(new DescribeConfigurationRecordersCommand({}))
      return ConfigurationRecorders.length === 1 && ConfigurationRecorders[0]?.arn === undefined
    },
  },
  {
    item: "security-hub",
    kind: "security-hub",
    why: "Security Hub has neither standards nor tags",
    async isSo({ securityhub }) {
      await securityhub.send(new EnableSecurityHubCommand({}))
      return isRefused(securityhub.send(new GetEnabledStandardsCommand({})))
    },
  },
]

export interface Unserved {
  readonly item: AccountItem
  readonly kind: string
  readonly why: string
  /** Tried on moto as it comes. */
  isSo(by: Session): Promise<boolean>
}

/** What is not tampered with on moto. */
export const untampered: readonly { readonly kind: string; readonly why: string }[] = [
  { kind: "metric-filter", why: "one of the same name is put beside it, not in its place" },
  { kind: "budget", why: "UpdateBudget is not there" },
]
