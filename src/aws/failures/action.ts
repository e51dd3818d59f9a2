import type { Operation } from "../calls/operation.ts"

/** The permission that an operation needs, in IAM's words, which are not always the API's. */
export function actionOf({ service, name }: Operation): string {
  const account = service === "s3control" ? ofAccount[name] : undefined
  const renamed = account ?? (service === "s3" ? ofBuckets[name] : service === "budgets" ? ofBudgets(name) : undefined)
  return `${prefixes[service] ?? service}:${renamed ?? name}`
}

/** Where IAM's name of a service is another than that of its client. */
const prefixes: Readonly<Record<string, string>> = {
  accessanalyzer: "access-analyzer",
  cloudwatchlogs: "logs",
  configservice: "config",
  costexplorer: "ce",
  elasticloadbalancingv2: "elasticloadbalancing",
  s3control: "s3",
}

const ofBuckets: Readonly<Record<string, string>> = {
  HeadBucket: "ListBucket",
  ListObjects: "ListBucket",
  ListObjectsV2: "ListBucket",
  ListObjectVersions: "ListBucketVersions",
  ListBuckets: "ListAllMyBuckets",
  HeadObject: "GetObject",
  DeleteObjects: "DeleteObject",
  DeleteBucketOwnershipControls: "PutBucketOwnershipControls",
  DeleteBucketTagging: "PutBucketTagging",
  GetPublicAccessBlock: "GetBucketPublicAccessBlock",
  PutPublicAccessBlock: "PutBucketPublicAccessBlock",
  DeletePublicAccessBlock: "PutBucketPublicAccessBlock",
  GetBucketEncryption: "GetEncryptionConfiguration",
  PutBucketEncryption: "PutEncryptionConfiguration",
  DeleteBucketEncryption: "PutEncryptionConfiguration",
  GetBucketLifecycleConfiguration: "GetLifecycleConfiguration",
  PutBucketLifecycleConfiguration: "PutLifecycleConfiguration",
  DeleteBucketLifecycle: "PutLifecycleConfiguration",
}

const ofAccount: Readonly<Record<string, string>> = {
  GetPublicAccessBlock: "GetAccountPublicAccessBlock",
  PutPublicAccessBlock: "PutAccountPublicAccessBlock",
  DeletePublicAccessBlock: "PutAccountPublicAccessBlock",
}

/** Two actions are for all that is in a budget; only tags have their own. */
const ofBudgets = (name: string): string =>
  /Tag/.test(name) ? name : /^Describe/.test(name) ? "ViewBudget" : "ModifyBudget"
