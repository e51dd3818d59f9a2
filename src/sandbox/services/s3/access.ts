import { type Call, Refusal } from "../../service.ts"
import { reasonOf, requester, type Verdict, verdictOn } from "../permission.ts"
import type { BucketRecord, ContentVersion } from "./records.ts"
import { contentOf } from "./versions.ts"

/** An instance gets what its role, or the bucket's policy, lets it get. */
export const refuseStrangers = (call: Call, bucket: BucketRecord, key: string): void => {
  const resource = `${arnOf(call, bucket)}/${key}`
  const verdict = verdictFor(call, bucket, "s3:GetObject", resource)
  if (verdict !== "allowed") throw denied(call, "s3:GetObject", resource, verdict)
}

/** Who may not list a bucket does not learn which objects are not there: what is missing is forbidden. */
export const contentFor = (
  call: Call,
  bucket: BucketRecord,
  key: string,
  version: string | undefined,
): ContentVersion => {
  try {
    return contentOf(call, bucket, key, version)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "NoSuchKey") throw error
    const resource = arnOf(call, bucket)
    const verdict = verdictFor(call, bucket, "s3:ListBucket", resource)
    throw verdict === "allowed" ? error : denied(call, "s3:ListBucket", resource, verdict)
  }
}

/** Where an object is got, nothing is listed: a policy that wants a prefix does not fit. */
const verdictFor = (call: Call, { Policy }: BucketRecord, action: string, resource: string): Verdict =>
  verdictOn(
    call,
    { action, resource, context: { ...requester(call), "s3:prefix": undefined } },
    Policy === undefined ? undefined : { document: Policy },
  )

const arnOf = ({ partition }: Call, { Name }: BucketRecord): string => `arn:${partition}:s3:::${Name}`

const denied = (call: Call, action: string, resource: string, verdict: Exclude<Verdict, "allowed">): Refusal => {
  const what = `User: ${call.callerArn} is not authorized to perform: ${action} on resource: "${resource}"`
  return new Refusal("AccessDenied", `${what} ${reasonOf(verdict, action)}`, 403)
}
