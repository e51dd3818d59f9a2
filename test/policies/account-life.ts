import { CreateAnalyzerCommand } from "@aws-sdk/client-accessanalyzer"
import { CreateTrailCommand } from "@aws-sdk/client-cloudtrail"
import { PutConfigurationRecorderCommand } from "@aws-sdk/client-config-service"
import { CreateDetectorCommand } from "@aws-sdk/client-guardduty"
import { ListAliasesCommand, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms"
import { CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand } from "@aws-sdk/client-s3"
import { EnableSecurityHubCommand } from "@aws-sdk/client-securityhub"
import { publishesSpending } from "../../src/aws/cloudwatch/billing-alerts.ts"
import { accountSummary } from "../../src/aws/iam/root.ts"
import { homeElsewhere } from "../../src/aws/state/home.ts"
import { account } from "../../src/blueprints/account.ts"
import { graphOf } from "../../src/engine/order.ts"
import { render } from "../../src/templates/render.ts"
import trailPolicy from "../../src/templates/trail-bucket.json" with { type: "json" }
import { bootstrap, lookAt, passDay, takeBack, wholeAccount } from "../laws/account-ground.ts"
import { attacksOn, roundsOf } from "../laws/attacks.ts"
import { place } from "../laws/wishes.ts"
import { type Enforced, holding } from "./ground.ts"
import type { Chapter } from "./life.ts"

const made =
  (...adopt: readonly string[]) =>
  (at: Enforced) =>
    holding(at, ["account"], (run) => bootstrap(at.on, wholeAccount, { adopt: new Set(adopt) }, run))

const givenBack = (at: Enforced) => holding(at, ["account"], (run) => takeBack(at.on, wholeAccount, true, run))

const rounds = roundsOf(graphOf(account(wholeAccount)).steps.map(attacksOn))

/** What the n-th rows of the laws' tables change, all at once. */
const tampered = (n: number) => async (at: Enforced) => {
  const { findings } = await lookAt(at.on, wholeAccount)
  // The row is of the very kind whose thing this is.
  for (const { key, does } of rounds[n] ?? [])
    await does(at.on.outsider, findings.find((finding) => finding.key === key)?.found?.live as never)
}

/** The account's baseline, from the first day to the last. */
export const accountChapters: readonly Chapter[] = [
  {
    what: "all is made but what AWS has not seen yet",
    async goes(at) {
      // As the command does it.
      await accountSummary(at.session)
      await homeElsewhere(at.session)
      await publishesSpending(at.session)
      const { failed, ...outcome } = await made()(at)
      return { ...outcome, failed: failed.filter(({ step }) => step.key !== "cost-tags/main") }
    },
  },
  { what: "a day later every item is there", before: async ({ on }) => passDay(on), goes: made() },
  ...[0, 1, 2, 3].map((n) => ({
    what: `what somebody changed is put right (round ${n + 1})`,
    before: tampered(n),
    goes: made(),
  })),
  { what: "a key that somebody wants deleted is kept", before: keyDoomed, goes: made() },
  {
    what: "all is given back, also what was written down",
    async before({ on }) {
      const Bucket = `smart0dte-${place.account}-${place.region}-account-trail`
      await on.outsider.s3.send(new PutObjectCommand({ Bucket, Key: "AWSLogs/1.json", Body: "{}" }))
    },
    goes: givenBack,
  },
  {
    what: "what somebody made meanwhile is adopted, and the rest made again",
    before: someoneWatches,
    goes: made("analyzer/main", "detector/main", "recorder/main", "security-hub/main", "trail/main"),
  },
  { what: "what was adopted is as it was", goes: givenBack },
]

async function keyDoomed({ on }: Enforced): Promise<void> {
  const { Aliases = [] } = await on.outsider.kms.send(new ListAliasesCommand({}))
  const KeyId = Aliases.find(({ AliasName = "" }) => AliasName.includes("smart0dte"))?.TargetKeyId
  await on.outsider.kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }))
}

async function someoneWatches({ on }: Enforced): Promise<void> {
  const { accessAnalyzer, cloudtrail, configService, guardduty, s3, securityhub } = on.outsider
  await accessAnalyzer.send(new CreateAnalyzerCommand({ analyzerName: "theirs", type: "ACCOUNT" }))
  await guardduty.send(new CreateDetectorCommand({ Enable: false }))
  await securityhub.send(new EnableSecurityHubCommand({ EnableDefaultStandards: false }))
  const roleARN = `arn:aws:iam::${place.account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`
  const recordingGroup = { allSupported: false, resourceTypes: ["AWS::EC2::Instance" as const] }
  const ConfigurationRecorder = { name: "theirs", roleARN, recordingGroup }
  await configService.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder }))
  const trail = `arn:aws:cloudtrail:${place.region}:${place.account}:trail/theirs`
  const Policy = JSON.stringify(render(trailPolicy, { ...place, bucket: "theirs", trail }))
  await s3.send(new CreateBucketCommand({ Bucket: "theirs" }))
  await s3.send(new PutBucketPolicyCommand({ Bucket: "theirs", Policy }))
  await cloudtrail.send(new CreateTrailCommand({ Name: "theirs", S3BucketName: "theirs" }))
}
