import { GetAlternateContactCommand } from "@aws-sdk/client-account"
import { DescribeBudgetsCommand } from "@aws-sdk/client-budgets"
import { DescribeTrailsCommand, GetTrailStatusCommand, ListTagsCommand } from "@aws-sdk/client-cloudtrail"
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch"
import { DescribeLogGroupsCommand, DescribeMetricFiltersCommand } from "@aws-sdk/client-cloudwatch-logs"
import { GetEbsEncryptionByDefaultCommand } from "@aws-sdk/client-ec2"
import { GetDetectorCommand, ListDetectorsCommand } from "@aws-sdk/client-guardduty"
import { GetAccountPasswordPolicyCommand, ListRolesCommand } from "@aws-sdk/client-iam"
import { ListAliasesCommand } from "@aws-sdk/client-kms"
import { ListBucketsCommand } from "@aws-sdk/client-s3"
import { GetPublicAccessBlockCommand } from "@aws-sdk/client-s3-control"
import { ListTopicsCommand } from "@aws-sdk/client-sns"
import type { Session } from "../../src/aws/clients.ts"
import { motoAccount as AccountId } from "./moto-account.ts"

/** The account's settings and whatever stands in it of the kinds that it is given, ours or not. */
export async function accountStanding(by: Session): Promise<readonly string[]> {
  const contacts = ["BILLING", "OPERATIONS", "SECURITY"] as const
  const lists = await Promise.all([
    said("password policy", by.iam.send(new GetAccountPasswordPolicyCommand({})), "PasswordPolicy"),
    said("block", by.s3control.send(new GetPublicAccessBlockCommand({ AccountId })), "PublicAccessBlockConfiguration"),
    said("encryption", by.ec2.send(new GetEbsEncryptionByDefaultCommand({})), "EbsEncryptionByDefault"),
    ...contacts.map((AlternateContactType) =>
      said("contact", by.contacts.send(new GetAlternateContactCommand({ AlternateContactType })), "AlternateContact"),
    ),
    by.iam.send(new ListRolesCommand({})).then(({ Roles = [] }) => Roles.map(({ RoleName }) => `role ${RoleName}`)),
    by.s3.send(new ListBucketsCommand({})).then(({ Buckets = [] }) => Buckets.map(({ Name }) => `bucket ${Name}`)),
    by.budgets
      .send(new DescribeBudgetsCommand({ AccountId }))
      .then(({ Budgets = [] }) => Budgets.map(({ BudgetName }) => `budget ${BudgetName}`)),
    by.spending
      .send(new DescribeAlarmsCommand({}))
      .then(({ MetricAlarms = [] }) => MetricAlarms.map(({ AlarmName }) => `alarm ${AlarmName}`)),
    by.sns.send(new ListTopicsCommand({})).then(({ Topics = [] }) => Topics.map(({ TopicArn }) => `topic ${TopicArn}`)),
    by.logs
      .send(new DescribeLogGroupsCommand({}))
      .then(({ logGroups = [] }) => logGroups.map(({ logGroupName }) => `log group ${logGroupName}`)),
    by.logs
      .send(new DescribeMetricFiltersCommand({}))
      .then(({ metricFilters = [] }) => metricFilters.map(({ filterName }) => `filter ${filterName}`)),
    by.kms
      .send(new ListAliasesCommand({}))
      .then(({ Aliases = [] }) =>
        Aliases.flatMap(({ AliasName, TargetKeyId }) => (TargetKeyId ? [`${AliasName}`] : [])),
      ),
    trails(by),
    detectors(by),
  ])
  return lists.flat().toSorted()
}

/** What there is none of is said by an error. */
async function said(what: string, asked: Promise<object>, member: string): Promise<readonly string[]> {
  try {
    return [`${what} ${JSON.stringify(Reflect.get(await asked, member))}`]
  } catch (error) {
    if (error instanceof Error && /^NoSuch|NotFound/.test(`${error.name} ${Reflect.get(error, "code")}`)) return []
    throw error
  }
}

async function trails({ cloudtrail }: Session): Promise<readonly string[]> {
  const { trailList = [] } = await cloudtrail.send(new DescribeTrailsCommand({}))
  return Promise.all(
    trailList.map(async (trail) => {
      const Name = trail.TrailARN ?? ""
      const [{ IsLogging }, { ResourceTagList }] = await Promise.all([
        cloudtrail.send(new GetTrailStatusCommand({ Name })),
        cloudtrail.send(new ListTagsCommand({ ResourceIdList: [Name] })),
      ])
      // What moto shows as empty, AWS does not show.
      const shown = Object.entries({ ...trail, IsLogging }).filter(([, value]) => value !== "")
      return `trail ${JSON.stringify([...shown, ...(ResourceTagList?.[0]?.TagsList ?? [])])}`
    }),
  )
}

async function detectors({ guardduty }: Session): Promise<readonly string[]> {
  const { DetectorIds = [] } = await guardduty.send(new ListDetectorsCommand({}))
  return Promise.all(
    DetectorIds.map(async (DetectorId) => {
      const { Status, Tags } = await guardduty.send(new GetDetectorCommand({ DetectorId }))
      return `detector ${JSON.stringify({ DetectorId, Status, Tags })}`
    }),
  )
}
