import { kinds } from "../blueprints/kinds.ts"
import type { Permission } from "../engine/types.ts"

/** What the account has, and no environment. */
const OF_THE_ACCOUNT: ReadonlySet<string> = new Set([
  "analyzer",
  "budget",
  "contact",
  "cost-tags",
  "detector",
  "ebs-encryption",
  "kms-key",
  "metric-filter",
  "password-policy",
  "public-access-block",
  "recorder",
  "security-hub",
  "service-linked-role",
  "spending-alarm",
  "trail",
])

/** What both have. */
const OF_BOTH: ReadonlySet<string> = new Set([
  "alarm",
  "bucket",
  "log-group",
  "record",
  "role",
  "subscription",
  "topic",
])

/** What the steps of the account, or of an environment, need. */
export const neededBy = (of: "account" | "environment"): readonly Permission[] =>
  kinds
    .filter(({ name }) => OF_BOTH.has(name) || OF_THE_ACCOUNT.has(name) === (of === "account"))
    .flatMap(({ allow }) => allow)
