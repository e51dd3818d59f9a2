import type * as S3 from "@aws-sdk/client-s3"
import { handlers, Refusal } from "../../service.ts"
import { bucketFor, buckets, invalidArgument, malformedXml } from "./records.ts"

/** Rules are checked and kept, not carried out: no object of the sandbox lives long enough to expire. */
export const lifecycleHandlers = handlers<typeof S3>()({
  PutBucketLifecycleConfiguration: (input, call) => {
    const bucket = bucketFor(input, call)
    const rules = input.LifecycleConfiguration?.Rules ?? []
    if (rules.length === 0 || rules.length > 1000) malformedXml()
    for (const rule of rules) checkRule(rule)
    const named = rules.map((rule) => ({ ...rule, ID: rule.ID ?? call.id("rule") }))
    const repeated = named.find((rule, i) => named.findIndex((other) => other.ID === rule.ID) < i)
    if (repeated) {
      invalidArgument(`Rule ID must be unique. Found same ID for more than one rule: ${repeated.ID}`)
    }
    const MinimumSize = input.TransitionDefaultMinimumObjectSize ?? "all_storage_classes_128K"
    buckets(call).put(bucket.Name, { ...bucket, Lifecycle: { Rules: JSON.stringify(named), MinimumSize } })
    return { TransitionDefaultMinimumObjectSize: MinimumSize }
  },

  GetBucketLifecycleConfiguration: (input, call) => {
    const { Lifecycle } = bucketFor(input, call)
    if (!Lifecycle) {
      throw new Refusal("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", 404)
    }
    return { Rules: rulesOf(Lifecycle.Rules), TransitionDefaultMinimumObjectSize: Lifecycle.MinimumSize }
  },

  DeleteBucketLifecycle: (input, call) => {
    const bucket = bucketFor(input, call)
    buckets(call).put(bucket.Name, { ...bucket, Lifecycle: undefined })
    return {}
  },
})

const checkRule = (rule: S3.LifecycleRule): void => {
  if (rule.Status !== "Enabled" && rule.Status !== "Disabled") malformedXml()
  if ((rule.Filter === undefined) === (rule.Prefix === undefined)) malformedXml()
  const { Expiration, Transitions = [], NoncurrentVersionExpiration: old, AbortIncompleteMultipartUpload: abort } = rule
  if (![Expiration, Transitions[0], rule.NoncurrentVersionTransitions?.[0], old, abort].some(Boolean)) {
    throw new Refusal("InvalidRequest", "At least one action needs to be specified in a rule")
  }
  if (Expiration) {
    const { Date: date, Days, ExpiredObjectDeleteMarker } = Expiration
    if ([date, Days, ExpiredObjectDeleteMarker].filter((way) => way !== undefined).length !== 1) malformedXml()
    checkPositive("Days", "Expiration", Days)
    const latest = Math.max(...Transitions.map((transition) => transition.Days ?? 0))
    if (Days !== undefined && Days <= latest) {
      invalidArgument("'Days' in the Expiration action must be greater than 'Days' in the Transition action")
    }
  }
  checkPositive("NoncurrentDays", "NoncurrentVersionExpiration", old?.NoncurrentDays)
  checkPositive("DaysAfterInitiation", "AbortIncompleteMultipartUpload", abort?.DaysAfterInitiation)
}

const checkPositive = (member: string, action: string, days: number | undefined): void => {
  if (days !== undefined && days < 1) invalidArgument(`'${member}' for ${action} action must be a positive integer`)
}

// Our own text from above, so its shape is known; `Date` is the only member that holds a date.
const rulesOf = (text: string): S3.LifecycleRule[] =>
  JSON.parse(text, (key, value) => (key === "Date" ? new Date(value) : value)) as S3.LifecycleRule[]
