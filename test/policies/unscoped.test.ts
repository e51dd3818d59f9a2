import { expect, it } from "vitest"
import { policyFor } from "../../src/policies/policies.ts"
import { place } from "../laws/wishes.ts"
import { statementsOf } from "./measure.ts"

const reads = /:(Describe|Get|List|Simulate|View)/

/** What may be changed where neither the thing's name nor a condition says whose it is. */
function unscoped(name: "bootstrap" | "deployer", scope: string): readonly string[] {
  const named = new RegExp(`[-_/:]${scope}([-_/.]|$)`)
  const found = statementsOf(policyFor(name, place, scope)).flatMap((one) => {
    // What a statement of IAM has: our type leaves that to IAM.
    const { Condition } = one as { readonly Condition?: object }
    // A tag that comes with a creation, which is judged by itself, or one of the scope's.
    if (JSON.stringify(Condition ?? {}).match(`"ec2:CreateAction"|"${scope}"`)) return []
    const things = [one.Resource].flat().filter((arn) => !named.test(arn))
    const changes = [one.Action].flat().filter((action) => !reads.test(action))
    return things.flatMap((arn) => changes.map((action) => `${action} on ${arn.replace(/^arn:aws:/, "")}`))
  })
  return [...new Set(found)].toSorted()
}

const state = (action: string) => `${action} on s3:::smart0dte-111122223333-us-east-1-state`
const at = (service: string, actions: readonly string[], thing = "*") =>
  actions.map((action) => `${service}:${action} on ${thing}`)
const here = "us-east-1:111122223333"

/** Which docs/iam.md says: all environments stand on it, and whoever comes first makes it. */
const stateBucket = [
  ...["CreateBucket", "PutBucketOwnershipControls", "PutBucketPolicy", "PutBucketPublicAccessBlock"],
  ...["PutBucketVersioning", "PutEncryptionConfiguration", "PutLifecycleConfiguration", "TagResource"],
].map((action) => state(`s3:${action}`))

it("who deploys changes nothing but what is said to be the environment's, and this", () => {
  expect(unscoped("deployer", "alpha")).toEqual(
    [
      // Nothing is there yet, or only AWS's own, of which a part is used.
      "acm:RequestCertificate on *",
      "ec2:RunInstances on ec2:us-east-1::image/*",
      "iam:CreateServiceLinkedRole on *",
      ...["CreateDBInstance", "ModifyDBInstance", "RestoreDBInstanceFromDBSnapshot"].map(
        (action) => `rds:${action} on rds:${here}:og:default:*`,
      ),
      ...at("secretsmanager", ["CreateSecret", "TagResource"], `secretsmanager:${here}:secret:rds!db-*`),
      // AWS's reference has no resource for these.
      ...at("logs", ["CreateLogDelivery", "DeleteLogDelivery"]),
      ...at("sns", ["Unsubscribe"]),
      // Known by a name that is chosen later than a policy is written.
      "route53:ChangeResourceRecordSets on route53:::hostedzone/*",
      // Who is in one's own group: the other half of it has the scope's name.
      `elasticache:ModifyUserGroup on elasticache:${here}:user:*`,
      // Where it is kept what nodes answer; what else may be done there is said by S3's own actions.
      state("ssm:SendCommand"),
      ...stateBucket,
    ].toSorted(),
  )
})

/** What a region or an account has but once, with no name of anybody's: whoever bootstraps sets it. */
const ofTheAccount =
  /^(account|ce|config|ec2|guardduty|iam|s3|securityhub):\w+ on (\*|guardduty:|iam::\d+:role\/aws-service-role\/)/

it("who bootstraps changes nothing but the account's settings, what has its name, and this", () => {
  const found = unscoped("bootstrap", "account").filter(
    (one) => !ofTheAccount.test(one) && !one.includes("smart0dte_spending_"),
  )
  expect(found).toEqual(
    [
      // What is adopted has a name of its own; of a trail AWS asks for no tags.
      ...at(
        "cloudtrail",
        ["AddTags", "PutEventSelectors", "RemoveTags", "StartLogging", "StopLogging", "UpdateTrail"],
        `cloudtrail:${here}:trail/*`,
      ),
      ...at("access-analyzer", ["TagResource", "UntagResource"], `access-analyzer:${here}:analyzer/*`),
      ...at("sns", ["Unsubscribe"]),
      ...stateBucket,
    ].toSorted(),
  )
})
